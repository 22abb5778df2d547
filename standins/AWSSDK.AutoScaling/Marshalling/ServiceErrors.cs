using System.Net;
using System.Xml;
using Amazon.AutoScaling.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.AutoScaling.Marshalling;

/// <summary>The error document of the Query protocol, and the exception type of each error code that has one.</summary>
internal static class ServiceErrors
{
    private delegate AmazonAutoScalingException Construct(
        string message, Exception inner, ErrorType type, string code, string requestId, HttpStatusCode status);

    private static readonly Dictionary<string, Construct> Types = new()
    {
        ["ActiveInstanceRefreshNotFound"] = (m, e, t, c, r, s) => new ActiveInstanceRefreshNotFoundException(m, e, t, c, r, s),
        ["AlreadyExists"] = (m, e, t, c, r, s) => new AlreadyExistsException(m, e, t, c, r, s),
        ["InstanceRefreshInProgress"] = (m, e, t, c, r, s) => new InstanceRefreshInProgressException(m, e, t, c, r, s),
        ["InvalidNextToken"] = (m, e, t, c, r, s) => new InvalidNextTokenException(m, e, t, c, r, s),
        ["IrreversibleInstanceRefresh"] = (m, e, t, c, r, s) => new IrreversibleInstanceRefreshException(m, e, t, c, r, s),
        ["LimitExceeded"] = (m, e, t, c, r, s) => new LimitExceededException(m, e, t, c, r, s),
        ["ResourceContention"] = (m, e, t, c, r, s) => new ResourceContentionException(m, e, t, c, r, s),
        ["ResourceInUse"] = (m, e, t, c, r, s) => new ResourceInUseException(m, e, t, c, r, s),
        ["ScalingActivityInProgress"] = (m, e, t, c, r, s) => new ScalingActivityInProgressException(m, e, t, c, r, s),
        ["ServiceLinkedRoleFailure"] = (m, e, t, c, r, s) => new ServiceLinkedRoleFailureException(m, e, t, c, r, s),
    };

    /// <summary>What a proxy or a load balancer returns in AWS's place is not XML: then all but the status is unknown.</summary>
    public static ErrorResponse Read(Stream body)
    {
        try
        {
            var document = XmlElement.Load(body);
            var error = document.Child("Error") ?? document.Child("Errors")?.Child("Error");
            return new ErrorResponse
            {
                Type = error?.Text("Type") switch
                {
                    "Sender" => ErrorType.Sender,
                    "Receiver" => ErrorType.Receiver,
                    _ => ErrorType.Unknown,
                },
                Code = error?.Text("Code"),
                Message = error?.Text("Message"),
                RequestId = document.Text("RequestId") ?? document.Text("RequestID"),
            };
        }
        catch (XmlException)
        {
            return new ErrorResponse { Type = ErrorType.Unknown };
        }
    }

    /// <param name="modeled">The error codes that the operation is documented with; any other has no type of its own.</param>
    public static AmazonServiceException ToException(
        ErrorResponse error, string[] modeled, Exception inner, HttpStatusCode status)
    {
        var construct = error.Code is not null && modeled.Contains(error.Code) && Types.TryGetValue(error.Code, out var typed)
            ? typed
            : (m, e, t, c, r, s) => new AmazonAutoScalingException(m, e, t, c, r, s);
        var message = error.Message ?? $"The endpoint returned {(int)status} without an error document of AWS.";
        return construct(message, inner, error.Type, error.Code, error.RequestId, status);
    }
}
