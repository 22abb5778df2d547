using System.Globalization;
using Charlie.Lambdas.Reports;

namespace Charlie.Simulation.Checks;

/// <summary>What a report says of a push, in GitLab's word, by the table of docs/deploying.md.</summary>
/// <param name="IsFinal">It has a record tag; what has none may be said again.</param>
internal sealed record PushOutcome(string Release, long Pipeline, string State, DateTimeOffset At, bool IsFinal)
{
    public const string Success = "success";

    public const string Failed = "failed";

    private const string Canceled = "canceled";

    /// <summary>Which of two of a release is the last word.</summary>
    public (bool IsOwn, DateTimeOffset At, bool IsFailed) Rank => (State != Canceled, At, State == Failed);

    /// <param name="report">What a function reported.</param>
    /// <param name="at">When; the bus gives its events whole seconds.</param>
    public static IEnumerable<PushOutcome> Of(DeploymentReport report, DateTimeOffset at)
    {
        var second = at.AddTicks(-(at.Ticks % TimeSpan.TicksPerSecond));
        var state = report switch
        {
            { Outcome: Outcome.Confirmed } => Success,
            { Outcome: Outcome.RolledBack or Outcome.Failed or Outcome.Rejected } => Failed,
            { Outcome: Outcome.Stale, Notify: true, Request: null } => Canceled,
            _ => null,
        };
        var ended = report.EndedAt is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) : (DateTimeOffset?)null;
        if (state is not null
            && report is { Release: { } release, PipelineId: { } pipeline, ProjectId: not null, Commit: not null, PipelineUrl: not null })
        {
            yield return new PushOutcome(release, pipeline, state, ended ?? second, ended is not null);
        }

        foreach (var other in report.Overtaken ?? [])
        {
            yield return new PushOutcome(other.Release, other.PipelineId, Canceled, ended ?? second, IsFinal: false);
        }
    }
}
