using System.Collections.Immutable;

namespace Charlie.Lambdas.Decisions;

/// <summary>The actions that execute a judgement, in order, and what they came to.</summary>
internal static class JudgementPlan
{
    /// <param name="judgement">What was decided.</param>
    /// <param name="chosen">All judgements of this reading: those that record an instance in service are one call.</param>
    /// <param name="snapshot">With what is done so far.</param>
    /// <param name="done">The actions done for this judgement.</param>
    /// <param name="strategy">With <c>Rolling</c> a rejection redirects the group's instance refresh.</param>
    /// <returns>The next step; <c>null</c> when the judgement is executed.</returns>
    public static WatchStep? Next(
        InstanceJudgement judgement,
        ImmutableArray<InstanceJudgement> chosen,
        Snapshot snapshot,
        ImmutableArray<DoneAction> done,
        Strategy strategy) =>
        judgement.Decision switch
        {
            InstanceDecision.RollBack rollBack => RejectionPlan.Next(judgement, rollBack.Rejection, snapshot, done, strategy),
            InstanceDecision.RecordInService => RecordInService(judgement, chosen, done),
            InstanceDecision.Admit => Admit(judgement, snapshot, done),
            InstanceDecision.Confirm confirm =>
                Once(new AwsAction.Confirm(confirm.Confirmation), done) ?? EmptyAttempts<AwsAction.Confirm>(snapshot, done),
            InstanceDecision.Retry retry when retry.Attempts != snapshot.Records.AttemptsOf(retry.Attempts.Release) =>
                new WatchStep.Act(new AwsAction.RecordAttempts(retry.Attempts)),
            InstanceDecision.ReplaceAlone alone when alone.Attempts != snapshot.Records.AttemptsOf(alone.Attempts.Release) =>
                new WatchStep.Act(new AwsAction.RecordAttempts(alone.Attempts)),
            InstanceDecision.HandOver over =>
                Once(new AwsAction.RecordRequest(over.Handover), done)
                ?? Once(new AwsAction.HandOver(over.Trader, judgement.InstanceId), done),
            InstanceDecision.Supersede or InstanceDecision.RemoveSurplus
                when strategy is Strategy.Handover && done is not [.., { Action: AwsAction.Abandon }] =>
                new WatchStep.Act(ReconcilePlan.NextWithoutReplacing(snapshot, strategy) ?? Removal(judgement, snapshot)),
            InstanceDecision.Replace replace =>
                Once(new AwsAction.RecordReplacement(replace.Replacement), done)
                ?? (replace.Removes ? Once(Removal(judgement, snapshot), done) : null),
            _ => Once(Removal(judgement, snapshot), done),
        };

    /// <summary>What an executed judgement came to; <c>null</c> for a step on the way, and where another writer was first.</summary>
    public static RunResult? Result(InstanceJudgement judgement, Snapshot snapshot, ImmutableArray<DoneAction> done)
    {
        var facts = judgement.Facts;
        if (snapshot.VersionOf(facts.Instance) is not { } version)
        {
            return null;
        }

        return judgement.Decision switch
        {
            InstanceDecision.RollBack rollBack when Succeeded<AwsAction.Reject>(done) =>
                new RunResult.RolledBack(facts, version, rollBack.Rejection, snapshot.Desired.Version)
                {
                    Overtaken = OvertakenPushes.Of(snapshot.Records, version.Release),
                },
            InstanceDecision.Confirm confirm when Succeeded<AwsAction.Confirm>(done) =>
                new RunResult.Confirmed(facts, version, confirm.Confirmation.At, FallbackImage(facts.Records, version.Release))
                {
                    Overtaken = OvertakenPushes.Of(snapshot.Records, version.Release),
                },
            InstanceDecision.Admit when Succeeded<AwsAction.Admit>(done) => new RunResult.InstanceReady(facts, version),
            InstanceDecision.HandOver over when Succeeded<AwsAction.HandOver>(done) =>
                new RunResult.HandedOver(facts, version, over.Trader),
            InstanceDecision.Replace { Removes: false } replace when Succeeded<AwsAction.RecordReplacement>(done) =>
                Sick(facts, version, replace),
            _ when !Succeeded<AwsAction.Abandon>(done) && !Succeeded<AwsAction.Terminate>(done) => null,
            InstanceDecision.Supersede { IsRejected: true } =>
                new RunResult.NothingToDo($"instance {facts.Instance.Id} was abandoned: its release {version.Release} is rejected"),
            InstanceDecision.RemoveSurplus surplus =>
                new RunResult.NothingToDo($"instance {facts.Instance.Id} was abandoned: {surplus.Why}"),
            InstanceDecision.Supersede supersede => new RunResult.Superseded(facts, version, supersede.Desired),
            InstanceDecision.Retry retry => new RunResult.Retrying(facts, version, retry.Attempts.Count, retry.Reason),
            InstanceDecision.Replace replace => Sick(facts, version, replace),
            InstanceDecision.ReplaceAlone alone =>
                new RunResult.Unhealthy(facts, version, alone.Attempts.Count, IsReplaced: true, alone.Reason) { IsAlone = true },
            _ => null,
        };
    }

    /// <summary>The call that takes the instance away.</summary>
    internal static AwsAction Removal(InstanceJudgement judgement, Snapshot snapshot) =>
        judgement.Facts.Instance.IsWaitingAtLaunch
            ? new AwsAction.Abandon(judgement.InstanceId)
            : new AwsAction.Terminate(judgement.InstanceId, snapshot.Desired.Release);

    private static WatchStep.Act? RecordInService(
        InstanceJudgement judgement, ImmutableArray<InstanceJudgement> chosen, ImmutableArray<DoneAction> done) =>
        judgement == chosen[0]
            ? Once(new AwsAction.RecordInService([.. chosen.Select(entered => entered.InstanceId)], judgement.Facts.Now), done)
            : null;

    private static WatchStep.Act? Admit(InstanceJudgement judgement, Snapshot snapshot, ImmutableArray<DoneAction> done) =>
        Once(new AwsAction.Admit(judgement.InstanceId), done)
        ?? (snapshot.Records.IsConfirmed(snapshot.Desired.Release) ? EmptyAttempts<AwsAction.Admit>(snapshot, done) : null);

    // The release runs: what failed before is no repetition any more. One that is not confirmed yet may become healthy on each
    // machine, and then fall silent there.
    private static WatchStep.Act? EmptyAttempts<T>(Snapshot snapshot, ImmutableArray<DoneAction> done)
        where T : AwsAction =>
        snapshot.Records.AttemptsOf(snapshot.Desired.Release) is { Count: > 0 } attempts && Succeeded<T>(done)
            ? Once(new AwsAction.RecordAttempts(attempts.Emptied()), done)
            : null;

    private static RunResult Sick(InstanceFacts facts, ReleaseVersion version, InstanceDecision.Replace replace) =>
        facts.Records.IsConfirmed(version.Release)
            ? new RunResult.Unhealthy(facts, version, replace.Replacement.Count, replace.Removes, replace.Reason)
            : new RunResult.Failed(facts, version, replace.Replacement.Count, replace.Reason);

    private static WatchStep.Act? Once(AwsAction action, ImmutableArray<DoneAction> done) =>
        done.Any(one => one.Action.GetType() == action.GetType()) ? null : new WatchStep.Act(action);

    private static bool Succeeded<T>(ImmutableArray<DoneAction> done)
        where T : AwsAction => done.Any(one => one is { Action: T, Succeeded: true });

    private static string? FallbackImage(Records records, Release release) =>
        records.FallbackOf(release) is { } fallback ? records.VersionOf(fallback)?.Image : null;
}
