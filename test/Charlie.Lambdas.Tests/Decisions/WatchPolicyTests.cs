using Charlie.Lambdas.Decisions;
using static Charlie.Lambdas.Tests.Decisions.SmallRecords;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>The watch as a state machine, over whatever AWS shows and instances respond.</summary>
public sealed class WatchPolicyTests
{
    // As many as reach every step and every result.
    private const int AllRuns = 2000;

    private static readonly TimeSpan Available = TimeSpan.FromSeconds(150);

    [Fact]
    public void Nothing_is_admitted_ended_or_confirmed_on_records_older_than_the_last_probe() =>
        ForEachRun((world, what) =>
        {
            var probedAfterRead = false;
            foreach (var (step, _, _, _) in world.Steps)
            {
                probedAfterRead = step is WatchStep.Probe || (probedAfterRead && step is not WatchStep.ReadAll);
                Hold(!probedAfterRead || step is not WatchStep.Act act || OnlyRecords(act.Action), what);
            }
        });

    [Fact]
    public void Every_run_stops_within_the_time_that_it_has_and_reaches_each_step_and_result()
    {
        var (steps, results) = (new HashSet<Type>(), new HashSet<Type>());
        ForEachRun((world, what) =>
        {
            var last = world.Steps[^1];
            Hold(last.Step is WatchStep.Stop, what);
            Hold(last.At - last.State.StartedAt < Available + TimeSpan.FromSeconds(2), what);
            steps.UnionWith(world.Steps.Select(step => step.Step.GetType()));
            results.Add(((WatchStep.Stop)last.Step).Result.GetType());
        }, AllRuns);
        Assert.Equal(typeof(WatchStep).GetNestedTypes(System.Reflection.BindingFlags.NonPublic).ToHashSet(), steps);
        Assert.Equal(
            [
                nameof(RunResult.AllClear), nameof(RunResult.Confirmed), nameof(RunResult.Failed), nameof(RunResult.InstanceReady),
                nameof(RunResult.NothingToDo), nameof(RunResult.ReportedAgain), nameof(RunResult.Retrying), nameof(RunResult.RolledBack),
                nameof(RunResult.Stuck), nameof(RunResult.Superseded), nameof(RunResult.Unconfirmed), nameof(RunResult.Unhealthy),
            ],
            results.Select(result => result.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_machine_counts_as_lost_on_records_that_were_read_long_after_its_end_was_seen()
    {
        var counted = 0;
        ForEachRun((world, what) =>
        {
            foreach (var act in world.Steps.Where(step =>
                step.Step is WatchStep.Act { Action: AwsAction.RecordAttempts { Attempts.LastFailure: ['i', 't', ' ', 'e', ..] } }))
            {
                counted++;
                var seen = world.Steps.First(step => step.State.LastSnapshot is not null && step.State.Launch is { IsTerminating: true });
                Hold(act.State.Snapshot.RecordsReadAt - seen.At >= TimeSpan.FromSeconds(19), what);
            }
        });
        Assert.True(counted > 0);
    }

    [Fact]
    public void Each_judgement_is_executed_once_on_one_reading() =>
        ForEachRun((world, what) =>
        {
            foreach (var reading in world.Steps.GroupBy(step => step.Read))
            {
                var actions = reading.Select(step => step.Step).OfType<WatchStep.Act>().Select(act => act.Action).ToList();
                // Instances in service are recorded before the records are read for the rest.
                var ended = actions.Where(action => !OnlyRecords(action)).ToList();
                // A rejection without room is written again.
                ended = [.. ended.Where((action, index) => index == 0 || action is not AwsAction.Reject || action != ended[index - 1])];
                Hold(ended.Distinct().Count() == ended.Count, what);
                var instances = ended.Select(InstanceOf).OfType<string>().ToList();
                Hold(instances.Distinct().Count() == instances.Count, what);
                Hold(ended.Count(action => action is AwsAction.Reject or AwsAction.Confirm) <= 1, what);
                Hold(!ended.Exists(action => action is AwsAction.Confirm) || ended.Count == 1, what);
                Hold(!ended.Exists(action => action is AwsAction.Reject) || (ended[0] is AwsAction.Reject && instances.Count == 1), what);
            }
        });

    [Fact]
    public void The_groups_activity_is_read_only_by_a_sweep_that_records_that_it_tells() =>
        ForEachRun((world, what) =>
        {
            var read = world.Steps.FindIndex(step => step.Step is WatchStep.ReadActivity);
            Hold(read < 0 || world.Steps[0].State.LaunchId is null, what);
            Hold(
                read < 0 || world.Steps[read..].Exists(step =>
                    step.Step is WatchStep.Act { Action: AwsAction.RecordDownSince { DownSince.TimesTold: > 0 } }),
                what);
        });

    [Fact]
    public void What_is_recorded_of_the_group_is_recorded_once_at_the_end_of_a_sweep() =>
        ForEachRun((world, what) =>
        {
            var actions = world.Steps.Select(step => step.Step).OfType<WatchStep.Act>().Select(act => act.Action).ToList();
            var down = actions.FindIndex(action => action is AwsAction.RecordDownSince);
            Hold(down < 0 || (world.Steps[0].State.LaunchId is null && down == actions.Count - 1), what);
            Hold(down < 0 || world.Steps[^1].At - world.Steps[^1].State.Snapshot.RecordsReadAt < TimeSpan.FromSeconds(6), what);
        });

    [Fact]
    public void No_write_of_a_record_tag_finds_the_template_full_while_another_tag_can_go() =>
        ForEachRun((world, what) =>
        {
            foreach (var (step, state, _, _) in world.Steps)
            {
                Hold(
                    step is not WatchStep.Act act || Pruning.MakeRoom(act.Action, state.Snapshot.Records) == act.Action
                        || act.Action is AwsAction.DeleteRecordTags,
                    what);
            }
        });

    [Fact]
    public void Of_launches_that_wait_together_only_the_first_is_watched() =>
        ForEachRun((world, what) =>
        {
            var probed = world.Steps.FindIndex(step => step.Step is WatchStep.Probe);
            if (world.Steps[0].State.LaunchId is not { } launch || world.Steps[1].State.LastSnapshot is not { } first)
            {
                return;
            }

            var waits = first.Group.Instances.Any(instance => instance.Id == launch && instance.LifecycleState == "Pending:Wait");
            var others = first.ToProbe.Where(instance => instance.IsWaitingAtLaunch).Select(instance => instance.Id);
            var stops = waits && others.Any(other => string.CompareOrdinal(other, launch) < 0);
            Hold(stops == (probed < 0), what);
            Hold(!stops || !world.Steps.Exists(step => step.Step is WatchStep.Act), what);
        });

    [Fact]
    public void Begun_reads_everything()
    {
        var (state, step) = WatchPolicy.Next(new WatchState("i-1", Arbitrary.Noon, Available), new WatchWorld(1).Settings, Arbitrary.Noon);
        Assert.Equal((WatchStage.Read, new WatchStep.ReadAll(Serving: false)), (state.Stage, step));
        Assert.Throws<InvalidOperationException>(() => state.Snapshot);
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            WatchPolicy.Next(state with { Stage = (WatchStage)99 }, new WatchWorld(1).Settings, Arbitrary.Noon));
    }

    private static void ForEachRun(Action<WatchWorld, Func<string>> check) => ForEachRun(check, SampleSize.Of(AllRuns));

    private static void ForEachRun(Action<WatchWorld, Func<string>> check, int runs)
    {
        for (var seed = 1; seed <= runs; seed++)
        {
            var world = new WatchWorld(seed);
            var launch = seed % 3 == 0 ? null : $"i-{(seed % 5) + 1}";
            world.Run(launch, Available);
            var number = seed;
            check(world, () =>
                $"run {number} of {launch ?? "the sweep"}: {string.Join(Environment.NewLine, world.Steps.Select(step => step.Step))}");
        }
    }

    // What is so whatever other runs record meanwhile, or is deleted to make room.
    private static bool OnlyRecords(AwsAction action) =>
        action is AwsAction.RecordInService or AwsAction.RecordDownSince or AwsAction.RecordAttempts or AwsAction.RecordReplacement
            or AwsAction.DeleteRecordTags;

    private static string? InstanceOf(AwsAction action) => action switch
    {
        AwsAction.Admit admit => admit.InstanceId,
        AwsAction.Abandon abandon => abandon.InstanceId,
        AwsAction.Terminate terminate => terminate.InstanceId,
        _ => null,
    };
}
