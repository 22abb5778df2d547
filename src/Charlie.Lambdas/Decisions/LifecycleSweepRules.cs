using System.Collections.Immutable;

namespace Charlie.Lambdas.Decisions;

/// <summary>
/// Lifecycle's sweep: probes every instance in service, as often as its judgement needs, and executes everything that has
/// to be done. At its end it looks at the group as a whole: whether the app is down, a release stays unconfirmed, or a
/// final outcome may not have been delivered.
/// </summary>
internal static class LifecycleSweepRules
{
    // Often enough to see the end of a silence.
    private static readonly TimeSpan SilencePace = TimeSpan.FromSeconds(2);

    // What is recorded of the group as a whole, and told at the end, must not rest on older records: another run may have
    // recorded it, or the opposite.
    private static readonly TimeSpan MaxRecordAge = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan FirstLaunchAge = TimeSpan.FromMinutes(5);

    public static (WatchState State, WatchStep Step) Probe(WatchState state, PolicySettings settings, DateTimeOffset now) =>
        (state with { Stage = WatchStage.Probed, Rounds = state.Rounds + 1 }, new WatchStep.Probe(ToProbe(state, settings, now)));

    /// <summary>The state in which to execute; <c>null</c> where nothing is to be executed that was not executed before.</summary>
    public static WatchState? ToAct(WatchState state, ImmutableArray<InstanceJudgement> judged) =>
        NotActed(state, judged).Any(judgement => !judgement.Decision.IsQuiet) ? state : null;

    /// <summary>The judgements that this sweep did not execute yet.</summary>
    public static IEnumerable<InstanceJudgement> NotActed(WatchState state, ImmutableArray<InstanceJudgement> judged) =>
        judged.Where(judgement => !state.Acted.Contains(KeyOf(judgement)));

    public static string KeyOf(InstanceJudgement judgement) => $"{judgement.InstanceId} {judgement.Decision.GetType().Name}";

    public static (WatchState State, WatchStep Step) AfterProbe(WatchState state, PolicySettings settings, DateTimeOffset now)
    {
        var wait = IsGainingSuccesses(state, settings) ? ProbePace.Min : SilencePace;
        return !ToProbe(state, settings, now).IsEmpty && now + wait - state.StartedAt < state.Available
            ? WatchPolicy.Wait(state, wait)
            : WatchPolicy.Next(state with { Stage = WatchStage.Closing }, settings, now);
    }

    public static (WatchState State, WatchStep Step) AfterAct(WatchState state, PolicySettings settings, DateTimeOffset now) =>
        state.ActResult is RunResult.Confirmed or RunResult.RolledBack
            ? WatchPolicy.Stop(state, state.ActResult)
            : WatchPolicy.Next(
                state with
                {
                    Stage = WatchStage.Probed,
                    Held = state.ActResult is null ? state.Held : RunResult.Greater(state.Held, state.ActResult),
                },
                settings,
                now);

    /// <summary>What to record of the group as a whole, and then to report.</summary>
    public static (WatchState State, WatchStep Step) Close(WatchState state, PolicySettings settings, DateTimeOffset now)
    {
        var snapshot = state.Snapshot;
        var recorded = snapshot.Records.Down;
        if (Forgotten(snapshot) is { } key)
        {
            return (state, new WatchStep.Act(new AwsAction.DeleteRecordTags([key])));
        }

        if (FirstLaunch(snapshot, now) is { } attempts)
        {
            return (state, new WatchStep.Act(Pruning.MakeRoom(new AwsAction.RecordAttempts(attempts), snapshot.Records)));
        }

        var (down, result) = (DownPolicy.Record(snapshot, now), state.Held ?? Lasting(snapshot, settings, now));
        if (down is null && result is RunResult.NothingToDo)
        {
            return WatchPolicy.Stop(state, result);
        }

        if (now - snapshot.RecordsReadAt > MaxRecordAge)
        {
            return (state, WatchPolicy.ReadAll(state));
        }

        if (down is null)
        {
            return WatchPolicy.Stop(state, result);
        }

        if (down.TimesTold > (recorded?.TimesTold ?? 0) && snapshot.LastActivity is null)
        {
            return (state, new WatchStep.ReadActivity());
        }

        var action = Pruning.MakeRoom(new AwsAction.RecordDownSince(down), snapshot.Records);
        return action is AwsAction.RecordDownSince
            ? (state with { Stage = WatchStage.Closed, DownBefore = recorded }, new WatchStep.Act(action))
            : (state, new WatchStep.Act(action));
    }

    /// <exception cref="InvalidOperationException">
    /// The template's other tags leave no room for the record: nothing could be told, so the run fails aloud.
    /// </exception>
    public static (WatchState State, WatchStep Step) AfterClose(WatchState state, PolicySettings settings, DateTimeOffset now)
    {
        var snapshot = state.Snapshot;
        if (snapshot.Done is [.., { Succeeded: false }])
        {
            throw new InvalidOperationException(
                $"The launch template has too many tags for {DownSince.TagKey}, and no record is left that could be deleted:"
                + " delete tags of others.");
        }

        return WatchPolicy.Stop(
            state,
            DownPolicy.Result(snapshot, state.DownBefore, snapshot.Records.Down ?? DownSince.NotDown, now) is { } result
                ? RunResult.Greater(state.Held, result)
                : state.Held ?? Lasting(snapshot, settings, now));
    }

    // All of the first round; then those that are not judged yet, and those whose silence may be over any moment.
    private static ImmutableArray<string> ToProbe(WatchState state, PolicySettings settings, DateTimeOffset now)
    {
        var snapshot = state.Snapshot;
        return state.Rounds == 0
            ? [.. snapshot.ToProbe.Concat(snapshot.ToWatchOver).Select(instance => instance.Id)]
            :
            [
                .. snapshot.Group.Instances
                    .Where(instance => IsGainingSuccesses(state, settings) && snapshot.ToProbe.Contains(instance)
                        || IsSilent(instance, snapshot, settings, now))
                    .Select(instance => instance.Id),
            ];
    }

    private static bool IsGainingSuccesses(WatchState state, PolicySettings settings) =>
        state.Rounds < settings.Health.Successes && !state.Snapshot.ToProbe.IsEmpty;

    private static bool IsSilent(GroupInstance instance, Snapshot snapshot, PolicySettings settings, DateTimeOffset now)
    {
        var evidence = snapshot.EvidenceOf(instance.Id);
        // However long the wait at the lock is, no judgement follows from it.
        return evidence.Last is { IsUnanswered: true } and not ProbeResponse.Preparing { Phase: BootPhase.Lock }
            && evidence.UnansweredFor < ServiceHealth.Tolerance
            && snapshot.VersionOf(instance)?.Release == snapshot.Desired.Release
            && (instance.IsInService
                || (instance.IsWaitingAtLaunch
                    && now - snapshot.Details.GetValueOrDefault(instance.Id)?.LaunchedAt >= settings.Health.MachineDeadline));
    }

    // While the group is closed nothing is tried: what failed before it closed does not count when it opens.
    private static string? Forgotten(Snapshot snapshot) =>
        snapshot.IsClosed
        && !snapshot.Records.IsConfirmed(snapshot.Desired.Release)
            ? snapshot.Records.AttemptsOf(snapshot.Desired.Release)?.Key
            : null;

    // Most releases are confirmed sooner. Of the others the first launch is kept, since its machine may be gone tomorrow.
    private static Attempts? FirstLaunch(Snapshot snapshot, DateTimeOffset now)
    {
        var release = snapshot.Desired.Release;
        return !snapshot.IsClosed
            && !snapshot.Records.IsConfirmed(release)
            && snapshot.Records.AttemptsOf(release) is null
            && snapshot.FirstLaunch is { } first
            && now - first >= FirstLaunchAge
                ? new Attempts(release, first, 0, [], "")
                : null;
    }

    private static RunResult Lasting(Snapshot snapshot, PolicySettings settings, DateTimeOffset now)
    {
        if (UnconfirmedDetector.IsOverdue(snapshot, settings.Health, now) && ReportClock.IsTime(now))
        {
            return new RunResult.Unconfirmed(snapshot.Desired, snapshot.FirstLaunch!.Value);
        }

        return FinalOutcome.ToReportAgain(snapshot.Records, now) is { } outcome
            ? Again(outcome, snapshot.Records)
            : new RunResult.NothingToDo($"no instance of {snapshot.Group.Name} needs action");
    }

    private static RunResult.ReportedAgain Again(FinalOutcome outcome, Records records)
    {
        var previous = outcome.Rejection?.Fallback ?? records.FallbackOf(outcome.Release);
        return new RunResult.ReportedAgain(
            outcome, records.VersionOf(outcome.Release), previous is { } release ? records.VersionOf(release) : null)
        {
            Overtaken = OvertakenPushes.Of(records, outcome.Release),
        };
    }
}
