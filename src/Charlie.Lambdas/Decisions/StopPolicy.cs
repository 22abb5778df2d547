using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Decisions;

/// <summary>What Refresh does about a request to take the app out of service.</summary>
internal static class StopPolicy
{
    public static RefreshStep Next(StopRequest request, Snapshot snapshot, PolicySettings settings)
    {
        var (records, desired) = (snapshot.Records, snapshot.Desired.Release);
        if (records is { IsStopped: true, Stopped: { } recorded }
            && (recorded.At, recorded.Reason) == (request.RequestedAt, request.Reason))
        {
            return ReconcilePlan.Next(snapshot, settings.Strategy) is { } action
                ? RefreshPolicy.DoIfAllowed(action, snapshot, settings, desired)
                : Done(new RunResult.AppStopped(recorded, desired));
        }

        return WhyStale(request, records) is { } reason
            ? Done(new RunResult.StaleRequest("stop", reason))
            : new RefreshStep.Act(new AwsAction.RecordRequest(new Stopped(request.RequestedAt, request.Reason)));
    }

    private static string? WhyStale(StopRequest request, Records records) =>
        records.Started is { } started && started.At >= request.RequestedAt
            ? $"a start was requested later, at {Iso8601.Write(started.At)}"
        : records.Stopped is { } stopped && stopped.At >= request.RequestedAt
            ? $"another stop was requested later, at {Iso8601.Write(stopped.At)}"
        : null;

    private static RefreshStep.Done Done(RunResult result) => new(result);
}
