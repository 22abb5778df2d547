namespace Charlie.Lambdas.Decisions;

/// <summary>
/// What Refresh does about a request: record it, then bring the group to its desired release. It is asked again after
/// each step, with the step's write in the snapshot.
/// </summary>
internal static class RefreshPolicy
{
    /// <exception cref="InvalidOperationException">
    /// The desired release has no version any more, or the template's other tags leave no room for a rejection.
    /// </exception>
    public static RefreshStep Next(RefreshRequest request, Snapshot snapshot, PolicySettings settings, DateTimeOffset now) =>
        Choose(request, snapshot, settings, now) switch
        {
            RefreshStep.Act { Action: AwsAction.Reject or AwsAction.RecordRequest } act =>
                Act(Pruning.Write(act.Action, snapshot.Records, snapshot.Done), snapshot),
            RefreshStep.Act act => Act(act.Action, snapshot),
            var step => step,
        };

    private static RefreshStep.Act Act(AwsAction action, Snapshot snapshot) => new(Pruning.MakeRoom(action, snapshot.Records));

    private static RefreshStep Choose(RefreshRequest request, Snapshot snapshot, PolicySettings settings, DateTimeOffset now) =>
        request switch
        {
            Push push => PushPolicy.Next(push, snapshot, settings),
            Rollback rollback => RollbackPolicy.Next(rollback, snapshot, settings, now),
            HoldRequest hold => HoldPolicy.Next(hold, snapshot, now),
            RestartRequest restart => RestartPolicy.Next(restart, snapshot, settings),
            StopRequest stop => StopPolicy.Next(stop, snapshot, settings),
            StartRequest start => StartPolicy.Next(start, snapshot, settings),
            ResumeRequest resume => ResumePolicy.Next(resume, snapshot, settings),
            Alarm alarm => AlarmPolicy.Next(alarm, snapshot, settings, now),
            Sweep sweep => SweepPolicy.Next(sweep, snapshot, settings, now),
            _ => throw new ArgumentOutOfRangeException(nameof(request), request, "Not a request."),
        };

    /// <summary>The next action towards the desired release, or what all of them came to.</summary>
    internal static RefreshStep Reconcile(Snapshot snapshot, PolicySettings settings, string reason)
    {
        if (snapshot.Desired.Version is not { } version)
        {
            throw new InvalidOperationException(
                $"The desired release {snapshot.Desired.Release} has no launch template version any more:"
                + " push a release, or roll back to one that has a version.");
        }

        if (ReconcilePlan.Next(snapshot, settings.Strategy) is { } action)
        {
            return DoIfAllowed(action, snapshot, settings, snapshot.Desired.Release);
        }

        return new RefreshStep.Done(Result(snapshot, version, HandoverPlan.Explain(reason, snapshot, settings.Strategy)));
    }

    /// <summary>As <see cref="Reconcile"/>, for an operator, who is answered whatever came of it.</summary>
    internal static RefreshStep ReconcileRequested(Snapshot snapshot, PolicySettings settings, string reason) =>
        Reconcile(snapshot, settings, reason) switch
        {
            RefreshStep.Done { Result: RunResult.AlreadyCurrent current } => new RefreshStep.Done(current with { Note = reason }),
            RefreshStep.Done { Result: RunResult.Started started } => new RefreshStep.Done(started with { IsRequested = true }),
            var step => step,
        };

    /// <summary>What a run came to that has nothing left to do. A call that another writer was first with began nothing.</summary>
    internal static RunResult Result(Snapshot snapshot, ReleaseVersion version, string reason)
    {
        var overtaken = OvertakenPushes.Of(snapshot.Records, snapshot.Desired.Release);
        return snapshot.Done.Any(done => done.Succeeded && IsReconciling(done.Action))
            ? new RunResult.Started(version, PreviousImage(snapshot), reason, snapshot.Done) { Overtaken = overtaken }
            : new RunResult.AlreadyCurrent(version) { Overtaken = overtaken };
    }

    private static bool IsReconciling(AwsAction action) =>
        action is AwsAction.Pin or AwsAction.Terminate or AwsAction.SuspendLaunches or AwsAction.ResumeLaunches
            or AwsAction.Resize or AwsAction.Protect || action.IsRefreshAction;

    // The preconditions are checked before the first change of the group; what has begun is brought to its end.
    internal static RefreshStep DoIfAllowed(AwsAction action, Snapshot snapshot, PolicySettings settings, Release release) =>
        !snapshot.Done.Any(done => IsReconciling(done.Action))
        && Violation(snapshot, settings) is { } violation
            ? new RefreshStep.Done(new RunResult.Refused(release, violation))
            : new RefreshStep.Act(action);

    /// <summary>The precondition that the group violates; <c>null</c> where there is none.</summary>
    internal static string? Violation(Snapshot snapshot, PolicySettings settings) =>
        GroupPreconditions.Violation(
            snapshot.Group,
            settings.Singleton,
            settings.Strategy,
            isLaunchOurs: snapshot.Records.IsStopped || snapshot.Records.OpenStart is not null,
            isHandoverOpen: snapshot.Records.OpenHandover is not null);

    private static string? PreviousImage(Snapshot snapshot) => snapshot.Records.Version(snapshot.PinBefore)?.Image;
}
