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
            RefreshStep.Act { Action: AwsAction.Reject reject } => Act(Pruning.Write(reject, snapshot.Records, snapshot.Done), snapshot),
            RefreshStep.Act act => Act(act.Action, snapshot),
            var step => step,
        };

    private static RefreshStep.Act Act(AwsAction action, Snapshot snapshot) => new(Pruning.MakeRoom(action, snapshot.Records));

    private static RefreshStep Choose(RefreshRequest request, Snapshot snapshot, PolicySettings settings, DateTimeOffset now) =>
        request switch
        {
            Push push => PushPolicy.Next(push, snapshot, settings),
            Rollback rollback => RollbackPolicy.Next(rollback, snapshot, settings, now),
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

        return new RefreshStep.Done(Result(snapshot, version, reason));
    }

    /// <summary>What a run came to that has nothing left to do. A call that another writer was first with began nothing.</summary>
    internal static RunResult Result(Snapshot snapshot, ReleaseVersion version, string reason) =>
        snapshot.Done.Any(done => done.Succeeded && IsReconciling(done.Action))
            ? new RunResult.Started(version, PreviousImage(snapshot), reason, snapshot.Done)
            : new RunResult.AlreadyCurrent(version);

    private static bool IsReconciling(AwsAction action) => action is AwsAction.Pin or AwsAction.Terminate || action.IsRefreshAction;

    // The preconditions are checked before the first change of the group; what has begun is brought to its end.
    internal static RefreshStep DoIfAllowed(AwsAction action, Snapshot snapshot, PolicySettings settings, Release release) =>
        !snapshot.Done.Any(done => IsReconciling(done.Action))
        && GroupPreconditions.Violation(snapshot.Group, settings.Singleton, settings.Strategy) is { } violation
            ? new RefreshStep.Done(new RunResult.Refused(release, violation))
            : new RefreshStep.Act(action);

    private static string? PreviousImage(Snapshot snapshot) => snapshot.Records.Version(snapshot.PinBefore)?.Image;
}
