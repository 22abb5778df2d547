using System.Net;
using Amazon.Runtime;

namespace Amazon.AutoScaling.Model;

public class IrreversibleInstanceRefreshException : AmazonAutoScalingException
{
    public IrreversibleInstanceRefreshException(string message)
        : base(message)
    {
    }

    public IrreversibleInstanceRefreshException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public IrreversibleInstanceRefreshException(Exception innerException)
        : base(innerException)
    {
    }

    public IrreversibleInstanceRefreshException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    public IrreversibleInstanceRefreshException(
        string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}
