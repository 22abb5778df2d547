using System.Collections.Immutable;
using Charlie.Lambdas;
using Charlie.Lambdas.Decisions;
using Charlie.Operations.Releases;

namespace Charlie.Operations.Status;

/// <summary>What a snapshot says of an app.</summary>
internal static class AppStatus
{
    private const int Shape = 1;

    public static StatusDocument Of(Snapshot snapshot, Settings settings)
    {
        var (records, desired) = (snapshot.Records, snapshot.Desired.Release);
        var instances = snapshot.Group.Instances.Select(instance => Of(instance, snapshot)).ToImmutableArray();
        var because = DesiredReason.Of(snapshot);
        var document = new StatusDocument(
            Shape,
            settings.App,
            snapshot.Group.Name,
            snapshot.GroupReadAt,
            AppState.InSync,
            ReleaseDocument.Of(desired, snapshot),
            because.Text,
            snapshot.Group.DesiredCapacity,
            instances,
            records.HoldInForce is { } hold
                ? new HoldDocument(hold.Holder.Word(), hold.Release.ToString(), hold.From, hold.Until, hold.Reason)
                : null,
            [.. ReleaseFacts.All(snapshot).Where(one => one.State == ReleaseState.Waiting).Select(ReleaseDocument.Of)],
            records is { IsStopped: true, Stopped: { } stopped } ? new RequestDocument(stopped.At, stopped.Reason) : null,
            records.OpenRestart is { } restart ? new RequestDocument(restart.At, restart.Reason) : null,
            records.AttemptsOf(desired) is { Count: > 0 } attempts
                ? new AttemptsDocument(attempts.Count, attempts.LastFailure, attempts.FirstLaunch)
                : null,
            records.Down?.Since,
            RefreshPolicy.Violation(snapshot, settings.Policy),
            snapshot.LastActivity?.Description,
            FinalOutcome.Of(records).LastOrDefault() is { } last ? ReleaseDocument.Of(last.Release, snapshot) : null,
            records.FallbackOf(desired)?.ToString(),
            records.TagCount);
        return document with { DesiredBecause = because, State = StateOf(document, snapshot, settings.Policy.Strategy) };
    }

    private static AppState StateOf(StatusDocument status, Snapshot snapshot, Strategy strategy) =>
        status.Stopped is not null ? AppState.Stopped
        : status.DesiredCapacity == 0 ? AppState.Closed
        : status.DownSince is not null ? AppState.Down
        : status.Violation is not null ? AppState.Refused
        : status.Desired.State != ReleaseState.Confirmed ? AppState.Deploying
        : IsInSync(status, snapshot, strategy) ? AppState.InSync
        : AppState.Replacing;

    // The functions' policy says what is left for Charlie; what it waits for is left for the group.
    private static bool IsInSync(StatusDocument status, Snapshot snapshot, Strategy strategy) =>
        ReconcilePlan.Next(snapshot, strategy) is null
        && status.Restart is null
        && snapshot.Group.Refresh is not { IsActive: true }
        && !snapshot.Group.Instances.Any(instance => instance.IsPending)
        && status.InService >= status.DesiredCapacity;

    private static InstanceDocument Of(GroupInstance instance, Snapshot snapshot)
    {
        var details = snapshot.Details.GetValueOrDefault(instance.Id);
        return new InstanceDocument(
            instance.Id,
            instance.LifecycleState,
            snapshot.VersionOf(instance)?.Release.ToString(),
            details?.LaunchedAt,
            details?.InServiceAt,
            details?.Address?.ToString(),
            snapshot.EvidenceOf(instance.Id).Last?.Describe());
    }
}
