using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Charlie.Simulation.Production;

/// <summary>The GitLab project whose jobs put the events.</summary>
internal sealed class Pipeline(Uri endpoint) : IDisposable
{
    public const string BusName = "charlie";
    public const string ProjectUrl = "https://gitlab.com/example/charlie";
    public const long ProjectId = 4242;
    public const string DetailType = "Image Pushed";

    private const long FirstPipelineId = 1048576;
    private const long FirstJobId = 7700123;

    private readonly HttpClient http = new();
    private long pushes;

    /// <summary>The detail of the one event that a deploy job puts.</summary>
    public static JsonObject Detail(BotImage image, long pipelineId, long jobId) => new()
    {
        ["app"] = ProductionGroup.Name,
        ["image"] = image.Name,
        ["tag"] = image.Version,
        ["commit"] = image.Commit,
        ["ref"] = "main",
        ["pipelineId"] = pipelineId,
        ["jobId"] = jobId,
        ["pipelineUrl"] = $"{ProjectUrl}/-/pipelines/{pipelineId}",
        ["projectId"] = ProjectId,
    };

    /// <summary>The release that a detail names.</summary>
    public static string ReleaseOf(JsonNode detail) => $"{(long)detail["pipelineId"]!}.{(long)detail["jobId"]!}";

    public static JsonObject FirstDetail(BotImage image) => Detail(image, FirstPipelineId, FirstJobId);

    /// <summary>Puts <c>Image Pushed</c> for an image, as a pipeline of its own; returns the release.</summary>
    /// <exception cref="InvalidOperationException">The bus did not take the event.</exception>
    public async Task<string> PushAsync(BotImage image, CancellationToken cancellation)
    {
        var (pipelineId, jobId) = (FirstPipelineId + pushes, FirstJobId + pushes);
        pushes++;
        var entries = new JsonObject
        {
            ["Entries"] = new JsonArray(new JsonObject
            {
                ["EventBusName"] = BusName,
                ["Source"] = "charlie.ci",
                ["DetailType"] = DetailType,
                ["Detail"] = Detail(image, pipelineId, jobId).ToJsonString(),
            }),
        };
        using var content = new StringContent(entries.ToJsonString(), Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = content };
        request.Headers.Add("X-Amz-Target", "AWSEvents.PutEvents");
        using var response = await http.SendAsync(request, cancellation);
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellation));
        return response.IsSuccessStatusCode && body.RootElement.GetProperty("FailedEntryCount").GetInt32() == 0
            ? $"{pipelineId}.{jobId}"
            : throw new InvalidOperationException($"The bus did not take the event: {body.RootElement.GetRawText()}");
    }

    public void Dispose() => http.Dispose();
}
