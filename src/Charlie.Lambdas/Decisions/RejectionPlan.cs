using System.Collections.Immutable;

namespace Charlie.Lambdas.Decisions;

/// <summary>
/// The actions of a rejection, in order. The rejection first: from then on no run brings the release back, whatever
/// happens to this one. To pin before the instance is abandoned saves a launch of what was just rejected. Refresh launches
/// and terminates the others.
/// </summary>
internal static class RejectionPlan
{
    /// <inheritdoc cref="JudgementPlan.Next"/>
    /// <exception cref="InvalidOperationException">The template's other tags leave no room for a rejection.</exception>
    public static WatchStep? Next(
        InstanceJudgement judgement, Rejection rejection, Snapshot snapshot, ImmutableArray<DoneAction> done, Strategy strategy)
    {
        if (!done.Any(one => one is { Action: AwsAction.Reject, Succeeded: true }))
        {
            return new WatchStep.Act(Pruning.Write(new AwsAction.Reject(rejection), snapshot.Records, done));
        }

        if (strategy is Strategy.Rolling && !snapshot.IsRefreshRead)
        {
            return new WatchStep.ReadRefresh();
        }

        var removed = done.Any(one => one.Action is AwsAction.Abandon or AwsAction.Terminate);
        return removed ? null
            : new WatchStep.Act(ReconcilePlan.NextWithoutReplacing(snapshot, strategy) ?? JudgementPlan.Removal(judgement, snapshot));
    }
}
