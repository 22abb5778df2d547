using System.Net;
using Amazon;
using Amazon.Runtime;
using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Aws.Wire;

/// <summary>
/// Calls of services that a function needs one operation of: the package of the whole client is not needed for it, and not every
/// registry serves it. What may pass is tried again, within <see cref="ClientLimits"/>.
/// </summary>
/// <param name="endpoint">A URL in place of AWS's own, as <c>AWS_ENDPOINT_URL</c> has it; <c>null</c> without one.</param>
internal sealed class SignedCalls(HttpMessageInvoker http, AWSCredentials credentials, Uri? endpoint, TimeProvider time)
{
    // As much of a refusal as names its code and its message.
    private const int MaxShown = 500;

    /// <param name="service">How it is signed, and its host begins.</param>
    /// <param name="name">How an error names it.</param>
    /// <param name="type">The content type.</param>
    /// <param name="target">The header <c>X-Amz-Target</c> of the JSON protocol; <c>null</c> in the Query protocol.</param>
    /// <exception cref="CallException">It refused the call, or did not respond.</exception>
    public async Task<byte[]> PostAsync(string region, string service, string name, string type, byte[] body, string? target = null)
    {
        var url = endpoint ?? new Uri($"https://{service}.{region}.{RegionEndpoint.GetBySystemName(region).PartitionDnsSuffix}/");
        for (var attempt = 0; ; attempt++)
        {
            using var request = await SignedPost.CreateAsync(credentials, region, service, url, type, body, target, time);
            if (await TryAsync(request, name, isLast: attempt == ClientLimits.MaxRetries) is { } response)
            {
                return response;
            }

            await Task.Delay(TimeSpan.FromSeconds(1 << attempt), time);
        }
    }

    /// <returns>The response's body; <c>null</c> where it is worth another attempt.</returns>
    private async Task<byte[]?> TryAsync(HttpRequestMessage request, string name, bool isLast)
    {
        using var timeout = new CancellationTokenSource(ClientLimits.CallTimeout, time);
        try
        {
            using var response = await http.SendAsync(request, timeout.Token);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                return await response.Content.ReadAsByteArrayAsync(timeout.Token);
            }

            var refusal = await response.Content.ReadAsStringAsync(timeout.Token);
            return isLast || !IsTransient(response.StatusCode, refusal)
                ? throw new CallException($"{name} answered {(int)response.StatusCode}: {SingleLineText.Of(refusal, MaxShown)}")
                : null;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            return isLast ? throw new CallException($"{name} did not respond: {error.Message}", error) : null;
        }
    }

    private static bool IsTransient(HttpStatusCode status, string refusal) =>
        status is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError
        || refusal.Contains("Throttl", StringComparison.Ordinal);
}
