using System.Text;
using System.Text.Json.Nodes;

namespace Charlie.Operations.Access;

/// <summary>The control routes of an embedded AWS, below <c>/_sandbox</c>.</summary>
internal sealed class EmbeddedControl : IDisposable
{
    private readonly HttpClient http;

    /// <exception cref="OperationException">It is AWS, and not an embedded one.</exception>
    public EmbeddedControl(AwsAccess access, string command)
    {
        var endpoint = access is { IsEmbedded: true, Endpoint: { } url }
            ? url
            : throw new OperationException($"charlie {command} is for the embedded AWS: give --endpoint-url as charlie serve prints it.");
        http = new HttpClient { BaseAddress = new Uri(endpoint, "/_sandbox/") };
    }

    public async Task<JsonNode> ReadAsync(string route, CancellationToken cancellation) =>
        JsonNode.Parse(await http.GetStringAsync(new Uri(route, UriKind.Relative), cancellation))!;

    /// <summary>Sets what an image does on a machine.</summary>
    /// <exception cref="OperationException">There is no such behaviour.</exception>
    public async Task SetImageAsync(string digest, JsonObject setting, CancellationToken cancellation)
    {
        using var body = BodyOf(setting);
        using var response = await http.PutAsync(new Uri($"images/{digest}", UriKind.Relative), body, cancellation);
        await CheckAsync(response, cancellation);
    }

    /// <summary>Posts to a route.</summary>
    /// <exception cref="OperationException">The embedded AWS refused it; the message says why.</exception>
    public async Task PostAsync(string route, JsonObject body, CancellationToken cancellation)
    {
        using var content = BodyOf(body);
        using var response = await http.PostAsync(new Uri(route, UriKind.Relative), content, cancellation);
        await CheckAsync(response, cancellation);
    }

    public void Dispose() => http.Dispose();

    private static StringContent BodyOf(JsonObject document) => new(document.ToJsonString(), Encoding.UTF8, "application/json");

    private static async Task CheckAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (!response.IsSuccessStatusCode)
        {
            var said = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellation));
            throw new OperationException((string?)said?["error"] ?? (string?)said?["Error"] ?? said?.ToJsonString() ?? "It was refused.");
        }
    }
}
