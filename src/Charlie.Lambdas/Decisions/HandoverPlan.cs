namespace Charlie.Lambdas.Decisions;

/// <summary>
/// The group's part in a handover, one action after the other: record it, protect the trader, pin and raise the desired capacity
/// in one call. When the new machine is prepared, Lifecycle hands over (<see cref="HandoverRules"/>). A handover that is not needed
/// any more ends the other way round.
/// </summary>
/// <remarks>
/// The surplus machine goes by name: the desired capacity is lowered while the trader is protected, and then its launch hook is
/// abandoned. That is right whether or not Auto Scaling takes a waiting instance for a lowered capacity, which is undocumented, as is
/// TerminateInstanceInAutoScalingGroup on one.
/// </remarks>
internal static class HandoverPlan
{
    /// <summary>The desired capacity while both machines are there.</summary>
    public const int Both = 2;

    // A scheduled action sets the desired capacity, whatever it was.
    private static readonly TimeSpan BeforeScheduledAction = TimeSpan.FromMinutes(10);

    /// <summary>Whether the trader can be replaced by a handover: one is open, or may begin.</summary>
    public static bool IsPossible(Snapshot snapshot) =>
        Trader(snapshot) is not null
        && (snapshot.Records.OpenHandover is not null && snapshot.Group.DesiredCapacity == Both
            || (snapshot.Group.DesiredCapacity == 1 && WhyNot(snapshot) is null));

    /// <summary>Why no handover may begin at the desired capacity 1; <c>null</c> where one may.</summary>
    public static string? WhyNot(Snapshot snapshot) => snapshot.Group switch
    {
        { MinSize: not 1 } or { MaxSize: not Both } =>
            $"the group's sizes are {snapshot.Group.MinSize} to {snapshot.Group.MaxSize}, and a handover needs 1 to 2",
        { NextScheduledAction: { } due } when due - snapshot.GroupReadAt < BeforeScheduledAction =>
            "a scheduled action of the group is due within 10 minutes",
        _ => null,
    };

    /// <summary>A run's reason, with why the trader was replaced without a handover where it was.</summary>
    public static string Explain(string reason, Snapshot snapshot, Strategy strategy) =>
        strategy is Strategy.Handover && snapshot.Done.Any(done => done.Action is AwsAction.Terminate) && WhyNot(snapshot) is { } why
            ? $"{reason}; replaced without a handover, because {why}"
            : reason;

    /// <summary>Whether a machine of the desired release may take over: both are there by Charlie's own doing.</summary>
    public static bool CanHandOver(Snapshot snapshot) =>
        snapshot.Group.DesiredCapacity == Both && snapshot.Records.OpenHandover?.Release == snapshot.Desired.Release;

    /// <summary>The next action that brings a second machine; <c>null</c> while it prepares.</summary>
    public static AwsAction? Next(Snapshot snapshot, ReleaseVersion version)
    {
        var (group, records) = (snapshot.Group, snapshot.Records);
        if (group.DesiredCapacity == 1 && group.Instances.Any(instance => instance.IsPending))
        {
            return ReconcilePlan.PinOf(snapshot, version);
        }

        var isRecorded = group.DesiredCapacity == Both
            ? records.OpenHandover?.Release == version.Release
            : snapshot.Done.Any(done => done is { Action: AwsAction.RecordRequest { Tag: Handover }, Succeeded: true });
        return !isRecorded ? new AwsAction.RecordRequest(Handover.Begin(records.Handover, version.Release, snapshot.GroupReadAt))
            : group.DesiredCapacity == Both && group.Pin == version.Number && Trader(snapshot) is { IsProtected: true } ? null
            : Trader(snapshot) is { } trader && !IsProtected(trader, snapshot) ? new AwsAction.Protect(trader.Id, IsProtected: true)
            : new AwsAction.Resize(version, Both);
    }

    /// <summary>
    /// The next action that ends a handover which is over or not wanted any more; <c>null</c> where there is none, or while its
    /// second machine is not gone. A protection never outlives it: with another strategy a protection may be somebody else's.
    /// </summary>
    public static AwsAction? End(Snapshot snapshot, Strategy strategy)
    {
        var (group, open) = (snapshot.Group, snapshot.Records.OpenHandover);
        var isOurs = open is not null || strategy is Strategy.Handover;
        var serving = group.Instances.Where(instance => instance.IsInService).ToArray();
        if (isOurs && (open is null || group.DesiredCapacity == 0) && Array.Find(serving, one => one.IsProtected) is { } unneeded)
        {
            return new AwsAction.Protect(unneeded.Id, IsProtected: false);
        }

        if (open is null || GoesOn(snapshot, strategy))
        {
            return null;
        }

        // Zero always wins: what a protection kept is terminated by name.
        if (group.DesiredCapacity == 0 && serving is [var kept, ..])
        {
            return new AwsAction.Terminate(kept.Id, snapshot.Desired.Release);
        }

        if (group.DesiredCapacity == Both && snapshot.Desired.Version is { } version)
        {
            return Array.Find(serving, one => !IsProtected(one, snapshot)) is { } bare
                ? new AwsAction.Protect(bare.Id, IsProtected: true)
                : new AwsAction.Resize(version, 1);
        }

        return group.DesiredCapacity == 1 && group.Instances.Any(instance => instance.IsPending) ? null
            : Array.Find(serving, one => one.IsProtected) is { } trader ? new AwsAction.Protect(trader.Id, IsProtected: false)
            : new AwsAction.RecordRequest(new RequestDone(RequestDone.Handover, open.At));
    }

    /// <summary>The one instance in service, where another should run; <c>null</c> without one.</summary>
    public static GroupInstance? Trader(Snapshot snapshot) =>
        snapshot.Group.Instances.Where(instance => instance.IsInService).ToArray() is [var trader]
        && ReconcilePlan.IsOutdated(trader, snapshot)
            ? trader
            : null;

    // By this run itself: what was read may be old, and a protection that ended meanwhile would leave the trader to a lowered capacity.
    private static bool IsProtected(GroupInstance instance, Snapshot snapshot) =>
        snapshot.Done.Any(done => done.Action == new AwsAction.Protect(instance.Id, IsProtected: true));

    // An instance whose version was not read may be the trader: reads lag.
    private static bool GoesOn(Snapshot snapshot, Strategy strategy) =>
        strategy is Strategy.Handover
        && !snapshot.Records.IsStopped
        && snapshot.Group.DesiredCapacity is 1 or Both
        && (Trader(snapshot) is not null
            || snapshot.Group.Instances.Any(instance => instance.IsInService && snapshot.VersionOf(instance) is null));
}
