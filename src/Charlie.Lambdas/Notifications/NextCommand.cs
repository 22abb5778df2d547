using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Reports;

namespace Charlie.Lambdas.Notifications;

/// <summary>The operator's command that helps next, as docs/operating.md's runbook has it.</summary>
internal static class NextCommand
{
    private static readonly string Base = Release.Base.ToString();

    /// <param name="why">What stands in place of a reason.</param>
    public static string Of(Alert alert, string app, string why)
    {
        var command = alert is Alert.OfReport { Report: var report } ? Of(report, why) : "doctor";
        return $"charlie {command} --app {app}";
    }

    /// <summary>The command that prints what the functions logged of a release; <c>null</c> where none is named.</summary>
    public static string? OfLogs(Alert alert, string app) =>
        alert.Release is { } release && release != Base ? $"charlie logs {release} --app {app}" : null;

    private static string Of(DeploymentReport report, string why) => report.Outcome switch
    {
        Outcome.RolledBack or Outcome.Failed when report.Release != Base => $"show {report.Release}",
        Outcome.Unhealthy => $"rollback -m {why}",
        Outcome.Unconfirmed or Outcome.Started or Outcome.AlreadyCurrent => "status --watch",
        Outcome.OldBase => "history",
        Outcome.Held => report.HeldBy == Holder.Window.Word() ? $"resume --all -m {why}" : $"resume -m {why}",
        Outcome.Stopped => $"start -m {why}",
        Outcome.Refused => "plan",
        _ => "status",
    };
}
