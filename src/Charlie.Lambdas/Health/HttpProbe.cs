using System.Globalization;
using System.Net;
using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Health;

/// <summary>
/// Sends one HTTP request to an instance: <c>GET http://&lt;private address&gt;:&lt;port&gt;&lt;path&gt;</c>. Whatever
/// comes back is a response; nothing that an instance does makes the probe throw.
/// </summary>
internal sealed class HttpProbe(HttpMessageInvoker http, int port, string path, TimeProvider time)
{
    // A healthy instance responds in milliseconds; after two seconds the connection is lost.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <summary>Straight to the instance: no redirect, no proxy, at most 8 KiB of headers, and the body is never read.</summary>
    public static HttpMessageInvoker CreateClient() =>
        new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxResponseHeadersLength = 8,
            MaxResponseDrainSize = 0,
            PooledConnectionLifetime = TimeSpan.Zero,
        });

    public async Task<ProbeResponse> ProbeAsync(IPAddress address, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(Uri.UriSchemeHttp, address.ToString(), port, path).Uri);
        try
        {
            using var response = await http.SendAsync(request, either.Token);
            return HealthResponse.Read(response);
        }
        catch (HttpRequestException refused)
        {
            return new ProbeResponse.Silent($"no response ({refused.HttpRequestError})");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new ProbeResponse.Silent(string.Create(CultureInfo.InvariantCulture, $"no response within {Timeout.TotalSeconds} s"));
        }
    }
}
