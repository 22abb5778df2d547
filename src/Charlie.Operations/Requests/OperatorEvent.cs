using System.Text.Json;
using System.Text.Json.Nodes;
using Charlie.Lambdas;
using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Events;

namespace Charlie.Operations.Requests;

/// <summary>An event as it is put on the app's bus.</summary>
internal sealed record OperatorEvent(string Source, string DetailType, JsonObject Detail)
{
    /// <summary>A push, as a pipeline's job on branch <c>main</c> puts it.</summary>
    /// <param name="image">The repository and the digest.</param>
    /// <param name="commit">40 hexadecimal digits.</param>
    /// <param name="tag">The image's tag; <c>null</c> where the event names none.</param>
    public static OperatorEvent Push(AllowedOrigin origin, Release release, string image, string commit, string? tag)
    {
        var detail = new JsonObject
        {
            ["app"] = origin.App,
            ["image"] = image,
            ["commit"] = commit,
            ["ref"] = "main",
            ["pipelineId"] = release.PipelineId,
            ["jobId"] = release.JobId,
            ["pipelineUrl"] = $"{origin.ProjectUrl}/-/pipelines/{release.PipelineId}",
            ["projectId"] = origin.ProjectId,
        };
        if (tag is not null)
        {
            detail["tag"] = tag;
        }

        return new OperatorEvent(ImagePushed.Source, ImagePushed.DetailType, detail);
    }

    public static OperatorEvent Rollback(string app, Release from, Release? to, string reason, string by) =>
        Of(RollbackRequested.DetailType, app, reason, by, ("fromRelease", from.ToString()), ("toRelease", to?.ToString()));

    /// <param name="until">A time with its zone; <c>null</c> where <paramref name="length"/> is given, or for no end.</param>
    /// <param name="length">A length such as <c>90m</c>, <c>8h</c> or <c>3d</c>.</param>
    public static OperatorEvent Hold(string app, string? until, string? length, string reason, string by) =>
        Of(HoldRequested.DetailType, app, reason, by, ("until", until), ("for", length));

    public static OperatorEvent Resume(string app, Holder holder, string reason, string by) =>
        Of(ResumeRequested.DetailType, app, reason, by, ("holder", holder.Word()));

    public static OperatorEvent Restart(string app, string reason, string by) => Of(RestartRequested.DetailType, app, reason, by);

    public static OperatorEvent Stop(string app, string reason, string by) => Of(StopRequested.DetailType, app, reason, by);

    public static OperatorEvent Start(string app, string reason, string by) => Of(StartRequested.DetailType, app, reason, by);

    /// <summary>The request as the functions read it from this event.</summary>
    /// <exception cref="OperationException">They would reject it; the message says why.</exception>
    public RefreshRequest Read(Settings settings, TimeProvider time)
    {
        using var detail = JsonDocument.Parse(Detail.ToJsonString());
        var envelope = new EventEnvelope(Source, DetailType, time.GetUtcNow(), detail.RootElement);
        return new EventParser(settings.Origin, time).Parse(envelope) switch
        {
            OperatorRequest requested => requested.Request,
            ImagePushed pushed => pushed.Push,
            InvalidEvent invalid => throw new OperationException($"{DetailType} would be rejected: {invalid.Reason}."),
            var other => throw new OperationException($"{DetailType} is read as {other.GetType().Name}."),
        };
    }

    private static OperatorEvent Of(
        string detailType, string app, string reason, string by, params ReadOnlySpan<(string Name, string? Value)> fields)
    {
        var detail = new JsonObject { ["app"] = app, ["reason"] = reason, ["requestedBy"] = by };
        foreach (var (name, value) in fields)
        {
            if (value is not null)
            {
                detail[name] = value;
            }
        }

        return new OperatorEvent(OperatorRequest.Source, detailType, detail);
    }
}
