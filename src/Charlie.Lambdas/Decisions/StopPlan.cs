namespace Charlie.Lambdas.Decisions;

/// <summary>What takes a stopped app out of service, one action after the other, and lets the group launch again after a start.</summary>
internal static class StopPlan
{
    // The call of a run that stopped the app may still land: until then a suspension is Charlie's own.
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(20);

    /// <summary>The next action; <c>null</c> when nothing is left to do. What waits at the launch hook is Lifecycle's to abandon.</summary>
    public static AwsAction? Next(Snapshot snapshot) => snapshot.Records.IsStopped ? Stop(snapshot) : Start(snapshot);

    private static AwsAction? Stop(Snapshot snapshot)
    {
        var (group, desired) = (snapshot.Group, snapshot.Desired.Release);
        return group.Refresh is { IsActive: true, IsCancelling: false } refresh && !snapshot.Done.Any(done => done.Action.IsRefreshAction)
                ? new AwsAction.CancelRefresh(refresh, desired)
            : !group.IsLaunchSuspended ? new AwsAction.SuspendLaunches()
            : group.Instances.FirstOrDefault(instance => instance.IsInService) is { } running
                ? new AwsAction.Terminate(running.Id, desired)
            : null;
    }

    private static AwsAction? Start(Snapshot snapshot) =>
        snapshot.Records.OpenStart is not { } started ? null
        : snapshot.Group.IsLaunchSuspended ? new AwsAction.ResumeLaunches()
        : snapshot.GroupReadAt - started.At >= Settling ? new AwsAction.RecordRequest(new RequestDone(RequestDone.Start, started.At))
        : null;
}
