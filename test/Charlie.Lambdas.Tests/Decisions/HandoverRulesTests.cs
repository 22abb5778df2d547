using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>What is decided about a machine that waits at its launch hook while another one runs the app.</summary>
public sealed class HandoverRulesTests
{
    private static readonly DateTimeOffset Now = Arbitrary.Noon.AddHours(5);
    private static readonly Release Old = new(4, 1);
    private static readonly Release Its = new(5, 1);
    private static readonly Handover Begun = new(Now.AddMinutes(-2), Its);
    private static readonly Strategy HandsOver = new Strategy.Handover();
    private static readonly PolicySettings Settings = new(true, HandsOver, Arbitrary.Rules);
    private static readonly GroupInstance Trader = new("i-1", "InService", 2) { IsProtected = true };
    private static readonly GroupInstance Waiting = new("i-2", "Pending:Wait", 3);
    private static readonly ProbeResponse Prepared = new ProbeResponse.Preparing(BootPhase.Lock, Arbitrary.Image(Its));

    private static readonly Records Records = new(
        [Arbitrary.Version(1, Release.Base), Arbitrary.Version(2, Old), Arbitrary.Version(3, Its)],
        [new Confirmation(Old, 2, Arbitrary.Noon)], [], []);

    [Fact]
    public void A_machine_that_was_prepared_in_as_many_probes_in_a_row_takes_over()
    {
        var expected = new InstanceDecision.HandOver("i-1", new Handover(Now, Its, "i-2"));
        Assert.Equal(expected, Decide(2, Records.With(Begun), Prepared, Prepared, Prepared));
        Assert.IsType<InstanceDecision.Wait>(Decide(2, Records.With(Begun), Prepared, Prepared));
        Assert.IsType<InstanceDecision.Wait>(
            Decide(2, Records.With(Begun), Prepared, Prepared, new ProbeResponse.Preparing(BootPhase.Prepare), Prepared));
        Assert.IsType<InstanceDecision.Wait>(Decide(
            2, Records.With(Begun), [.. Enumerable.Repeat(new ProbeResponse.Preparing(BootPhase.Lock), 5)]));
    }

    [Fact]
    public void Nobody_takes_over_without_a_handover_to_the_desired_release_of_charlies_own()
    {
        ProbeResponse[] probes = [Prepared, Prepared, Prepared];
        Assert.IsType<InstanceDecision.Wait>(Decide(2, Records, probes));
        Assert.IsType<InstanceDecision.Wait>(Decide(2, Records.With(Begun with { Release = Old }), probes));
        Assert.IsType<InstanceDecision.Wait>(
            Decide(2, Records.With(Begun).With(new RequestDone(RequestDone.Handover, Begun.At)), probes));
        Assert.IsType<InstanceDecision.Wait>(Decide(3, Records.With(Begun), probes));
        Assert.IsType<InstanceDecision.Wait>(Decide(
            2, Records.With(Begun), new Group("charlie", 2, 3, [Trader with { Version = 3 }, Waiting]), Age, probes));
    }

    [Fact]
    public void A_machine_that_prepared_another_image_rejects_its_release_and_the_trader_stays()
    {
        var other = new ProbeResponse.Preparing(BootPhase.Lock, Arbitrary.Image(Old));
        var decision = Assert.IsType<InstanceDecision.RollBack>(Decide(2, Records.With(Begun), other));
        Assert.Equal($"the instance has prepared {Arbitrary.Image(Old)} and not {Arbitrary.Image(Its)}", decision.Rejection.Reason);
    }

    [Theory]
    [InlineData(1199, false)]
    [InlineData(1201, true)]
    public void The_trader_is_not_stopped_for_a_machine_whose_hook_is_nearly_over(int age, bool isTooLate)
    {
        var group = new Group("charlie", 2, 3, [Trader, Waiting]);
        var decision = Decide(2, Records.With(Begun), group, TimeSpan.FromSeconds(age), Prepared, Prepared, Prepared);
        Assert.Equal(
            isTooLate, decision is InstanceDecision.RemoveSurplus { Why: "its launch hook leaves too little time to start the app" });
        Assert.Equal(!isTooLate, decision is InstanceDecision.HandOver);
    }

    [Fact]
    public void A_machine_too_many_goes_and_the_one_that_was_just_handed_over_to_stays()
    {
        var surplus = new InstanceDecision.RemoveSurplus("it is one too many for the group's desired capacity");
        Assert.Equal(surplus, Decide(0, Records.With(Begun), Prepared));
        Assert.Equal(surplus, Decide(1, Records.With(Begun), Prepared));
        Assert.Equal(surplus, Decide(1, Records.With(Begun with { To = "i-2" }), Prepared));
        Assert.IsType<InstanceDecision.Wait>(Decide(1, Records.With(Begun with { At = Now.AddSeconds(-59), To = "i-2" }), Prepared));
        Assert.IsType<InstanceDecision.Wait>(Decide(
            1, Records.With(Begun), new Group("charlie", 1, 3, [Trader, Waiting]), TimeSpan.FromSeconds(59), Prepared));
        Assert.IsType<InstanceDecision.Wait>(Decide(
            1, Records.With(Begun), new Group("charlie", 1, 3, [Trader with { LifecycleState = "Terminating" }, Waiting]), Age, Prepared));
        // Of two without protection Auto Scaling ends one itself, and both would be gone.
        Assert.IsType<InstanceDecision.Wait>(Decide(
            1, Records.With(Begun), new Group("charlie", 1, 3, [Trader with { IsProtected = false }, Waiting]), Age, Prepared));
    }

    [Fact]
    public void The_handover_is_recorded_before_the_trader_is_terminated()
    {
        var snapshot = new Snapshot(Now, Now, Records.With(Begun), new Group("charlie", 2, 3, [Trader, Waiting]));
        var judgement = Judge(snapshot, Prepared, Prepared, Prepared);
        var handover = ((InstanceDecision.HandOver)judgement.Decision).Handover;
        var actions = Execute(judgement, snapshot);
        Assert.Equal([new AwsAction.RecordRequest(handover), new AwsAction.HandOver("i-1", "i-2")], actions);
        DoneAction[] done = [.. actions.Select(action => new DoneAction(action, Now, true))];
        Assert.Equal(
            new RunResult.HandedOver(judgement.Facts, Records.Version(3)!, "i-1"), JudgementPlan.Result(judgement, snapshot, [.. done]));
        Assert.Null(JudgementPlan.Result(judgement, snapshot, [done[0], done[1] with { Succeeded = false }]));
    }

    [Fact]
    public void A_release_that_cannot_be_prepared_is_rejected_and_the_capacity_is_lowered_before_its_machine_goes()
    {
        var snapshot = new Snapshot(Now, Now, Records.With(Begun), new Group("charlie", 2, 3, [Trader, Waiting]));
        var judgement = Judge(snapshot, new ProbeResponse.Failed(false, "preflight: exited with 1", BootPhase.Prepare));
        var rejection = ((InstanceDecision.RollBack)judgement.Decision).Rejection;
        Assert.Equal(
            [
                new AwsAction.Reject(rejection), new AwsAction.Protect("i-1", IsProtected: true),
                new AwsAction.Resize(Records.Version(2)!, 1), new AwsAction.Abandon("i-2"),
            ],
            Execute(judgement, snapshot));
    }

    [Fact]
    public void A_superseded_machine_goes_after_the_capacity_where_the_traders_release_is_wanted_again()
    {
        var records = Records.With(Begun).With(Arbitrary.Rejection(Its, Old, Now));
        var snapshot = new Snapshot(Now, Now, records, new Group("charlie", 2, 3, [Trader, Waiting]));
        Assert.Equal(
            [
                new AwsAction.Protect("i-1", IsProtected: true), new AwsAction.Resize(Records.Version(2)!, 1), new AwsAction.Abandon("i-2"),
            ],
            Execute(Judge(snapshot, Prepared), snapshot));
    }

    [Fact]
    public void A_failure_in_the_bake_pins_the_fallback_before_the_machine_is_terminated()
    {
        var group = new Group("charlie", 1, 3, [Waiting with { LifecycleState = "InService" }]) { MaxSize = 2 };
        var snapshot = new Snapshot(Now, Now, Records, group);
        var judgement = Judge(snapshot, new ProbeResponse.Failed(false, "exited with 127"));
        var rejection = ((InstanceDecision.RollBack)judgement.Decision).Rejection;
        Assert.Equal(
            [new AwsAction.Reject(rejection), new AwsAction.Pin(Records.Version(2)!), new AwsAction.Terminate("i-2", Old)],
            Execute(judgement, snapshot));
    }

    private static readonly TimeSpan Age = TimeSpan.FromSeconds(100);

    private static InstanceDecision Decide(int capacity, Records records, params ProbeResponse[] probes) =>
        Decide(capacity, records, new Group("charlie", capacity, 3, [Trader, Waiting]), Age, probes);

    private static InstanceDecision Decide(int capacity, Records records, Group group, TimeSpan age, params ProbeResponse[] probes) =>
        Judge(new Snapshot(Now, Now, records, group with { DesiredCapacity = capacity }), age, probes).Decision;

    private static InstanceJudgement Judge(Snapshot snapshot, params ProbeResponse[] probes) => Judge(snapshot, Age, probes);

    private static InstanceJudgement Judge(Snapshot snapshot, TimeSpan age, ProbeResponse[] probes)
    {
        var known = snapshot with
        {
            Details = snapshot.Details.Add("i-2", new InstanceDetails("i-2", null, Now - age, Now.AddMinutes(-1))),
        };
        var probed = probes.Aggregate(known, (before, probe) => before.After([new ProbeResult("i-2", probe, Now)]));
        return InstanceJudgement.Of(probed, Settings, Now).Single(judgement => judgement.InstanceId == "i-2");
    }

    private static List<AwsAction> Execute(InstanceJudgement judgement, Snapshot snapshot)
    {
        var before = snapshot.Done.Length;
        var actions = new List<AwsAction>();
        while (Next() is WatchStep.Act { Action: var action })
        {
            actions.Add(action);
            Assert.True(actions.Count <= 5, string.Join(", ", actions));
            snapshot = snapshot.After(action, succeeded: true, Now);
        }

        return actions;

        WatchStep? Next() => JudgementPlan.Next(judgement, [judgement], snapshot, snapshot.Done[before..], HandsOver);
    }
}
