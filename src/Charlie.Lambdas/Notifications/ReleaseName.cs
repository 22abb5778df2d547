using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Notifications;

/// <summary>A release as people call it: <c>1.2 (1048577.7700124)</c>, by its image's tag where that says more than the release.</summary>
internal static class ReleaseName
{
    // A subject has 100 characters for everything.
    private const int MaxTag = 24;

    public static string Of(string release, string? tag) =>
        tag is null || IsOfJob(release, tag) ? release : $"{SingleLineText.Of(tag, MaxTag)} ({release})";

    // The pipeline's own tags are <pipeline>-<job>, unless the project gives others.
    private static bool IsOfJob(string release, string tag) =>
        Release.TryParse(release, out var parsed) && tag == $"{parsed.PipelineId}-{parsed.JobId}";
}
