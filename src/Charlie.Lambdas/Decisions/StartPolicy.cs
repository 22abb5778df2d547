using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Decisions;

/// <summary>What Refresh does about a request to take the app back into service.</summary>
internal static class StartPolicy
{
    public static RefreshStep Next(StartRequest request, Snapshot snapshot, PolicySettings settings)
    {
        var records = snapshot.Records;
        if (records is { IsStopped: false, Started: { } recorded }
            && (recorded.At, recorded.Reason) == (request.RequestedAt, request.Reason))
        {
            return RefreshPolicy.ReconcileRequested(snapshot, settings, $"a start was requested ({request.Reason})");
        }

        return WhyStale(request, records) is { } reason
            ? new RefreshStep.Done(new RunResult.StaleRequest("start", reason))
            : new RefreshStep.Act(new AwsAction.RecordRequest(new Started(request.RequestedAt, request.Reason)));
    }

    private static string? WhyStale(StartRequest request, Records records) =>
        !records.IsStopped ? "the app is not stopped"
        : records.Stopped is { } stopped && stopped.At > request.RequestedAt
            ? $"a stop was requested later, at {Iso8601.Write(stopped.At)}"
        : null;
}
