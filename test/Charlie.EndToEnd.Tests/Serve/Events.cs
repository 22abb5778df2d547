using System.Text.Json.Nodes;

namespace Charlie.EndToEnd.Tests.Serve;

/// <summary>A pushed image: the release that it makes, and its event.</summary>
internal sealed record PushedImage(string Release, string Image, JsonObject Event);

/// <summary>The events of the files beside the tests, as they stand or with other facts in them.</summary>
internal static class Events
{
    /// <summary>The event of <c>image-pushed.json</c> as it stands.</summary>
    public static PushedImage First() => Read(Load("image-pushed.json"));

    /// <summary>The same, of another pipeline or job, with an image whose digest is made of one letter.</summary>
    /// <param name="letter">A hexadecimal digit in lower case.</param>
    public static PushedImage Push(long pipelineId, long jobId, char letter)
    {
        var envelope = Load("image-pushed.json");
        var detail = envelope["detail"]!;
        detail["image"] = $"{((string)detail["image"]!).Split('@')[0]}@sha256:{new string(letter, 64)}";
        detail["commit"] = new string(letter, 40);
        detail["pipelineId"] = pipelineId;
        detail["jobId"] = jobId;
        detail["pipelineUrl"] = $"https://gitlab.com/example/charlie/-/pipelines/{pipelineId}";
        return Read(envelope);
    }

    /// <summary>The event of <c>rollback-requested.json</c>, from a release.</summary>
    public static JsonObject RollbackFrom(string release)
    {
        var envelope = Load("rollback-requested.json");
        envelope["detail"]!["fromRelease"] = release;
        return envelope;
    }

    /// <summary>Another request of an operator.</summary>
    public static JsonObject Request(string detailType, params (string Name, string Value)[] fields)
    {
        var detail = new JsonObject { ["app"] = "charlie", ["reason"] = "the market is open", ["requestedBy"] = "maria" };
        foreach (var (name, value) in fields)
        {
            detail[name] = value;
        }

        return new JsonObject { ["source"] = "charlie.ops", ["detail-type"] = detailType, ["detail"] = detail };
    }

    private static PushedImage Read(JsonObject envelope)
    {
        var detail = envelope["detail"]!;
        return new PushedImage($"{detail["pipelineId"]}.{detail["jobId"]}", (string)detail["image"]!, envelope);
    }

    private static JsonObject Load(string file) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Serve", file)))!.AsObject();
}
