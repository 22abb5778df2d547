namespace Charlie.Sandbox.Wire;

/// <summary>In which protocol a request is written whose service the sandbox does not play.</summary>
internal static class RequestProtocol
{
    private const string CborPath = "/operation/";

    public static AwsProtocol Of(string service, WireRequest wire) => service switch
    {
        "s3" or "s3express" => AwsProtocol.S3,
        "route53" or "cloudfront" => AwsProtocol.RestXml,
        _ when wire.Target is not null => AwsProtocol.Json,
        _ when wire.Path is "" or "/" => AwsProtocol.Query,
        _ when wire.Path.Contains(CborPath, StringComparison.Ordinal) => AwsProtocol.Cbor,
        _ => AwsProtocol.RestJson,
    };

    /// <summary>Whether the operation is not named in the request's body or headers.</summary>
    public static bool IsRest(AwsProtocol protocol) => protocol >= AwsProtocol.RestJson;

    /// <summary>The operation of such a request, by its name or, in a REST service, as the HTTP request that it is.</summary>
    public static string Operation(AwsProtocol protocol, WireRequest wire) => protocol == AwsProtocol.Cbor
        ? wire.Path[(wire.Path.LastIndexOf(CborPath, StringComparison.Ordinal) + CborPath.Length)..]
        : $"{wire.Method} {wire.Path}";
}
