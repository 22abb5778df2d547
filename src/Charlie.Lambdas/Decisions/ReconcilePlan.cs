namespace Charlie.Lambdas.Decisions;

/// <summary>What brings the group to its desired release, one action after the other.</summary>
internal static class ReconcilePlan
{
    /// <summary>
    /// The next action; <c>null</c> when nothing is left to do. Instances are judged by release, never by the pin or by a
    /// version's number. An instance whose version was not read is left alone (reads lag).
    /// </summary>
    public static AwsAction? Next(Snapshot snapshot, Strategy strategy) =>
        HandoverPlan.End(snapshot, strategy)
        ?? StopPlan.Next(snapshot)
        ?? (snapshot.Desired.Version is not { } version ? null
            : strategy is Strategy.Rolling rolling ? Roll(snapshot, version, rolling)
            : strategy is Strategy.Handover && HandoverPlan.IsPossible(snapshot) ? HandoverPlan.Next(snapshot, version)
            : Replace(snapshot, version))
        ?? RestartPlan.Finish(snapshot);

    /// <summary>
    /// The next pin, end of a refresh or of a handover: what Lifecycle does before it takes an instance away. The rest is Refresh's.
    /// </summary>
    public static AwsAction? NextWithoutReplacing(Snapshot snapshot, Strategy strategy) =>
        snapshot.Group.DesiredCapacity == HandoverPlan.Both && strategy is Strategy.Handover
            ? Next(snapshot, strategy) is { } step and (AwsAction.Pin or AwsAction.Resize or AwsAction.Protect
                or AwsAction.RecordRequest { Tag: Handover }) ? step : null
        : strategy is Strategy.Handover ? snapshot.Desired.Version is { } version ? PinOf(snapshot, version) : null
        : Next(snapshot, strategy) is { } action and (AwsAction.Pin or AwsAction.CancelRefresh or AwsAction.RollBackRefresh) ? action
        : null;

    /// <summary>The pin, where it is not the version.</summary>
    internal static AwsAction? PinOf(Snapshot snapshot, ReleaseVersion version) =>
        snapshot.Group.Pin == version.Number ? null : new AwsAction.Pin(version);

    // A pending instance is judged before any instance is replaced.
    private static AwsAction? Replace(Snapshot snapshot, ReleaseVersion version) =>
        PinOf(snapshot, version)
            ?? (!snapshot.Group.Instances.Any(instance => instance.IsPending)
                && snapshot.Group.Instances.FirstOrDefault(instance => instance.IsInService && IsOutdated(instance, snapshot)) is { } other
                    ? new AwsAction.Terminate(other.Id, version.Release)
                    : null);

    // The pin is the version that a refresh is rolled back to. So a release that may have to be rolled back is brought in
    // by the refresh itself, and the group pins it when the refresh succeeded. It is pinned here only where no instance
    // has to be replaced, or where the version was confirmed before.
    private static AwsAction? Roll(Snapshot snapshot, ReleaseVersion version, Strategy.Rolling rolling)
    {
        var group = snapshot.Group;
        if (group.Refresh is { IsActive: true } refresh)
        {
            return Redirect(snapshot, version, refresh);
        }

        var confirmed = snapshot.Records.IsConfirmed(version.Release);
        var replaces = group.Instances.Any(instance => (instance.IsInService || instance.IsPending) && IsOutdated(instance, snapshot));
        if (group.Pin != version.Number && (confirmed || !replaces))
        {
            return new AwsAction.Pin(version);
        }

        return replaces && !snapshot.IsClosed && !HasMovedRefresh(snapshot)
            ? new AwsAction.StartRefresh(version, rolling, AutoRollback: !confirmed, IsRestart: RestartPlan.IsOpen(snapshot))
            : null;
    }

    // A rollback to a release that is not desired any more is cancelled like any other refresh: Lifecycle would abandon
    // its launches one after the other, until Auto Scaling gives the rollback up after an hour.
    private static AwsAction? Redirect(Snapshot snapshot, ReleaseVersion version, InstanceRefresh refresh)
    {
        var group = snapshot.Group;
        return refresh.IsCancelling || HasMovedRefresh(snapshot)
            || snapshot.Records.Version(refresh.Launches(group.Pin)) is not { } its || its.Release == version.Release ? null
            : group.Pin == version.Number && refresh.CanRollBack ? new AwsAction.RollBackRefresh(refresh, version.Release)
            : new AwsAction.CancelRefresh(refresh, version.Release);
    }

    // Auto Scaling ends and starts refreshes asynchronously: after one such call a run leaves the rest to the next run.
    private static bool HasMovedRefresh(Snapshot snapshot) => snapshot.Done.Any(done => done.Action.IsRefreshAction);

    /// <summary>Whether an instance is of another release, or older than the open restart. Not one whose version was not read.</summary>
    internal static bool IsOutdated(GroupInstance instance, Snapshot snapshot) =>
        IsOther(instance, snapshot) || RestartPlan.IsLaunchedBefore(instance, snapshot);

    private static bool IsOther(GroupInstance instance, Snapshot snapshot) =>
        snapshot.VersionOf(instance) is { } its && its.Release != snapshot.Desired.Release;
}
