using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Events;

namespace Charlie.Lambdas.Health;

/// <summary>
/// Asks an instance one HTTP question: <c>GET http://&lt;private address&gt;:&lt;port&gt;&lt;path&gt;</c>. Whatever
/// comes back is an answer; nothing that an instance does makes the probe fail.
/// </summary>
internal sealed class HttpProbe(HttpMessageInvoker http, int port, string path, TimeProvider time)
{
    /// <summary>The image that really runs, on 200.</summary>
    public const string ImageHeader = "X-Charlie-Image";

    /// <summary>Why the app or its machine cannot serve, on 503: <c>app: ...</c> or <c>machine: ...</c>.</summary>
    public const string FailureHeader = "X-Charlie-Failure";

    // A healthy instance answers in milliseconds; two seconds are a lost connection.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private const string MachinePrefix = "machine:";
    private const string AppPrefix = "app:";

    // Room in a floor's tag for the releases and the time beside it.
    private const int ReasonLength = 160;

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

    public async Task<ProbeAnswer> AskAsync(IPAddress address, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(Uri.UriSchemeHttp, address.ToString(), port, path).Uri);
        try
        {
            using var response = await http.SendAsync(request, either.Token);
            return Read(response);
        }
        catch (HttpRequestException refused)
        {
            return new ProbeAnswer.NotYet($"no answer ({refused.HttpRequestError})");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new ProbeAnswer.NotYet(string.Create(CultureInfo.InvariantCulture, $"no answer within {Patience.TotalSeconds} s"));
        }
    }

    private static ProbeAnswer Read(HttpResponseMessage response) => response.StatusCode switch
    {
        HttpStatusCode.OK when Header(response.Headers, ImageHeader) is { } image => new ProbeAnswer.Healthy(image),
        HttpStatusCode.OK => new ProbeAnswer.NotYet($"200 without {ImageHeader}"),
        HttpStatusCode.ServiceUnavailable when Header(response.Headers, FailureHeader) is { } failure => ReadFailure(failure),
        var status => new ProbeAnswer.NotYet(string.Create(CultureInfo.InvariantCulture, $"status {(int)status}")),
    };

    private static ProbeAnswer.Failed ReadFailure(string failure)
    {
        var ofMachine = failure.StartsWith(MachinePrefix, StringComparison.Ordinal);
        var prefix = ofMachine ? MachinePrefix : failure.StartsWith(AppPrefix, StringComparison.Ordinal) ? AppPrefix : "";
        return new ProbeAnswer.Failed(ofMachine, Printable.Of(failure[prefix.Length..].Trim(), ReasonLength));
    }

    private static string? Header(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) && values.ToArray() is [{ Length: > 0 } only] ? Printable.Of(only, 512) : null;
}
