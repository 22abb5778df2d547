using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Charlie.EndToEnd.Tests.Fixture;

/// <summary>EventBridge's own door: PutEvents as JSON over HTTP, whatever the entries are.</summary>
internal sealed class EventDoor(Uri endpoint) : IDisposable
{
    private readonly HttpClient http = new();

    public static JsonObject Entry(string source, string detailType, string? detail) => new()
    {
        ["EventBusName"] = "charlie",
        ["Source"] = source,
        ["DetailType"] = detailType,
        ["Detail"] = detail,
    };

    /// <summary>Puts one event.</summary>
    /// <returns>Its id, or EventBridge's own refusal.</returns>
    public async Task<(string? EventId, string? Refusal)> PutAsync(JsonObject entry, CancellationToken cancellation)
    {
        var body = new JsonObject { ["Entries"] = new JsonArray(entry) };
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = content };
        request.Headers.Add("X-Amz-Target", "AWSEvents.PutEvents");
        using var response = await http.SendAsync(request, cancellation);
        var text = await response.Content.ReadAsStringAsync(cancellation);
        if (!response.IsSuccessStatusCode)
        {
            return (null, text);
        }

        var result = JsonNode.Parse(text)?["Entries"]?[0];
        return (string?)result?["EventId"] is { } id ? (id, null) : (null, $"{result?["ErrorCode"]}: {result?["ErrorMessage"]}");
    }

    public void Dispose() => http.Dispose();
}
