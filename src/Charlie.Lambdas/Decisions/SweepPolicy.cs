namespace Charlie.Lambdas.Decisions;

/// <summary>What Refresh's sweep does: reconcile, notify that the group is refused, prune.</summary>
internal static class SweepPolicy
{
    public static RefreshStep Next(Sweep sweep, Snapshot snapshot, PolicySettings settings, DateTimeOffset now)
    {
        if (now >= sweep.Until)
        {
            return Done(snapshot.Desired.Version is { } version
                && RefreshPolicy.Result(snapshot, version, sweep.Reason) is RunResult.Started started
                    ? started
                    : new RunResult.NothingToDo("the time of this sweep is over; the next one goes on"));
        }

        if (snapshot.Done.FirstOrDefault(done => done is { Action: AwsAction.Reject, Succeeded: true })?.Action is AwsAction.Reject reject)
        {
            return RefreshPolicy.Reconcile(snapshot, settings, $"the group rolled release {reject.Rejection.From} back");
        }

        if (snapshot.IsReadAgain)
        {
            return Prune(snapshot);
        }

        var (records, group, desired) = (snapshot.Records, snapshot.Group, snapshot.Desired);
        if (InstanceRefresh.RejectionOf(group, desired, records, now) is { } rejection)
        {
            return new RefreshStep.Act(new AwsAction.Reject(rejection));
        }

        if (snapshot.Done.Length > 0)
        {
            return RefreshPolicy.Reconcile(snapshot, settings, sweep.Reason);
        }

        if (ReconcilePlan.Next(snapshot, settings.Strategy) is { } action)
        {
            return RefreshPolicy.Violation(snapshot, settings) is not { } violation
                ? new RefreshStep.Act(action)
                : ReportClock.IsTime(now) ? Done(new RunResult.Refused(desired.Release, violation))
                : Done(new RunResult.NothingToDo(violation));
        }

        return ReportClock.IsTimeOfDay(now) && records.HoldInForce is { Until: null } hold ? Done(new RunResult.Held(hold, desired.Release))
            : !Pruning.Of(records, group).IsDone ? new RefreshStep.ReadAgain()
            : ReportClock.IsTimeOfWeek(now) && OldBaseDetector.Unused(snapshot, now) is { } newest
                ? Done(new RunResult.OldBase(desired.Version!, newest))
            : InSync(snapshot);
    }

    private static RefreshStep Prune(Snapshot snapshot) =>
        Pruning.Of(snapshot.Records, snapshot.Group).Next(snapshot.Done) is { } action ? new RefreshStep.Act(action) : InSync(snapshot);

    private static RefreshStep.Done InSync(Snapshot snapshot) =>
        Done(new RunResult.NothingToDo($"{snapshot.Group.Name} is in sync with its desired release {snapshot.Desired.Release}"));

    private static RefreshStep.Done Done(RunResult result) => new(result);
}
