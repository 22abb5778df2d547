using System.Collections.Immutable;

namespace Charlie.Lambdas.Decisions;

/// <summary>
/// The watch of a launch: until each instance that had to be judged meanwhile came to an end, or the time is up and the
/// sweep goes on. Of launches that wait together one watch is enough.
/// </summary>
internal static class LaunchRules
{
    // While AWS moves an instance there is nothing to probe, and the next state is seconds away.
    private static readonly TimeSpan MovingInterval = TimeSpan.FromSeconds(1);

    // Auto Scaling is eventually consistent: an instance that an event names may take this long to be listed. The sweep
    // judges one that takes longer; one that is gone, as after a retry, holds the run no longer than this.
    private static readonly TimeSpan MaxReadLag = TimeSpan.FromSeconds(10);

    // Of EC2's tags and versions; the launch is not waited for any more, so it may be generous.
    private static readonly TimeSpan MaxRecordLag = TimeSpan.FromSeconds(20);

    public static (WatchState State, WatchStep Step) BeforeProbe(WatchState state, DateTimeOffset now)
    {
        var launch = state.Launch;
        var listed = state.WasListed || launch is not null;
        var next = state with { WasListed = listed, MayLag = !listed && now - state.StartedAt < MaxReadLag };
        if (!state.Leads && launch is { IsWaitingAtLaunch: true })
        {
            if (state.Snapshot.Leader is { } leader && string.CompareOrdinal(leader, state.LaunchId) < 0)
            {
                return WatchPolicy.Stop(next, new RunResult.NothingToDo($"the run that watches {leader} judges {state.LaunchId} too"));
            }

            next = next with { Leads = true };
        }

        next = next with
        {
            Stage = WatchStage.Probed,
            Charges = next.Charges.Union(state.Snapshot.ToProbe.Select(instance => instance.Id)),
        };
        return (next, new WatchStep.Probe([.. state.Snapshot.ToProbe.Select(instance => instance.Id)]));
    }

    /// <summary>The state in which to execute; <c>null</c> where nothing is to be executed.</summary>
    public static WatchState? ToAct(WatchState state, ImmutableArray<InstanceJudgement> judged) =>
        judged.Any(judgement => !judgement.Decision.IsQuiet) ? state : null;

    public static (WatchState State, WatchStep Step) AfterProbe(
        WatchState state, ImmutableArray<InstanceJudgement> judged, DateTimeOffset now)
    {
        if (AfterLoss(state, now) is { } step)
        {
            return step;
        }

        if (!state.MayLag
            && judged.All(judgement => judgement.Decision is InstanceDecision.NothingToDo || !state.Charges.Contains(judgement.InstanceId)))
        {
            return WatchPolicy.Stop(state, state.Held ?? new RunResult.NothingToDo($"instance {state.LaunchId}: {Why(state, judged)}"));
        }

        return Wait(state, state.MayLag || state.Launch is { IsWaitingAtLaunch: false, IsInService: false }, now);
    }

    public static (WatchState State, WatchStep Step) AfterAct(WatchState state, PolicySettings settings, DateTimeOffset now)
    {
        var result = state.ActResult;
        if (result is not null && (result.IsNews || !HasMoreToCome(state)))
        {
            return WatchPolicy.Stop(state, RunResult.Greater(state.Held, result));
        }

        return Wait(
            state with
            {
                Pace = result is RunResult.InstanceReady or RunResult.HandedOver ? ProbePace.Start : state.Pace,
                Held = result is null ? state.Held : RunResult.Greater(state.Held, result),
            },
            isMoving: true,
            now);
    }

    // Another run that ended the machine wrote a record before; what is read may be as old as MaxRecordLag.
    private static (WatchState State, WatchStep Step)? AfterLoss(WatchState state, DateTimeOffset now)
    {
        var ended = state.Ended ?? (state.Launch is { } launch && LostMachine.IsEnding(launch, state.Snapshot.Group) ? launch : null);
        if (ended is null || LostMachine.Of(ended, state.Snapshot, now) is not { } lost)
        {
            return null;
        }

        var next = state with { Ended = ended, CountsFrom = state.CountsFrom ?? now + MaxRecordLag };
        if (now < next.CountsFrom)
        {
            return now + MaxRecordLag - state.StartedAt < state.Available
                ? WatchPolicy.Wait(next, next.CountsFrom.Value - now)
                : null;
        }

        if (state.Snapshot.RecordsReadAt < next.CountsFrom)
        {
            return (next with { Stage = WatchStage.Read }, WatchPolicy.ReadAll(next));
        }

        var action = Pruning.MakeRoom(new AwsAction.RecordAttempts(lost.Attempts), state.Snapshot.Records);
        return action is AwsAction.RecordAttempts
            ? (next with { Stage = WatchStage.Acted, ActResult = lost.Result }, new WatchStep.Act(action))
            : (next, new WatchStep.Act(action));
    }

    private static bool HasMoreToCome(WatchState state)
    {
        var bakes = !state.Snapshot.Records.IsConfirmed(state.Snapshot.Desired.Release);
        return state.Judged.Any(judgement =>
            state.Charges.Contains(judgement.InstanceId)
            && judgement.Decision is not InstanceDecision.NothingToDo
            && (!state.Chosen.Contains(judgement)
                || judgement.Decision is InstanceDecision.HandOver
                || (bakes && judgement.Decision is InstanceDecision.Admit)));
    }

    // The wait grows from probe to probe, and is short while a waiting instance becomes healthy.
    private static (WatchState State, WatchStep Step) Wait(WatchState state, bool isMoving, DateTimeOffset now)
    {
        var (wait, pace) = isMoving ? (MovingInterval, state.Pace)
            : state.IsInstanceBecomingHealthy ? (ProbePace.Min, state.Pace)
            : (state.Pace.Next, state.Pace.Slower());
        return now + wait - state.StartedAt >= state.Available
            ? WatchPolicy.Stop(
                state, state.Held ?? new RunResult.NothingToDo($"instance {state.LaunchId} is not healthy yet; the sweep goes on"))
            : WatchPolicy.Wait(state with { IsMoving = isMoving, Pace = pace }, wait);
    }

    private static string Why(WatchState state, ImmutableArray<InstanceJudgement> judged) =>
        judged.FirstOrDefault(judgement => judgement.InstanceId == state.LaunchId)?.Decision is InstanceDecision.NothingToDo nothing
            ? nothing.Why
            : "the group does not list it";
}
