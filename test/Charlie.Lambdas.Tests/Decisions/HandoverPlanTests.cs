using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>The way of a handover, step by step, and its record tag.</summary>
public sealed class HandoverPlanTests
{
    private static readonly DateTimeOffset Now = Arbitrary.Noon.AddHours(5);
    private static readonly Release Old = new(4, 1);
    private static readonly Release Its = new(5, 1);
    private static readonly Strategy HandsOver = new Strategy.Handover();
    private static readonly Handover Begun = new(Now.AddMinutes(-2), Its);

    private static readonly Records Records = new(
        [Arbitrary.Version(1, Release.Base), Arbitrary.Version(2, Old), Arbitrary.Version(3, Its)],
        [new Confirmation(Old, 2, Arbitrary.Noon)], [], []);

    private static readonly GroupInstance Trader = new("i-1", "InService", 2);

    [Fact]
    public void A_handover_is_recorded_first_then_the_trader_is_protected_then_pin_and_capacity_are_one_call()
    {
        var version = Records.Version(3)!;
        Assert.Equal(
            [
                new AwsAction.RecordRequest(new Handover(Now, Its)),
                new AwsAction.Protect("i-1", IsProtected: true),
                new AwsAction.Resize(version, 2),
            ],
            Plan(Snapshot(Records, Group(1, Trader)), HandsOver));
    }

    [Fact]
    public void What_is_not_wanted_any_more_ends_the_other_way_round()
    {
        var rejected = Records.With(Begun).With(Arbitrary.Rejection(Its, Old, Now));
        var guarded = Trader with { IsProtected = true };
        Assert.Equal(
            [new AwsAction.Protect("i-1", IsProtected: true), new AwsAction.Resize(Records.Version(2)!, 1)],
            Plan(Snapshot(rejected, Group(2, guarded, new GroupInstance("i-2", "Pending:Wait", 3))), HandsOver));
        Assert.Equal(
            [
                new AwsAction.Protect("i-1", IsProtected: false),
                new AwsAction.RecordRequest(new RequestDone(RequestDone.Handover, Begun.At)),
            ],
            Plan(Snapshot(rejected, Group(1, guarded)), HandsOver));
    }

    [Fact]
    public void A_newer_release_takes_the_handover_over()
    {
        var newer = new Release(6, 1);
        var records = Records.With(Begun).With(Arbitrary.Version(4, newer));
        var group = Group(2, Trader with { IsProtected = true }, new GroupInstance("i-2", "Pending:Wait", 3));
        Assert.Equal(
            [
                new AwsAction.RecordRequest(new Handover(Now, newer)),
                new AwsAction.Protect("i-1", IsProtected: true),
                new AwsAction.Resize(records.Version(4)!, 2),
            ],
            Plan(Snapshot(records, group), HandsOver));
    }

    [Fact]
    public void A_release_that_is_replaced_without_a_handover_says_why()
    {
        var small = Group(1, Trader) with { MaxSize = 1 };
        var late = Group(1, Trader) with { NextScheduledAction = Now.AddMinutes(9) };
        Assert.Equal(
            "a push; replaced without a handover, because the group's sizes are 1 to 1, and a handover needs 1 to 2", Reason(small));
        Assert.Equal(
            "a push; replaced without a handover, because a scheduled action of the group is due within 10 minutes", Reason(late));
        Assert.Equal("a push", Reason(Group(1, Trader)));

        static string Reason(Group group)
        {
            var settings = new PolicySettings(true, HandsOver, Arbitrary.Rules);
            for (var snapshot = Snapshot(Records, group); ;)
            {
                switch (RefreshPolicy.Reconcile(snapshot, settings, "a push"))
                {
                    case RefreshStep.Act act:
                        snapshot = snapshot.After(act.Action, succeeded: true, Now);
                        break;
                    case RefreshStep.Done done:
                        return Assert.IsType<RunResult.Started>(done.Result).Reason;
                    default:
                        throw new InvalidOperationException("Not a step of a reconcile.");
                }
            }
        }
    }

    [Fact]
    public void Its_name_is_a_time_that_no_other_has()
    {
        Assert.Equal(Begun.At.AddMilliseconds(1), Handover.Begin(Begun, Its, Begun.At).At);
        Assert.Equal(Begun.At.AddMilliseconds(1), Handover.Begin(Begun, Its, Begun.At.AddMinutes(-1)).At);
        Assert.Equal(Now, Handover.Begin(Begun, Its, Now).At);
        Assert.Equal(Now, Handover.Begin(null, Its, Now).At);
    }

    [Theory]
    [InlineData("2026-11-22T17:00:00.000Z 5.1 -")]
    [InlineData("2026-11-22T17:00:00.000Z 5.1 i-0123")]
    public void The_tag_is_read_as_it_was_written(string value) =>
        Assert.Equal(value, Handover.Read(value)!.Value);

    [Theory]
    [InlineData("")]
    [InlineData("2026-11-22T17:00:00.000Z 5.1")]
    [InlineData("2026-11-22T17:00:00.000Z five -")]
    [InlineData("now 5.1 -")]
    public void Anything_else_is_no_handover(string value) => Assert.Null(Handover.Read(value));

    private static List<AwsAction> Plan(Snapshot snapshot, Strategy strategy)
    {
        var actions = new List<AwsAction>();
        for (; ReconcilePlan.Next(snapshot, strategy) is { } action; snapshot = snapshot.After(action, true, Now))
        {
            actions.Add(action);
        }

        return actions;
    }

    private static Group Group(int capacity, params GroupInstance[] instances) =>
        new("charlie", capacity, 2, [.. instances]) { MaxSize = 2 };

    private static Snapshot Snapshot(Records records, Group group) => new(Now, Now, records, group);
}
