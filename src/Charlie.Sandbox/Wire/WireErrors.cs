using System.Text.Json;
using System.Text.Json.Nodes;

namespace Charlie.Sandbox.Wire;

/// <summary>Writes AWS's errors in the shape of each protocol.</summary>
internal static class WireErrors
{
    public const string Cbor = "application/cbor";

    public static AwsResponse Respond(AwsProtocol protocol, string service, string requestId, AwsException error) => protocol switch
    {
        AwsProtocol.Ec2Query => Ec2(requestId, error),
        AwsProtocol.Query or AwsProtocol.RestXml => Query(service, requestId, error),
        AwsProtocol.S3 => S3(requestId, error),
        AwsProtocol.Cbor => Written(error, Cbor, CborText.Map(("__type", error.Code), ("message", error.Message)).ToArray()),
        AwsProtocol.RestJson => Json(error, "application/json"),
        _ => Json(error, "application/x-amz-json-1.1"),
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

    /// <summary>The error for an operation that the service has, or may have, and the sandbox does not.</summary>
    public static AwsException Unsupported(AwsProtocol protocol, string service, string operation)
    {
        var of = service.Length == 0 ? "a service that it does not know" : service;
        var message = $"The sandbox does not play {operation} of {of}. docs/sandbox.md lists what it plays.";
        return protocol switch
        {
            AwsProtocol.Ec2Query or AwsProtocol.Query or AwsProtocol.RestXml => new AwsException("InvalidAction", message),
            AwsProtocol.S3 => new AwsException("NotImplemented", message, 501),
            AwsProtocol.RestJson => new AwsException("UnknownOperationException", message, 404),
            _ => new AwsException("UnknownOperationException", message),
        };
    }

    /// <summary>The service's validation error for a member of a request that the sandbox does not play.</summary>
    public static AwsException NotPlayed(AwsProtocol protocol, string operation, string member)
    {
        var message = $"The sandbox does not play {member} of {operation}. docs/sandbox.md lists what it plays.";
        return protocol switch
        {
            AwsProtocol.Ec2Query => new AwsException("UnknownParameter", message),
            AwsProtocol.Query => new AwsException("ValidationError", message),
            _ => new AwsException("ValidationException", message),
        };
    }

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

    private static AwsResponse S3(string requestId, AwsException error) =>
        XmlResponse.Error(error, "Error", null, one =>
        {
            one.Element("Code", error.Code);
            one.Element("Message", error.Message);
            one.Element("RequestId", requestId);
        });

    private static AwsResponse Json(AwsException error, string contentType)
    {
        var document = new JsonObject { ["__type"] = error.Code, ["message"] = error.Message };
        return Written(error, contentType, JsonSerializer.SerializeToUtf8Bytes(document));
    }

    private static AwsResponse Written(AwsException error, string contentType, byte[] body) =>
        new(error.Status, contentType, body) { Error = error };
}
