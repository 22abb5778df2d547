using System.Text.Json;

namespace Charlie.Sandbox.Wire;

/// <summary>One API call, as far as it is the same in every AWS protocol.</summary>
/// <param name="Service">The service that the request was signed for, from its credential scope: <c>ec2</c>,
/// <c>autoscaling</c>, <c>events</c>, <c>sns</c>.</param>
/// <param name="Action">The operation's name.</param>
/// <param name="RequestId">The id that the response carries.</param>
/// <param name="Caller">The access key that signed the request, or <c>null</c> for an unsigned one.</param>
/// <param name="Parameters">The parameters of the Query protocol, flattened (<c>Filter.1.Name</c>); empty in the JSON protocol.</param>
/// <param name="Body">The document of the JSON protocol; <c>null</c> in the Query protocol.</param>
public sealed record AwsRequest(
    string Service,
    string Action,
    string RequestId,
    string? Caller,
    IReadOnlyDictionary<string, string> Parameters,
    JsonElement? Body);

/// <summary>
/// An AWS service behind the endpoint. Called under the cloud's lock; throws <see cref="AwsException"/> for AWS's own
/// errors.
/// </summary>
public interface IAwsApi
{
    /// <summary>The name in the credential scope that routes a request here.</summary>
    string Service { get; }

    /// <summary>The protocol in which requests are read and errors are written.</summary>
    AwsProtocol Protocol { get; }

    /// <summary>What of the service is played; a request for anything else does not come here.</summary>
    PlayedOperations Operations { get; }

    AwsResponse Respond(AwsRequest request);
}

/// <summary>The wire protocols of the services that the sandbox knows.</summary>
public enum AwsProtocol
{
    /// <summary>Form parameters in, XML out, errors as <c>ErrorResponse</c> (Auto Scaling, SNS).</summary>
    Query,

    /// <summary>As Query, with EC2's list style and errors as <c>Response/Errors</c>.</summary>
    Ec2Query,

    /// <summary>JSON 1.1 with <c>X-Amz-Target</c> (EventBridge).</summary>
    Json,

    /// <summary>REST with JSON: the path and the HTTP method name the operation (Lambda). Only its errors are known here.</summary>
    RestJson,

    /// <summary>REST with XML, errors as in <see cref="Query"/> (Route 53). Only its errors are known here.</summary>
    RestXml,

    /// <summary>As <see cref="RestXml"/>, with errors of a shape of its own. Only those are known here.</summary>
    S3,

    /// <summary>Smithy's RPC v2: CBOR with the operation in the path (CloudWatch). Only its errors are known here.</summary>
    Cbor,
}
