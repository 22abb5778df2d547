using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Decisions;

/// <summary>What Refresh does about a request to run the desired release on new machines.</summary>
internal static class RestartPolicy
{
    public static RefreshStep Next(RestartRequest request, Snapshot snapshot, PolicySettings settings)
    {
        var (recorded, desired) = (snapshot.Records.Restart, snapshot.Desired.Release);
        if (recorded is not null && (recorded.At, recorded.Reason) == (request.RequestedAt, request.Reason))
        {
            return RefreshPolicy.ReconcileRequested(snapshot, settings, $"a restart was requested ({request.Reason})");
        }

        return WhyStale(request, snapshot) is { } reason
            ? new RefreshStep.Done(new RunResult.StaleRequest("restart", reason, desired))
            : RefreshPolicy.DoIfAllowed(
                new AwsAction.RecordRequest(new Restart(request.RequestedAt, request.Reason)), snapshot, settings, desired);
    }

    private static string? WhyStale(RestartRequest request, Snapshot snapshot) =>
        snapshot.WhyClosed is { } closed ? $"no instance should run, since {closed}"
        : snapshot.Records.Restart is { } other && other.At >= request.RequestedAt
            ? $"another restart was requested later, at {Iso8601.Write(other.At)}"
        : null;
}
