using System.Collections.Immutable;

namespace Charlie.Lambdas.Decisions;

/// <summary>
/// What a run of Lifecycle does next: read, probe, judge all instances, read again before anything is admitted or ended,
/// execute, wait, and begin anew. One machine serves the watch of a launch and the sweep; <see cref="LaunchRules"/> and
/// <see cref="LifecycleSweepRules"/> say what to do after a probe without an action and after an action.
/// </summary>
internal static class WatchPolicy
{
    // A newer push or a rollback ends the wait of a stale launch within this time.
    private static readonly TimeSpan ReadInterval = TimeSpan.FromSeconds(10);

    public static (WatchState State, WatchStep Step) Next(
        WatchState state, PolicySettings settings, DateTimeOffset now) => state.Stage switch
        {
            WatchStage.Begun => (state with { Stage = WatchStage.Read }, ReadAll(state)),
            WatchStage.Read when state.LaunchId is not null => LaunchRules.BeforeProbe(state, now),
            WatchStage.Read => LifecycleSweepRules.Probe(state, settings, now),
            WatchStage.Probed => Judge(state, settings, now),
            WatchStage.Verified => Choose(state, InstanceJudgement.Of(state.Snapshot, settings, now), settings, now),
            WatchStage.Acting => Execute(state, settings, now),
            WatchStage.Acted when state.LaunchId is not null => LaunchRules.AfterAct(state, settings, now),
            WatchStage.Acted => LifecycleSweepRules.AfterAct(state, settings, now),
            WatchStage.Waited => AfterWait(state, settings, now),
            WatchStage.Closing => LifecycleSweepRules.Close(state, settings, now),
            WatchStage.Closed => LifecycleSweepRules.AfterClose(state, settings, now),
            _ => throw new ArgumentOutOfRangeException(nameof(state), state.Stage, "Not a stage."),
        };

    /// <summary>Waits, and then probes again.</summary>
    internal static (WatchState State, WatchStep Step) Wait(WatchState state, TimeSpan time) =>
        (state with { Stage = WatchStage.Waited }, new WatchStep.Wait(time));

    internal static WatchStep.ReadAll ReadAll(WatchState state) => new(Serving: state.LaunchId is null);

    internal static (WatchState State, WatchStep Step) Stop(WatchState state, RunResult result) => (state, new WatchStep.Stop(result));

    private static (WatchState State, WatchStep Step) Judge(WatchState state, PolicySettings settings, DateTimeOffset now)
    {
        var judged = InstanceJudgement.Of(state.Snapshot, settings, now);
        var next = state.LaunchId is not null ? LaunchRules.ToAct(state, judged) : LifecycleSweepRules.ToAct(state, judged);
        return next is null
            ? state.LaunchId is not null ? LaunchRules.AfterProbe(state, judged, now) : LifecycleSweepRules.AfterProbe(state, settings, now)
            : judged.Any(judgement => judgement.Decision.NeedsFreshRecords)
                ? (next with { Stage = WatchStage.Verified }, ReadAll(next))
            : Choose(next, judged, settings, now);
    }

    private static (WatchState State, WatchStep Step) Choose(
        WatchState state, ImmutableArray<InstanceJudgement> judged, PolicySettings settings, DateTimeOffset now)
    {
        var chosen = InstanceJudgement.ToExecute(
            state.LaunchId is null ? LifecycleSweepRules.NotActed(state, judged) : judged, settings.Strategy);
        return Execute(
            state with
            {
                Stage = WatchStage.Acting,
                Judged = judged,
                Chosen = chosen,
                Acted = state.Acted.Union(chosen.Select(LifecycleSweepRules.KeyOf)),
                Position = 0,
                DoneBefore = state.Snapshot.Done.Length,
                ActResult = null,
            },
            settings,
            now);
    }

    private static (WatchState State, WatchStep Step) Execute(WatchState state, PolicySettings settings, DateTimeOffset now)
    {
        while (state.Position < state.Chosen.Length)
        {
            var judgement = state.Chosen[state.Position];
            var done = state.Snapshot.Done[state.DoneBefore..];
            if (JudgementPlan.Next(judgement, state.Chosen, state.Snapshot, done, settings.Strategy) is { } step)
            {
                return (state, step is WatchStep.Act act ? new WatchStep.Act(Pruning.MakeRoom(act.Action, state.Snapshot.Records)) : step);
            }

            var result = JudgementPlan.Result(judgement, state.Snapshot, done);
            state = state with
            {
                Position = state.Position + 1,
                DoneBefore = state.Snapshot.Done.Length,
                ActResult = result is null ? state.ActResult : RunResult.Greater(state.ActResult, result),
            };
        }

        return Next(state with { Stage = WatchStage.Acted }, settings, now);
    }

    private static (WatchState State, WatchStep Step) AfterWait(WatchState state, PolicySettings settings, DateTimeOffset now)
    {
        var read = state with { Stage = WatchStage.Read };
        var snapshot = state.Snapshot;
        return state.LaunchId is null ? Next(read, settings, now)
            : snapshot.HasWaiting && now - snapshot.RecordsReadAt >= ReadInterval ? (read, ReadAll(state))
            : state.IsMoving || now - snapshot.GroupReadAt >= ReadInterval ? (read, new WatchStep.ReadGroup())
            : Next(read, settings, now);
    }
}
