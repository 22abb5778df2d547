using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Auth;

namespace Charlie.Lambdas.Aws.Wire;

/// <summary>
/// A POST to a service whose client's package not every registry serves, signed with the SDK's own signature (Signature Version 4).
/// Every header that is sent and says something is signed, in the order of its name.
/// </summary>
internal static class SignedPost
{
    private const string OfAmazon = "x-amz-";

    /// <param name="service">The service as it is signed: <c>events</c>.</param>
    /// <param name="type">The content type.</param>
    /// <param name="target">The header <c>X-Amz-Target</c> of the JSON protocol; <c>null</c> in the Query protocol.</param>
    public static async Task<HttpRequestMessage> CreateAsync(
        AWSCredentials credentials,
        string region,
        string service,
        Uri endpoint,
        string type,
        byte[] body,
        string? target,
        TimeProvider time)
    {
        var caller = await credentials.GetCredentialsAsync();
        var at = time.GetUtcNow().UtcDateTime;
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["content-type"] = type,
            ["host"] = endpoint.IsDefaultPort ? endpoint.Host : endpoint.Authority,
            ["x-amz-date"] = at.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture),
        };
        if (caller.UseToken)
        {
            headers["x-amz-security-token"] = caller.Token;
        }

        if (target is not null)
        {
            headers["x-amz-target"] = target;
        }

        var names = string.Join(';', headers.Keys);
        var canonical = $"POST\n/\n\n{string.Concat(headers.Select(header => $"{header.Key}:{header.Value}\n"))}\n{names}\n"
            + Convert.ToHexStringLower(SHA256.HashData(body));
        var signature = AWS4Signer.ComputeSignature(caller, region, at, service, names, canonical);
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        foreach (var (name, value) in headers.Where(header => header.Key.StartsWith(OfAmazon, StringComparison.Ordinal)))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        request.Headers.TryAddWithoutValidation("Authorization", signature.ForAuthorizationHeader);
        return request;
    }
}
