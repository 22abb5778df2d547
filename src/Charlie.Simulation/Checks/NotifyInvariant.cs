using System.Globalization;
using System.Numerics;
using Charlie.Lambdas.Reports;
using Charlie.Simulation.Environments;

namespace Charlie.Simulation.Checks;

/// <summary>A report is notified where the table of docs/deploying.md says so, and what lasts is not notified too often.</summary>
internal sealed class NotifyInvariant
{
    // What lasts is notified four times an hour. Each run of such a minute notifies it: also one that is doubled, late or a retry.
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(13);

    private const int MaxNotified = 5;

    private static readonly TimeSpan MaxReadAge = TimeSpan.FromSeconds(30);

    private static readonly Outcome[] Always =
    [
        Outcome.Confirmed, Outcome.RolledBack, Outcome.Rejected, Outcome.Refused, Outcome.Recorded, Outcome.Stopped, Outcome.Stuck,
        Outcome.Unconfirmed, Outcome.OldBase,
    ];

    private static readonly Outcome[] Never = [Outcome.NothingToDo, Outcome.Superseded, Outcome.InstanceReady, Outcome.HandedOver];

    private readonly SimulatedEnvironment environment;
    private readonly Action<string> fail;
    private readonly Dictionary<Outcome, List<DateTimeOffset>> notified = [];
    private readonly Dictionary<string, int> timesTold = [];

    public NotifyInvariant(SimulatedEnvironment environment, Action<string> fail)
    {
        (this.environment, this.fail) = (environment, fail);
        environment.Host.Reported += Check;
        environment.Cloud.Timeline.Recorded += entry =>
        {
            if (entry is { Kind: "TagsCreated", Data: { } tags } && tags.TryGetValue("charlie:down-since", out var down)
                && down.Split(' ') is [var since, var told, _])
            {
                timesTold[since] = int.Parse(told, CultureInfo.InvariantCulture);
            }
        };
    }

    // The end of an outage is told to those who were told of it: by STUCK, or by the rollback meanwhile.
    private bool? IsEndToTell(DeploymentReport report)
    {
        var since = report.Since!.Value;
        if (timesTold.GetValueOrDefault(since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)) > 0)
        {
            return true;
        }

        var rejected = environment.Oracle.Rejections().Where(rejection => rejection.At >= since).ToList();
        // The run may have read the records a moment before the rejection.
        return rejected.Count == 0 ? false
            : rejected.Exists(rejection => environment.Time.GetUtcNow() - rejection.At > MaxReadAge) ? true
            : null;
    }

    private void Check(FunctionRun run, DeploymentReport report)
    {
        var request = run.Function == "Refresh" ? FollowedEvent.Read(run, report) : null;
        var expected = report switch
        {
            { Outcome: var outcome } when Always.Contains(outcome) => true,
            { Outcome: var outcome } when Never.Contains(outcome) => false,
            { Outcome: Outcome.Retrying or Outcome.Failed, Attempt: { } attempt } => BitOperations.IsPow2(attempt),
            { Outcome: Outcome.AllClear } => IsEndToTell(report),
            { Outcome: Outcome.Started or Outcome.AlreadyCurrent } => request is { IsOfOperator: true },
            _ => (bool?)null,
        };
        if (expected is { } due && due != report.Notify)
        {
            fail($"{report.Outcome} (attempt {report.Attempt}) was {(report.Notify ? "notified" : "not notified")}: {report.Summary}");
        }

        if (report.Notify && request is null && report.Outcome is Outcome.Refused or Outcome.Unconfirmed or Outcome.Held)
        {
            CheckPace(report);
        }
    }

    private void CheckPace(DeploymentReport report)
    {
        if (!notified.TryGetValue(report.Outcome, out var times))
        {
            notified[report.Outcome] = times = [];
        }

        var now = environment.Time.GetUtcNow();
        times.RemoveAll(time => now - time > Quarter);
        times.Add(now);
        if (times.Count > MaxNotified)
        {
            fail($"{report.Outcome} was notified {times.Count} times within {Quarter}, without being asked: {report.Summary}");
        }
    }
}
