using System.Net;
using Amazon.Runtime;

namespace Amazon.AutoScaling.Model;

public class ActiveInstanceRefreshNotFoundException : AmazonAutoScalingException
{
    public ActiveInstanceRefreshNotFoundException(string message)
        : base(message)
    {
    }

    public ActiveInstanceRefreshNotFoundException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public ActiveInstanceRefreshNotFoundException(Exception innerException)
        : base(innerException)
    {
    }

    public ActiveInstanceRefreshNotFoundException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    public ActiveInstanceRefreshNotFoundException(
        string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}
