using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Charlie.Operations.Registry;

/// <summary>Asks a registry for a manifest, as the OCI distribution specification says, with the token that the registry wants.</summary>
internal sealed partial class RegistryClient(HttpMessageHandler? handler = null) : IDisposable
{
    private static readonly string[] Manifests =
    [
        "application/vnd.oci.image.index.v1+json", "application/vnd.oci.image.manifest.v1+json",
        "application/vnd.docker.distribution.manifest.list.v2+json", "application/vnd.docker.distribution.manifest.v2+json",
    ];

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly HttpClient http = new(handler ?? new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Timeout };

    /// <summary>Whether the registry has the image.</summary>
    /// <exception cref="OperationException">It refused the login, or did not respond as a registry does.</exception>
    public async Task<bool> HasAsync(ImageReference image, RegistryLogin login, CancellationToken cancellation)
    {
        try
        {
            var response = await HeadAsync(image, null, cancellation);
            if (response.Status == HttpStatusCode.Unauthorized && response.Challenge is { } challenge)
            {
                response = await HeadAsync(image, await AuthorizeAsync(image, login, challenge, cancellation), cancellation);
            }

            return response.Status switch
            {
                HttpStatusCode.OK => true,
                HttpStatusCode.NotFound => false,
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
                    throw new OperationException($"{image.Host} refused the login of {login.User} for {image.Name}"),
                var status => throw new OperationException($"{image.Host} responded with HTTP {(int)status}"),
            };
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            throw new OperationException($"{image.Host} does not respond ({error.Message})");
        }
    }

    public void Dispose() => http.Dispose();

    // As for Docker, a registry of this machine needs no certificate.
    private static string SchemeOf(string host) =>
        host.StartsWith("127.", StringComparison.Ordinal) || host.Split(':')[0] == "localhost" ? "http" : "https";

    private async Task<(HttpStatusCode Status, AuthenticationHeaderValue? Challenge)> HeadAsync(
        ImageReference image, AuthenticationHeaderValue? authorization, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Head, $"{SchemeOf(image.Host)}://{image.Host}/v2/{image.Name}/manifests/{image.Digest}");
        request.Headers.Authorization = authorization;
        foreach (var type in Manifests)
        {
            request.Headers.Accept.ParseAdd(type);
        }

        using var response = await http.SendAsync(request, cancellation);
        return (response.StatusCode, response.Headers.WwwAuthenticate.FirstOrDefault());
    }

    private async Task<AuthenticationHeaderValue> AuthorizeAsync(
        ImageReference image, RegistryLogin login, AuthenticationHeaderValue challenge, CancellationToken cancellation)
    {
        var basic = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login.User}:{login.Password}")));
        if (challenge.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase))
        {
            return basic;
        }

        var parts = Part().Matches(challenge.Parameter ?? "").ToDictionary(part => part.Groups[1].Value, part => part.Groups[2].Value);
        if (!Uri.TryCreate(parts.GetValueOrDefault("realm"), UriKind.Absolute, out var realm) || realm.Scheme != SchemeOf(realm.Host))
        {
            // A login goes over no open wire.
            throw new OperationException($"{image.Host} names no place that gives tokens");
        }

        var service = parts.GetValueOrDefault("service") is { } named ? $"service={Uri.EscapeDataString(named)}&" : "";
        var separator = realm.Query.Length > 0 ? '&' : '?';
        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"{realm}{separator}{service}scope={Uri.EscapeDataString($"repository:{image.Name}:pull")}");
        request.Headers.Authorization = basic;
        using var response = await http.SendAsync(request, cancellation);
        return response.StatusCode == HttpStatusCode.OK && TokenOf(await response.Content.ReadAsStringAsync(cancellation)) is { } token
            ? new AuthenticationHeaderValue("Bearer", token)
            : throw new OperationException($"{realm.Host} gave no token to {login.User} for {image.Name}");
    }

    private static string? TokenOf(string text)
    {
        try
        {
            var document = JsonNode.Parse(text);
            return (string?)document?["token"] ?? (string?)document?["access_token"];
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    [GeneratedRegex("([a-z]+)=\"([^\"]*)\"")]
    private static partial Regex Part();
}
