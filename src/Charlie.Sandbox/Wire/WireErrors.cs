using System.Text.Json;
using System.Text.Json.Nodes;

namespace Charlie.Sandbox.Wire;

/// <summary>Writes AWS's errors in the shape of each protocol.</summary>
internal static class WireErrors
{
    public static AwsResponse Respond(AwsProtocol protocol, string service, string requestId, AwsException error) => protocol switch
    {
        AwsProtocol.Ec2Query => Ec2(requestId, error),
        AwsProtocol.Query => Query(service, requestId, error),
        _ => Json(error),
    };

    /// <summary>The throttling error that the service returns to a caller over its rate.</summary>
    public static AwsException Throttled(AwsProtocol protocol) => protocol switch
    {
        AwsProtocol.Ec2Query => new AwsException("RequestLimitExceeded", "Request limit exceeded.", 503),
        AwsProtocol.Query => new AwsException("Throttling", "Rate exceeded"),
        _ => new AwsException("ThrottlingException", "Rate exceeded"),
    };

    /// <summary>The error that the service returns when it fails itself.</summary>
    public static AwsException Failed(AwsProtocol protocol) => protocol switch
    {
        AwsProtocol.Ec2Query => new AwsException("InternalError", "An internal error has occurred", 500),
        _ => new AwsException("InternalFailure", "We encountered an internal error. Please try again.", 500),
    };

    public static AwsException UnknownAction(AwsProtocol protocol, string action, string? version) => protocol switch
    {
        AwsProtocol.Ec2Query => new AwsException("InvalidAction", $"The action {action} is not valid for this web service."),
        AwsProtocol.Query =>
            new AwsException("InvalidAction", $"Could not find operation {action} for version {version ?? "NO_VERSION_SPECIFIED"}"),
        _ => new AwsException("UnknownOperationException", $"The operation {action} is not known."),
    };

    private static AwsResponse Ec2(string requestId, AwsException error) =>
        XmlResponse.Error(error, "Response", null, xml =>
        {
            xml.Element("Errors", errors => errors.Element("Error", one =>
            {
                one.Element("Code", error.Code);
                one.Element("Message", error.Message);
            }));
            xml.Element("RequestID", requestId);
        });

    private static AwsResponse Query(string service, string requestId, AwsException error) =>
        XmlResponse.Error(error, "ErrorResponse", XmlNamespaces.Of(service), xml =>
        {
            xml.Element("Error", one =>
            {
                one.Element("Type", error.Status < 500 ? "Sender" : "Receiver");
                one.Element("Code", error.Code);
                one.Element("Message", error.Message);
            });
            xml.Element("RequestId", requestId);
        });

    private static AwsResponse Json(AwsException error)
    {
        var document = new JsonObject { ["__type"] = error.Code, ["message"] = error.Message };
        return new AwsResponse(error.Status, "application/x-amz-json-1.1", JsonSerializer.SerializeToUtf8Bytes(document)) { Error = error };
    }
}
