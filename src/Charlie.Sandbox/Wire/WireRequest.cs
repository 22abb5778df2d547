namespace Charlie.Sandbox.Wire;

/// <summary>What of an HTTP request says which API call it is; free of any HTTP server.</summary>
/// <param name="Path">The path, <c>/</c> for every service of the sandbox.</param>
/// <param name="Query">The query string without its question mark.</param>
/// <param name="Authorization">The Authorization header, if there is one.</param>
/// <param name="Target">The X-Amz-Target header of the JSON protocols.</param>
/// <param name="Body">The body as sent, or <c>null</c> for one that is too large to take.</param>
/// <param name="Method">The HTTP method, which a REST service's operations differ by.</param>
public sealed record WireRequest(
    string Path, string Query, string? Authorization, string? Target, ReadOnlyMemory<byte>? Body, string Method = "POST");

/// <summary>What the caller gets.</summary>
/// <param name="RequestId">Sent as <c>x-amzn-RequestId</c>.</param>
/// <param name="Response">The response, or <c>null</c> where the connection breaks without one.</param>
public sealed record WireResponse(string RequestId, AwsResponse? Response);
