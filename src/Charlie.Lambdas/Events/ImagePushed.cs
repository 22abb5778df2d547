using System.Text.RegularExpressions;
using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Events;

/// <summary><c>Image Pushed</c> of <c>charlie.ci</c>: a CI job pushed an image that should run.</summary>
internal sealed partial record ImagePushed(Push Push) : InboundEvent
{
    public const string Source = "charlie.ci";

    public const string DetailType = "Image Pushed";

    /// <exception cref="InvalidEventException">A field is missing or has a value that is not allowed.</exception>
    public static ImagePushed Read(EventEnvelope envelope, AllowedOrigin allowed, DateTimeOffset now)
    {
        var detail = new DetailReader(envelope);
        detail.Exactly("app", allowed.App);
        var image = detail.Text(
            "image",
            value => value.StartsWith(allowed.ImageRepository + "@", StringComparison.Ordinal)
                && Digest().IsMatch(value.AsSpan(allowed.ImageRepository.Length + 1)),
            $"{allowed.ImageRepository}@sha256: and 64 hexadecimal digits (an image by its digest, from that repository)");
        var commit = detail.Text("commit", Commit().IsMatch, "40 hexadecimal digits in lower case");
        detail.Text("ref", RefName.IsAllowed, "a branch name");
        var notes = new PushNotes(
            detail.Has("tag") ? detail.Text("tag", Tag().IsMatch, "an image tag") : null,
            detail.Line("commitTitle", PushNotes.MaxText),
            detail.Line("commitAuthor", PushNotes.MaxText),
            detail.Has("deploymentId") ? detail.Positive("deploymentId") : null);
        var release = new Release(detail.Positive("pipelineId"), detail.Positive("jobId"));
        var pipelineUrl = $"{allowed.ProjectUrl}/-/pipelines/{release.PipelineId}";
        detail.Text("pipelineUrl", value => value == pipelineUrl, pipelineUrl);
        detail.Exactly("projectId", allowed.ProjectId);
        return new ImagePushed(new Push(release, image, commit, pipelineUrl, allowed.ProjectId, envelope.TimeBefore(now))
        {
            Notes = notes,
        });
    }

    [GeneratedRegex(@"\Asha256:[0-9a-f]{64}\z")]
    private static partial Regex Digest();

    [GeneratedRegex(@"\A[0-9a-f]{40}\z")]
    private static partial Regex Commit();

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9._-]{0,127}\z")]
    private static partial Regex Tag();
}
