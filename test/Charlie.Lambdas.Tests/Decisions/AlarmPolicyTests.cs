using System.Collections.Immutable;
using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>An alarm of the app while its release bakes rolls the release back; at any other time it is people's.</summary>
public sealed class AlarmPolicyTests
{
    private const string Reason = "alarm orders-rejected: 3 datapoints";

    private static readonly DateTimeOffset Now = Arbitrary.Noon.AddHours(1);
    private static readonly Release Old = new(4, 1);
    private static readonly Release Its = new(5, 1);
    private static readonly PolicySettings Settings = new(false, new Strategy.Replace(), Arbitrary.Rules);

    private static readonly Records Baking = Records
        .Read([Arbitrary.Version(1, Release.Base), Arbitrary.Version(2, Old), Arbitrary.Version(3, Its)], [])
        .With(new Confirmation(Old, 2, Arbitrary.Noon));

    private static readonly Group Group = new("charlie", 1, 3, [new GroupInstance("i-1", "InService", 3)]);
    private static readonly Alarm Alarm = new("orders-rejected", "3 datapoints", Now.AddSeconds(-5), Now.AddSeconds(-1));

    [Fact]
    public void In_the_bake_it_rejects_the_release_and_the_fallback_is_launched()
    {
        var run = Run(Alarm, Baking);
        Assert.Equal(
            [
                new AwsAction.Reject(new Rejection(Its, Old, Its, Now, RejectedBy.Alarm, Reason)),
                new AwsAction.Pin(Baking.Version(2)!), new AwsAction.Terminate("i-1", Old),
            ],
            run.Actions);
        Assert.Equal("alarm orders-rejected fired while release 5.1 baked", Assert.IsType<RunResult.Started>(run.Result).Reason);
        Assert.True(run.Last.Records.EffectiveRejection!.IsReportedBySweep);
    }

    [Fact]
    public void An_event_that_comes_twice_rejects_once()
    {
        var rejected = Run(Alarm, Baking).Last;
        var again = RefreshRun.Of(Alarm, rejected with { Done = [] }, Settings, Now.AddSeconds(9));
        Assert.Empty(again.Actions);

        // The first run was killed after its rejection was written.
        var written = Baking.With(new Rejection(Its, Old, Its, Now, RejectedBy.Alarm, Reason));
        Assert.Equal([typeof(AwsAction.Pin), typeof(AwsAction.Terminate)], Run(Alarm, written).Actions.Select(action => action.GetType()));
    }

    [Fact]
    public void A_later_alarm_of_the_same_words_is_judged_anew()
    {
        var newer = Baking.With(new Rejection(Its, Old, Its, Now.AddHours(-1), RejectedBy.Alarm, Reason))
            .With(Arbitrary.Version(4, new Release(6, 1)));
        var group = Group with { Pin = 4, Instances = [new GroupInstance("i-1", "InService", 4)] };
        Assert.Equal(new Release(6, 1), Assert.Single(Run(Alarm, newer, group).Actions.OfType<AwsAction.Reject>()).Rejection.From);
    }

    [Theory]
    [InlineData(-6, true)]
    [InlineData(-5, true)]
    [InlineData(-4, false)]
    public void What_fired_before_its_instance_was_in_service_may_be_the_deployments_own_doing(int inServiceAt, bool rejects)
    {
        var run = Run(Alarm, Baking, inServiceAt: Now.AddSeconds(inServiceAt));
        Assert.Equal(rejects, run.Actions.Any());
        Assert.Equal(
            !rejects,
            run.Result is RunResult.NothingToDo
            {
                Why: "alarm orders-rejected fired, and no instance of release 5.1 was in service at 2026-11-22T12:59:55.000Z",
            });
    }

    [Theory]
    [InlineData("Pending:Wait", 3)]
    [InlineData("Terminating", 3)]
    [InlineData("InService", 2)]
    public void Only_an_instance_of_the_release_in_service_counts(string state, int version) =>
        Assert.IsType<RunResult.NothingToDo>(
            Run(Alarm, Baking, Group with { Instances = [new GroupInstance("i-1", state, version)] }).Result);

    [Fact]
    public void A_confirmed_release_and_one_without_a_fallback_stay()
    {
        Nothing("release 5.1 is confirmed", Baking.With(new Confirmation(Its, 3, Now)));
        Nothing("the app is stopped", Baking.With(new Stopped(Now.AddSeconds(-2), "a holiday")));
        Nothing("there is no confirmed release below 5.1 to fall back to", Baking with { Confirmations = [] });
        Assert.Equal(
            "alarm orders-rejected fired",
            Assert.Single(Run(Alarm with { Why = "" }, Baking).Actions.OfType<AwsAction.Reject>()).Rejection.Reason);

        static void Nothing(string why, Records records)
        {
            var run = Run(Alarm, records);
            Assert.Empty(run.Actions);
            Assert.Equal(new RunResult.NothingToDo($"alarm orders-rejected fired, and {why}"), run.Result);
        }
    }

    [Fact]
    public void A_rolling_group_rolls_its_refresh_back()
    {
        var refresh = new InstanceRefresh("r-1", "InProgress", 3, Now.AddMinutes(-3), null);
        var group = new Group("charlie", 2, 2, [new GroupInstance("i-1", "InService", 3), new GroupInstance("i-2", "InService", 2)])
        {
            Refresh = refresh,
        };
        var settings = Settings with { Strategy = new Strategy.Rolling(50, 100, TimeSpan.FromSeconds(60)) };
        var run = RefreshRun.Of(Alarm, At(Baking, group), settings, Now);
        Assert.Equal([typeof(AwsAction.Reject), typeof(AwsAction.RollBackRefresh)], run.Actions.Select(action => action.GetType()));
    }

    private static RefreshRun Run(Alarm alarm, Records records, Group? group = null, DateTimeOffset? inServiceAt = null) =>
        RefreshRun.Of(alarm, At(records, group ?? Group, inServiceAt), Settings, Now);

    private static Snapshot At(Records records, Group group, DateTimeOffset? inServiceAt = null) => new(Now, Now, records, group)
    {
        Details = ImmutableDictionary<string, InstanceDetails>.Empty.Add(
            "i-1", new InstanceDetails("i-1", null, Now.AddMinutes(-3), inServiceAt ?? Now.AddMinutes(-1))),
    };
}
