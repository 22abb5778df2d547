using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>Lifecycle's sweep, step by step: what it probes and how long, and what it records of the group as a whole.</summary>
public sealed class LifecycleSweepTests
{
    private static readonly Release Old = new(4, 1);
    private static readonly Release Its = new(5, 1);
    private static readonly DateTimeOffset Start = Arbitrary.Noon.AddHours(2);

    private static readonly Records Unconfirmed = Records
        .Read([Arbitrary.Version(1, Release.Base), Arbitrary.Version(2, Old), Arbitrary.Version(3, Its)], [])
        .With(new Confirmation(Old, 2, Arbitrary.Noon)).With(new ReportedOutcome(Old, FinalOutcomeKind.Confirmed, Arbitrary.Noon));

    private static readonly Records Confirmed = Unconfirmed
        .With(new Confirmation(Its, 3, Arbitrary.Noon)).With(new ReportedOutcome(Its, FinalOutcomeKind.Confirmed, Arbitrary.Noon));

    private static readonly Group Serving = new("charlie", 1, 3, [new GroupInstance("i-1", "InService", 3)]);
    private static readonly Group Empty = Serving with { Instances = [] };

    private static readonly ProbeResponse Silent = new ProbeResponse.Silent("no response");

    // Three probes, a quarter of a second apart.
    private static readonly TimeSpan LockPace = TimeSpan.FromMilliseconds(500);

    private static readonly RunResult Nothing = new RunResult.NothingToDo("no instance of charlie needs action");

    [Fact]
    public void A_healthy_group_is_read_and_probed_once()
    {
        var run = SweepRun.Of(Confirmed, Serving, Healthy);
        Assert.Collection(
            run.Steps.Select(step => step.Step),
            step => Assert.Equal(new WatchStep.ReadAll(Serving: true), step),
            step => Assert.Equal(["i-1"], Assert.IsType<WatchStep.Probe>(step).Instances),
            step => Assert.Equal(new WatchStep.Stop(Nothing), step));
    }

    [Fact]
    public void Everything_in_service_is_probed_and_only_the_rest_at_the_launch_hook_that_is_desired()
    {
        var group = new Group(
            "charlie", 3, 3,
            [new("i-1", "InService", 3), new("i-2", "InService", 2), new("i-3", "Pending:Wait", 3), new("i-4", "Pending:Wait", 2),
                new("i-5", "Pending", 3)]);
        var probe = SweepRun.Of(Confirmed, group, Healthy).Steps.Select(step => step.Step).OfType<WatchStep.Probe>().First();
        Assert.Equal(["i-1", "i-2", "i-3"], probe.Instances.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_unconfirmed_release_is_probed_as_often_as_its_judgement_needs()
    {
        var run = SweepRun.Of(Unconfirmed, Serving, Healthy);
        Assert.Equal(3, run.Steps.Count(step => step.Step is WatchStep.Probe));
        Assert.Equal(
            [typeof(AwsAction.RecordInService)],
            run.Actions.Where(action => action is not AwsAction.RecordAttempts).Select(action => action.GetType()));
    }

    [Fact]
    public void A_silent_instance_of_a_confirmed_release_is_removed_after_three_minutes_on_end()
    {
        var run = SweepRun.Of(Confirmed, Serving, (_, _) => Silent);
        Assert.Equal(
            [typeof(AwsAction.RecordAttempts), typeof(AwsAction.Terminate), typeof(AwsAction.RecordDownSince)],
            run.Actions.Select(action => action.GetType()));
        var (index, removed) = run.Steps.Index().First(step => step.Item.Step is WatchStep.Act);
        Assert.Equal(TimeSpan.FromMinutes(3), removed.At);
        Assert.IsType<WatchStep.ReadAll>(run.Steps[index - 1].Step);
        Assert.Equal(91, run.Steps.Count(step => step.Step is WatchStep.Probe));
        Assert.Equal(1, Assert.IsType<RunResult.Retrying>(run.Result).Attempt);
    }

    [Fact]
    public void A_silence_that_ends_within_three_minutes_changes_nothing()
    {
        var run = SweepRun.Of(Confirmed, Serving, (id, at) => at < TimeSpan.FromSeconds(178) ? Silent : Healthy(id, at));
        Assert.Empty(run.Actions);
        Assert.Equal((Nothing, TimeSpan.FromSeconds(178)), (run.Result, run.Now - run.StartedAt));
    }

    [Fact]
    public void Of_many_only_the_silent_one_is_probed_on()
    {
        var group = Serving with { DesiredCapacity = 2, Instances = [.. Serving.Instances, new GroupInstance("i-2", "InService", 3)] };
        var probes = SweepRun.Of(Confirmed, group, (id, at) => id == "i-2" ? Silent : Healthy(id, at))
            .Steps.Select(step => step.Step).OfType<WatchStep.Probe>().ToArray();
        Assert.Equal(["i-1", "i-2"], probes[0].Instances);
        Assert.All(probes[1..], probe => Assert.Equal(["i-2"], probe.Instances));
    }

    [Fact]
    public void A_silent_instance_of_another_release_is_not_probed_on()
    {
        var group = Serving with { Instances = [new GroupInstance("i-1", "InService", 2)] };
        Assert.Single(SweepRun.Of(Confirmed, group, (_, _) => Silent).Steps, step => step.Step is WatchStep.Probe);
    }

    [Fact]
    public void A_group_without_an_instance_is_recorded_as_down()
    {
        var run = SweepRun.Of(Confirmed, Empty, Healthy);
        Assert.Equal([new AwsAction.RecordDownSince(new DownSince(Start, 0))], run.Actions);
        Assert.Equal(Nothing, run.Result);
        Assert.DoesNotContain(run.Steps, step => step.Step is WatchStep.ReadActivity);
    }

    /// <summary>Nothing could be told afterwards: the function's failures and its alarm say it instead.</summary>
    [Fact]
    public void A_record_of_the_group_that_EC2_refuses_fails_the_run()
    {
        var refused = SweepRun.Of(Confirmed, Empty, Healthy).Last.After(
            new AwsAction.RecordDownSince(new DownSince(Start, 0)), succeeded: false, Start);
        var state = new WatchState(null, Start, TimeSpan.FromMinutes(1)) { Stage = WatchStage.Closed, LastSnapshot = refused };
        var settings = new PolicySettings(false, new Strategy.Replace(), Arbitrary.Rules);
        var failure = Assert.Throws<InvalidOperationException>(() => WatchPolicy.Next(state, settings, Start));
        Assert.Equal(
            "The launch template has too many tags for charlie:down-since, and no record is left that could be deleted:"
            + " delete tags of others.",
            failure.Message);
    }

    [Theory]
    [InlineData(14, false)]
    [InlineData(15, true)]
    public void The_activity_is_read_only_before_Stuck(int minutes, bool told)
    {
        var since = Start.AddMinutes(-minutes);
        var run = SweepRun.Of(Confirmed.With(new DownSince(since, 0)), Empty, Healthy);
        Assert.Equal(told ? 1 : 0, run.Steps.Count(step => step.Step is WatchStep.ReadActivity));
        Assert.Equal(told ? [new AwsAction.RecordDownSince(new DownSince(since, 1))] : [], run.Actions);
        Assert.Equal(told ? new RunResult.Stuck(run.Last.Desired, since, "no capacity", run.Now) : Nothing, run.Result);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_group_that_is_up_again_is_recorded_and_reported_and_told_if_it_was_told(int told)
    {
        var run = SweepRun.Of(Confirmed.With(new DownSince(Start.AddHours(-1), told)), Serving, Healthy);
        Assert.Equal([new AwsAction.RecordDownSince(DownSince.NotDown)], run.Actions);
        Assert.Equal(new RunResult.AllClear(run.Last.Desired, Start.AddHours(-1), run.Now, told > 0), run.Result);
    }

    [Fact]
    public void A_closed_group_forgets_the_attempts_of_an_unconfirmed_release_and_that_it_was_down()
    {
        var attempts = new Attempts(Its, Arbitrary.Noon, 3, ["i-9"], "silent");
        var closed = Empty with { DesiredCapacity = 0 };
        var run = SweepRun.Of(Unconfirmed.With(attempts).With(new DownSince(Start.AddHours(-1), 3)), closed, Healthy);
        Assert.Collection(
            run.Actions,
            action => Assert.Equal([attempts.Key], Assert.IsType<AwsAction.DeleteRecordTags>(action).Keys),
            action => Assert.Equal(new AwsAction.RecordDownSince(DownSince.NotDown), action));
        Assert.Equal(Nothing, run.Result);
        Assert.Empty(SweepRun.Of(Confirmed.With(attempts), closed, Healthy).Actions);
    }

    [Fact]
    public void A_wait_at_the_lock_holds_no_sweep_up()
    {
        var group = Serving with { Instances = [new GroupInstance("i-1", "Pending:Wait", 3)] };
        var run = SweepRun.Of(Unconfirmed, group, (_, _) => new ProbeResponse.Preparing(BootPhase.Lock));
        Assert.Equal(LockPace, run.Now - run.StartedAt);
        Assert.Single(run.Actions.OfType<AwsAction.RecordDownSince>());
    }

    [Theory]
    [InlineData(299, false)]
    [InlineData(300, true)]
    public void The_first_launch_of_a_release_that_takes_long_is_recorded(int seconds, bool isRecorded)
    {
        var group = Serving with { Instances = [new GroupInstance("i-1", "Pending:Wait", 3)] };
        var run = SweepRun.Of(
            Unconfirmed, group, (_, _) => new ProbeResponse.Preparing(BootPhase.Lock), launched: TimeSpan.FromSeconds(seconds) - LockPace);
        var recorded = run.Actions.OfType<AwsAction.RecordAttempts>().SingleOrDefault();
        Assert.Equal(isRecorded ? new Attempts(Its, Start.AddSeconds(-seconds) + LockPace, 0, [], "") : null, recorded?.Attempts);
        Assert.Equal(LockPace, run.Now - run.StartedAt);
    }

    [Fact]
    public void Records_older_than_five_seconds_are_read_again_before_anything_is_recorded_of_the_group()
    {
        var run = SweepRun.Of(
            Confirmed.With(new DownSince(Start.AddMinutes(-20), 0)), Serving, (_, _) => Arbitrary.Unhealthy(TimeSpan.FromSeconds(9)),
            readTime: TimeSpan.FromSeconds(6));
        Assert.Equal(
            [
                typeof(WatchStep.ReadAll), typeof(WatchStep.Probe), typeof(WatchStep.ReadAll), typeof(WatchStep.ReadActivity),
                typeof(WatchStep.Act), typeof(WatchStep.Stop),
            ],
            run.Steps.Select(step => step.Step.GetType()));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public void Records_are_not_read_again_for_nothing(int seconds)
    {
        var run = SweepRun.Of(Confirmed, Serving, Healthy, readTime: TimeSpan.FromSeconds(seconds));
        Assert.Single(run.Steps, step => step.Step is WatchStep.ReadAll);
    }

    [Fact]
    public void Records_of_five_seconds_ago_are_not_old()
    {
        var run = SweepRun.Of(Confirmed, Empty, Healthy, readTime: TimeSpan.FromSeconds(5));
        Assert.Equal(
            [typeof(WatchStep.ReadAll), typeof(WatchStep.Probe), typeof(WatchStep.Act), typeof(WatchStep.Stop)],
            run.Steps.Select(step => step.Step.GetType()));
    }

    [Fact]
    public void A_sweep_ends_before_its_time_is_over()
    {
        var run = SweepRun.Of(Confirmed, Serving, (_, _) => Silent, available: TimeSpan.FromSeconds(10));
        Assert.Equal(TimeSpan.FromSeconds(8), run.Now - run.StartedAt);
    }

    [Fact]
    public void One_action_does_not_keep_another_from_being_executed()
    {
        var group = Serving with
        {
            DesiredCapacity = 2,
            Instances = [.. Serving.Instances, new GroupInstance("i-2", GroupInstance.PendingWait, 2)],
        };
        var run = SweepRun.Of(Unconfirmed, group, Healthy);
        Assert.Equal(
            [typeof(AwsAction.RecordInService), typeof(AwsAction.Abandon)],
            run.Actions.Where(action => action is not AwsAction.RecordAttempts).Select(action => action.GetType()));
    }

    [Fact]
    public void A_final_outcome_ends_the_sweep()
    {
        var run = SweepRun.Of(
            Unconfirmed.With(new DownSince(Start.AddHours(-1), 2)), Serving, Healthy, inServiceAt: Start.AddMinutes(-2));
        Assert.IsType<RunResult.Confirmed>(run.Result);
        Assert.Equal([typeof(AwsAction.Confirm)], run.Actions.Select(action => action.GetType()));
    }

    [Fact]
    public void What_the_sweep_did_is_reported_before_what_lasts()
    {
        var group = Serving with { Instances = [.. Serving.Instances, new GroupInstance("i-2", GroupInstance.PendingWait, 2)] };
        Assert.IsType<RunResult.Superseded>(SweepRun.Of(Confirmed.Without(["charlie:reported:5.1"]), group, Healthy).Result);
    }

    [Fact]
    public void The_activity_is_not_read_for_what_was_told_already()
    {
        var told = Confirmed.With(new DownSince(Start.AddMinutes(-16), 1));
        var run = SweepRun.Of(told, Serving, (_, _) => Arbitrary.Unhealthy(TimeSpan.FromSeconds(9)));
        Assert.Equal(1, Assert.Single(run.Actions.OfType<AwsAction.RecordDownSince>()).DownSince.TimesTold);
        Assert.DoesNotContain(run.Steps, step => step.Step is WatchStep.ReadActivity);
    }

    [Theory]
    [InlineData(480, true)]
    [InlineData(479, false)]
    public void A_silent_machine_at_the_launch_hook_is_probed_on_after_its_deadline(int seconds, bool isProbed)
    {
        var one = new PolicySettings(false, new Strategy.Replace(), Arbitrary.Rules with { Successes = 1 });
        var group = Serving with { Instances = [new GroupInstance("i-1", GroupInstance.PendingWait, 3)] };
        var run = SweepRun.Of(Confirmed, group, (_, _) => Silent, settings: one, launched: TimeSpan.FromSeconds(seconds));
        Assert.Equal(isProbed, run.Steps.Count(step => step.Step is WatchStep.Probe) > 1);
    }

    [Fact]
    public void A_rollback_that_is_reported_again_names_what_it_went_back_to_then()
    {
        var third = new Release(3, 1);
        var records = Records
            .Read([Arbitrary.Version(2, third), Arbitrary.Version(3, Old), Arbitrary.Version(4, Its)], [])
            .With(new Confirmation(third, 2, Arbitrary.Noon)).With(new ReportedOutcome(third, FinalOutcomeKind.Confirmed, Arbitrary.Noon))
            .With(new Confirmation(Old, 3, Arbitrary.Noon));
        records = records.With(records.Reject(Its, Old, Arbitrary.Noon.AddMinutes(5), RejectedBy.Charlie, "app: exited with 1"));
        records = records.With(records.Reject(Old, third, Arbitrary.Noon.AddMinutes(9), RejectedBy.Operator, "orders rejected"));
        var old = FinalOutcome.Of(records).Single(outcome => outcome.Release == Old);
        var run = SweepRun.Of(
            records.With(new ReportedOutcome(Old, old.Kind, old.At)),
            Serving with { Pin = 2, Instances = [new GroupInstance("i-1", "InService", 2)] },
            (_, _) => Arbitrary.Healthy(third, TimeSpan.FromMinutes(30)));
        Assert.Equal((Its, Old), Again(run));
        Assert.Equal((Its, Old), Again(SweepRun.Of(Confirmed.Without(["charlie:reported:5.1"]), Serving, Healthy)));

        static (Release, Release?) Again(SweepRun run) =>
            Assert.IsType<RunResult.ReportedAgain>(run.Result) is var again ? (again.Outcome.Release, again.Previous?.Release) : default;
    }

    [Fact]
    public void Room_is_made_before_the_group_is_recorded_as_down()
    {
        var run = SweepRun.Of(Confirmed.With(new Replacement(Old, 1, Arbitrary.Noon)) with { TagCount = 50 }, Empty, Healthy);
        Assert.Equal(["charlie:replaced:4.1"], Assert.IsType<AwsAction.DeleteRecordTags>(run.Actions[0]).Keys);
        Assert.Equal(new AwsAction.RecordDownSince(new DownSince(Start, 0)), run.Actions[1]);
    }

    [Fact]
    public void An_instance_that_was_just_recorded_in_service_is_up_by_its_last_response()
    {
        var one = new PolicySettings(false, new Strategy.Replace(), Arbitrary.Rules with { Successes = 1 });
        var run = SweepRun.Of(Unconfirmed.With(new Attempts(Its, Start, 0, [], "")), Serving, Healthy, settings: one);
        Assert.Equal([typeof(AwsAction.RecordInService)], run.Actions.Select(action => action.GetType()));
    }

    [Fact]
    public void A_sick_instance_is_replaced_from_records_that_were_read_for_it_and_the_app_is_down_since()
    {
        var run = SweepRun.Of(Confirmed, Serving, (_, _) => Arbitrary.Unhealthy(TimeSpan.FromMinutes(3)));
        Assert.Equal(
            [
                new AwsAction.RecordReplacement(new Replacement(Its, 1, Start)), new AwsAction.Terminate("i-1", Its),
                new AwsAction.RecordDownSince(new DownSince(Start, 0)),
            ],
            run.Actions.Select(action => action is AwsAction.RecordDownSince down
                ? down with { DownSince = down.DownSince with { SickSince = null } }
                : action));
        Assert.Equal(
            [typeof(WatchStep.ReadAll), typeof(WatchStep.Probe), typeof(WatchStep.ReadAll), typeof(WatchStep.Act)],
            run.Steps.Take(4).Select(step => step.Step.GetType()));
        Assert.True(Assert.IsType<RunResult.Unhealthy>(run.Result).IsReplaced);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void A_release_that_stays_unconfirmed_is_told_four_times_an_hour(int minute, bool told)
    {
        var records = Unconfirmed.With(new Attempts(Its, Start.AddHours(-1), 0, [], ""));
        var group = Serving with { Instances = [new GroupInstance("i-1", "InService", 2)] };
        var run = SweepRun.Of(records, group, (_, _) => Arbitrary.Healthy(Old), Start.AddMinutes(minute));
        Assert.Equal(told ? new RunResult.Unconfirmed(run.Last.Desired, Start.AddHours(-1)) : Nothing, run.Result);
    }

    [Fact]
    public void A_final_outcome_that_may_not_have_been_delivered_is_reported_again()
    {
        var run = SweepRun.Of(Confirmed.Without(["charlie:reported:5.1"]), Serving, Healthy);
        Assert.Equal(Its, Assert.IsType<RunResult.ReportedAgain>(run.Result).Outcome.Release);
    }

    private static ProbeResponse Healthy(string id, TimeSpan at) => Arbitrary.Healthy(Its, TimeSpan.FromMinutes(30));
}
