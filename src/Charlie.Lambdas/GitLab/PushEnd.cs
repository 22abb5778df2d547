using Charlie.Lambdas.Reports;
using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.GitLab;

/// <summary>The end of a push, as GitLab is told of it.</summary>
/// <param name="Name">Of the commit's status: <c>charlie/APP</c>, which no job is called.</param>
/// <param name="DeploymentId">The deployment that the job created; <c>null</c> where it created none.</param>
/// <param name="What">The release's state, since when, and one sentence.</param>
/// <param name="Repeats">Another report may say the same again: an attempt that failed.</param>
internal sealed record PushEnd(
    string Name,
    long ProjectId,
    string Commit,
    long PipelineId,
    string PipelineUrl,
    long? DeploymentId,
    ToldEnd What,
    bool Repeats)
{
    // GitLab's own limit of a status's description.
    private const int MaxDescription = 255;

    /// <summary>The pushes that a report ends: its own, and those that another overtook.</summary>
    /// <param name="report">A function's report.</param>
    /// <param name="reportedAt">When the function ended with it.</param>
    public static IEnumerable<PushEnd> Of(DeploymentReport report, DateTimeOffset reportedAt)
    {
        // Of a final outcome the record tag's time: its report may come again much later.
        var at = Iso8601.Read(report.EndedAt) ?? Iso8601.ToMilliseconds(reportedAt);
        if (StateAfter(report) is { } state
            && report is
            {
                Release: { } release, ProjectId: { } project, Commit: { } commit, PipelineId: { } pipeline, PipelineUrl: { } url,
            })
        {
            yield return new PushEnd(
                Named(report.App),
                project,
                commit,
                pipeline,
                url,
                report.DeploymentId,
                new ToldEnd(release, state, at, Line(report.Summary)),
                Repeats: report.EndedAt is null);
        }

        foreach (var other in report.Overtaken ?? [])
        {
            yield return new PushEnd(
                Named(report.App),
                other.ProjectId,
                other.Commit,
                other.PipelineId,
                other.PipelineUrl,
                other.DeploymentId,
                new ToldEnd(
                    other.Release,
                    PushState.Canceled,
                    at,
                    Line($"Release {other.Release} was overtaken by release {report.Release} before it was confirmed.")),
                Repeats: true);
        }
    }

    // A push that is refused for the group's configuration is on record and may still be deployed. A duplicate, which nobody is
    // notified of, is stale and ends nothing.
    private static PushState? StateAfter(DeploymentReport report) => report.Outcome switch
    {
        Outcome.Confirmed => PushState.Success,
        Outcome.RolledBack or Outcome.Failed or Outcome.Rejected => PushState.Failed,
        Outcome.Stale when report is { Notify: true, Request: null } => PushState.Canceled,
        _ => null,
    };

    private static string Named(string app) => $"charlie/{app}";

    private static string Line(string text) => SingleLineText.Of(text, MaxDescription);
}
