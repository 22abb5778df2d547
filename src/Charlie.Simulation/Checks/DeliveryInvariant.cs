using Charlie.Lambdas.Reports;
using Charlie.Sandbox.Context;
using Charlie.Simulation.Environments;

namespace Charlie.Simulation.Checks;

/// <summary>
/// Each report that is to be notified comes to Notify, and each run of Notify that ends well has published its alert: once, and once
/// more only for a call whose response was lost. Another run comes only after one that failed, or for an event that was delivered twice.
/// </summary>
internal sealed class DeliveryInvariant
{
    // Two failed runs of Notify, and the waits after throttles.
    private static readonly TimeSpan MaxDelay = TimeSpan.FromMinutes(6);

    private readonly SimulatedEnvironment environment;
    private readonly Action<string> fail;
    private readonly Dictionary<FunctionRun, int> published = [];
    private readonly HashSet<string> heard = [];
    private readonly List<(string RequestId, DateTimeOffset At, string Summary)> reports = [];

    public DeliveryInvariant(SimulatedEnvironment environment, Action<string> fail)
    {
        (this.environment, this.fail) = (environment, fail);
        environment.Host.Began += (run, _) =>
        {
            if (run.Function == "Notify")
            {
                published[run] = 0;
                heard.UnionWith(reports.Select(report => report.RequestId).Where(id => run.Payload.Contains(id, StringComparison.Ordinal)));
            }
        };
        environment.Host.Reported += (run, report) =>
        {
            if (report.Notify)
            {
                reports.Add((run.RequestId, environment.Time.GetUtcNow(), report.Summary));
            }
        };
        environment.Host.Completed += Completed;
        environment.Cloud.Timeline.Recorded += Published;
    }

    /// <summary>A report that no one was told of; <c>null</c> when there is none.</summary>
    public string? Violation() =>
        reports.Where(report => !heard.Contains(report.RequestId) && environment.Time.GetUtcNow() - report.At > MaxDelay)
            .Select(report => $"a report never came to Notify: {report.Summary}")
            .FirstOrDefault();

    private void Published(TimelineEntry entry)
    {
        if (entry.Kind != "MessagePublished" || FunctionRun.Current is not { Function: "Notify" } run)
        {
            return;
        }

        published[run]++;
        if (published[run] > 1 + run.Unanswered)
        {
            fail($"one run of Notify published {published[run]} times, and {run.Unanswered} of its calls had no response: {entry.Text}");
        }
    }

    private void Completed(FunctionRun run)
    {
        if (run.Function == "Notify" && published[run] == 0)
        {
            fail($"a run of Notify ended well and published nothing: {run.Payload}");
        }
    }
}
