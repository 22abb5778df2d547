using System.Collections.Immutable;
using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>An operator takes the app out of service and back: the launches, the instances, and what is notified meanwhile.</summary>
public sealed class StopPolicyTests
{
    private static readonly DateTimeOffset Now = Arbitrary.Noon;
    private static readonly Release Its = new(5, 1);
    private static readonly PolicySettings Settings = new(true, new Strategy.Replace(), Arbitrary.Rules);
    private static readonly PolicySettings RollingSettings =
        new(false, new Strategy.Rolling(50, 100, TimeSpan.FromSeconds(60)), Arbitrary.Rules);

    private static readonly Group Group = new("charlie", 1, 2, [new GroupInstance("i-1", "InService", 2)]);

    private static readonly Records Running = new(
        [Arbitrary.Version(1, Release.Base), Arbitrary.Version(2, Its)], [new Confirmation(Its, 2, Now.AddHours(-1))], [], []);

    private static readonly StopRequest Stop = new("the broker is closed", Now.AddSeconds(-5));
    private static readonly StartRequest Start = new("the broker is open", Now.AddSeconds(-1));

    private static readonly Stopped Stopped = new(Stop.RequestedAt, Stop.Reason);

    [Fact]
    public void A_stop_is_recorded_then_launches_are_suspended_then_the_instance_is_terminated()
    {
        var run = Run(Stop, Running, Group);
        Assert.Equal(
            [new AwsAction.RecordRequest(Stopped), new AwsAction.SuspendLaunches(), new AwsAction.Terminate("i-1", Its)], run.Actions);
        Assert.Equal(new RunResult.AppStopped(Stopped, Its), run.Result);
        Assert.Equal(1, run.Last.Group.DesiredCapacity);

        var again = Run(Stop, run.Last.Records, run.Last.Group);
        Assert.Empty(again.Actions);
        Assert.Equal(run.Result, again.Result);
    }

    [Fact]
    public void A_start_resumes_the_launches_and_leaves_a_later_suspension_to_people()
    {
        var stopped = Run(Stop, Running, Group).Last;
        var run = Run(Start, stopped.Records, stopped.Group with { Instances = [] });
        var started = new Started(Start.RequestedAt, Start.Reason);
        Assert.Equal(
            [new AwsAction.RecordRequest(started), new AwsAction.ResumeLaunches()], run.Actions);
        Assert.Equal(
            (true, "a start was requested (the broker is open)"),
            Assert.IsType<RunResult.Started>(run.Result) is var began ? (began.IsRequested, began.Reason) : default);

        // A late call of the run that stopped the app.
        var suspended = run.Last.Group with { Traits = GroupTraits.Plain with { Suspended = [Group.LaunchProcess] }, Pin = 1 };
        Assert.Equal(new AwsAction.ResumeLaunches(), Run(new Sweep("check"), run.Last.Records, suspended).Actions.First());

        var later = Now.AddMinutes(20);
        var done = RefreshRun.Of(new Sweep("check"), new Snapshot(later, later, run.Last.Records, run.Last.Group), Settings, later);
        Assert.Equal([new AwsAction.RecordRequest(new RequestDone(RequestDone.Start, started.At))], done.Actions);
        Assert.IsType<RunResult.Refused>(Run(new Sweep("check"), done.Last.Records, suspended).Result);
        Assert.IsType<RunResult.AlreadyCurrent>(Run(Start, run.Last.Records, run.Last.Group).Result);
    }

    [Fact]
    public void A_sweep_brings_to_its_end_what_a_run_began()
    {
        var begun = Running.With(Stopped);
        Assert.Equal(
            [new AwsAction.SuspendLaunches(), new AwsAction.Terminate("i-1", Its)], Run(new Sweep("check"), begun, Group).Actions);

        var started = begun.With(new Started(Now, "the broker is open"));
        var suspended = Group with { Instances = [], Traits = GroupTraits.Plain with { Suspended = [Group.LaunchProcess] } };
        Assert.Equal(
            [new AwsAction.ResumeLaunches()], Run(new Sweep("check"), started, suspended).Actions);
    }

    [Fact]
    public void A_refresh_is_cancelled_before_the_instances_go()
    {
        var refreshing = Group with { Refresh = new InstanceRefresh("r-1", "InProgress", 2, Now, null) };
        var run = RefreshRun.Of(Stop, new Snapshot(Now, Now, Running, refreshing), RollingSettings, Now);
        Assert.Equal(
            [
                typeof(AwsAction.RecordRequest), typeof(AwsAction.CancelRefresh), typeof(AwsAction.SuspendLaunches),
                typeof(AwsAction.Terminate),
            ],
            run.Actions.Select(action => action.GetType()));
    }

    [Fact]
    public void A_push_is_recorded_and_pinned_while_nothing_runs_and_says_so()
    {
        var newer = new Release(6, 1);
        var stopped = Run(Arbitrary.Push(newer, Now), Running.With(Stopped), Group);
        Assert.Equal(
            "the app was stopped at 2026-11-22T11:59:55.000Z (the broker is closed)",
            Assert.IsType<RunResult.Recorded>(stopped.Result).Why);
        Assert.Equal(99, stopped.Last.Group.Pin);

        var closed = Run(Arbitrary.Push(newer, Now), Running, Group with { DesiredCapacity = 0, Instances = [] });
        Assert.Equal("the group's desired capacity is 0", Assert.IsType<RunResult.Recorded>(closed.Result).Why);
        Assert.Equal(99, closed.Last.Group.Pin);
    }

    [Fact]
    public void While_the_app_is_stopped_it_is_neither_down_nor_judged()
    {
        var stopped = new Snapshot(Now, Now, Running.With(Stopped), Group);
        Assert.Null(DownPolicy.Record(stopped, Now));
        Assert.NotNull(DownPolicy.Record(new Snapshot(Now, Now, Running, Group), Now));

        var waiting = Arbitrary.Facts(new GroupInstance("i-2", "Pending:Wait", 2), Running.With(Stopped));
        Assert.Equal(
            new InstanceDecision.Supersede(Its, IsRejected: false),
            InstancePolicy.Decide(waiting, Arbitrary.Rules, new Strategy.Replace()));
        Assert.IsType<InstanceDecision.NothingToDo>(InstancePolicy.Decide(
            waiting with { Instance = new GroupInstance("i-2", "InService", 2) }, Arbitrary.Rules, new Strategy.Replace()));
    }

    [Fact]
    public void A_request_that_is_not_newer_changes_nothing()
    {
        var started = Running.With(Stopped).With(new Started(Now, "the broker is open"));
        Stale(Stop, started, "a start was requested later, at 2026-11-22T12:00:00.000Z");
        Stale(Stop with { RequestedAt = Now }, started, "a start was requested later, at 2026-11-22T12:00:00.000Z");
        Stale(
            Stop with { Reason = "another" }, Running.With(Stopped), "another stop was requested later, at 2026-11-22T11:59:55.000Z");
        Stale(Start, Running, "the app is not stopped");
        Stale(Start with { RequestedAt = Now.AddMinutes(1) }, started, "the app is not stopped");
        Stale(
            Start with { RequestedAt = Now.AddSeconds(-6) },
            Running.With(Stopped),
            "a stop was requested later, at 2026-11-22T11:59:55.000Z");
        Assert.False(started.IsStopped);
        Assert.False(Run(Start with { RequestedAt = Stop.RequestedAt }, Running.With(Stopped), Group).Last.Records.IsStopped);
    }

    [Fact]
    public void A_restart_replaces_what_was_launched_before_it_and_then_is_done()
    {
        var request = new RestartRequest("the secret was rotated", Now.AddSeconds(-5));
        var restart = new Restart(request.RequestedAt, request.Reason);
        var old = Launched(Running, Group, Now.AddHours(-1));
        var run = RefreshRun.Of(request, old, Settings, Now);
        var done = new AwsAction.RecordRequest(new RequestDone(RequestDone.Restart, restart.At));
        Assert.Equal([new AwsAction.RecordRequest(restart), new AwsAction.Terminate("i-1", Its)], run.Actions);
        Assert.Equal(
            (true, "a restart was requested (the secret was rotated)"),
            Assert.IsType<RunResult.Started>(run.Result) is var began ? (began.IsRequested, began.Reason) : default);

        var open = Running.With(restart);
        Assert.Empty(RefreshRun.Of(new Sweep("check"), new Snapshot(Now, Now, open, Group), Settings, Now).Actions);
        Assert.Equal(
            [done], RefreshRun.Of(new Sweep("check"), Launched(open, Group, Now), Settings, Now).Actions);
        Assert.Empty(RefreshRun.Of(
            new Sweep("check"), Launched(open.With(done.Tag), Group, Now.AddHours(-1)), Settings, Now).Actions);
    }

    /// <summary>A launch that began before the restart is not listed yet: it is found, and replaced, later.</summary>
    [Theory]
    [InlineData(1, "Terminating", false)]
    [InlineData(1, "Pending", true)]
    [InlineData(2, "Pending", false)]
    [InlineData(0, "Terminating", true)]
    public void A_list_that_is_not_whole_ends_no_restart(int capacity, string state, bool isDone)
    {
        var group = Group with { DesiredCapacity = capacity, Instances = [new GroupInstance("i-1", state, 2)] };
        var open = Running.With(new Restart(Now.AddMinutes(-1), "the secret was rotated"));
        Assert.Equal(isDone, RestartPlan.Finish(Launched(open, group, Now)) is not null);
    }

    [Fact]
    public void A_machine_that_was_launched_when_the_restart_was_requested_is_not_older_than_it()
    {
        var open = Running.With(new Restart(Now, "the secret was rotated"));
        Assert.Equal(
            [new AwsAction.RecordRequest(new RequestDone(RequestDone.Restart, Now))],
            RefreshRun.Of(new Sweep("check"), Launched(open, Group, Now), Settings, Now).Actions);
    }

    [Fact]
    public void A_late_call_of_the_stop_may_land_until_twenty_minutes_after_the_start()
    {
        var started = Running.With(Stopped).With(new Started(Now, "the broker is open"));
        Assert.Empty(DoneAfter(20 * 60 - 1));
        Assert.Equal([new AwsAction.RecordRequest(new RequestDone(RequestDone.Start, Now))], DoneAfter(20 * 60));

        IEnumerable<AwsAction> DoneAfter(int seconds) =>
            RefreshRun.Of(
                new Sweep("check"), new Snapshot(Now.AddSeconds(seconds), Now.AddSeconds(seconds), started, Group), Settings, Now).Actions;
    }

    [Fact]
    public void A_refresh_that_could_not_be_cancelled_is_left_to_the_next_run()
    {
        var refresh = new InstanceRefresh("r-1", "InProgress", 2, Now, null);
        var failed = new Snapshot(Now, Now, Running.With(Stopped), Group with { Refresh = refresh })
            .After(new AwsAction.RecordRequest(Stopped), true, Now)
            .After(new AwsAction.CancelRefresh(refresh, Its), false, Now);
        Assert.IsType<AwsAction.SuspendLaunches>(StopPlan.Next(failed));
    }

    [Fact]
    public void What_ends_an_old_request_leaves_a_newer_one_open()
    {
        var (old, newer) = (Now.AddMinutes(-30), Now);
        var records = Running
            .With(new Restart(newer, "the secret was rotated")).With(new RequestDone(RequestDone.Restart, old))
            .With(Stopped).With(new Started(newer, "the broker is open")).With(new RequestDone(RequestDone.Start, old));
        Assert.Equal((newer, newer), (records.OpenRestart?.At, records.OpenStart?.At));

        var done = records.With(new RequestDone(RequestDone.Restart, newer)).With(new RequestDone(RequestDone.Start, newer));
        Assert.Equal(records.TagCount, done.TagCount);
        Assert.Null(done.OpenRestart);
        Assert.Null(done.OpenStart);
    }

    [Fact]
    public void A_restart_of_a_rolling_group_replaces_what_runs_the_version_already()
    {
        var request = new RestartRequest("the secret was rotated", Now);
        var run = RefreshRun.Of(request, Launched(Running, Group, Now.AddHours(-1)), RollingSettings, Now);
        Assert.True(Assert.Single(run.Actions.OfType<AwsAction.StartRefresh>()).IsRestart);
    }

    [Fact]
    public void A_restart_is_stale_where_nothing_should_run_or_a_later_one_was_requested()
    {
        var request = new RestartRequest("the secret was rotated", Now.AddSeconds(-5));
        Stale(
            request,
            Running.With(Stopped),
            "no instance should run, since the app was stopped at 2026-11-22T11:59:55.000Z (the broker is closed)");
        Stale(
            request,
            Running.With(new Restart(Now, "another")),
            "another restart was requested later, at 2026-11-22T12:00:00.000Z");
        Stale(
            request,
            Running.With(new Restart(request.RequestedAt, "another")),
            "another restart was requested later, at 2026-11-22T11:59:55.000Z");
    }

    [Fact]
    public void Every_request_is_read_as_it_is_written()
    {
        Assert.Equal(Stopped, Charlie.Lambdas.Decisions.Stopped.Read(Stopped.Value));
        var (restart, started) = (new Restart(Now, "a b  c"), new Started(Now, "a b  c"));
        Assert.Equal(restart, Restart.Read(restart.Value));
        Assert.Equal(started, Started.Read(started.Value));
        foreach (var request in new[] { RequestDone.Restart, RequestDone.Start })
        {
            var done = new RequestDone(request, Now);
            Assert.Equal(done, RequestDone.Read(done.Key, done.Value));
            Assert.Equal([done], Records.Read([], [new(done.Key, done.Value)]).RequestsDone);
        }
    }

    private static Snapshot Launched(Records records, Group group, DateTimeOffset at) =>
        new(Now, Now, records, group)
        {
            Details = group.Instances.ToDictionary(instance => instance.Id, instance => new InstanceDetails(instance.Id, null, at, null))
                .ToImmutableDictionary(),
        };

    private static RefreshRun Run(RefreshRequest request, Records records, Group group) =>
        RefreshRun.Of(request, new Snapshot(Now, Now, records, group), Settings, Now);

    private static void Stale(RefreshRequest request, Records records, string reason)
    {
        var run = Run(request, records, Group);
        Assert.Empty(run.Actions);
        var (name, release) = request switch
        {
            StopRequest => ("stop", (Release?)null),
            StartRequest => ("start", null),
            _ => ("restart", Its),
        };
        Assert.Equal(new RunResult.StaleRequest(name, reason, release), run.Result);
    }
}
