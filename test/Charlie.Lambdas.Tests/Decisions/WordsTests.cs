using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>What people read, to the word: an alert has to say what is wrong and what to do.</summary>
public sealed class WordsTests
{
    private static readonly Release Old = new(4, 1);
    private static readonly Release Its = new(5, 1);
    private static readonly DateTimeOffset Later = Arbitrary.Noon.AddSeconds(3600);

    private static readonly HealthRules Rules = new(3, TimeSpan.FromSeconds(300), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(1800));

    private static readonly ProbeAnswer Healthy = new ProbeAnswer.Healthy(Arbitrary.Image(Its));

    private static readonly Records Both = new(
        [Arbitrary.Version(1, Release.Base), Arbitrary.Version(2, Old), Arbitrary.Version(3, Its)],
        [new ConfirmedMark(Old, 2, Arbitrary.Noon)], [], []);

    private static readonly Records Rejected = Both.With(new Floor(Its, Old, Its, Arbitrary.Noon, "charlie: app: exited with 1"));

    [Fact]
    public void About_an_instance()
    {
        Assert.Equal("the instance is Terminating", Assert.IsType<LifecycleDecision.NothingToDo>(Decide("Terminating", 3, Both)).Why);
        Assert.Equal("the instance's launch template version is not to be read yet", Assert.IsType<LifecycleDecision.Wait>(Decide("Pending:Wait", 77, Both)).Why);
        Assert.Equal("release 5.1 should run; Refresh replaces what is in service", Assert.IsType<LifecycleDecision.NothingToDo>(Decide("InService", 2, Both)).Why);
        Assert.Equal("the release is confirmed", Assert.IsType<LifecycleDecision.NothingToDo>(Decide("InService", 2, Rejected)).Why);
        Assert.Equal("the instance is Pending", Assert.IsType<LifecycleDecision.Wait>(Decide("Pending", 3, Both)).Why);
        Assert.Equal("not probed yet", Assert.IsType<LifecycleDecision.Wait>(Decide("Pending:Wait", 3, Both)).Why);
        Assert.Equal("healthy, but not often enough in a row yet", Assert.IsType<LifecycleDecision.Wait>(Decide("Pending:Wait", 3, Both, Healthy)).Why);
        Assert.Equal("status 502", Assert.IsType<LifecycleDecision.Wait>(
            LifecycleDecision.Decide(Facts("Pending:Wait", 3, Both, new ProbeAnswer.NotYet("status 502")) with { LaunchedAt = Later }, Rules)).Why);
    }

    [Fact]
    public void About_the_bake()
    {
        var facts = Facts("InService", 3, Both, Healthy, Healthy, Healthy) with { InServiceAt = Later.AddSeconds(-59) };
        Assert.Equal("the bake time is not over", Assert.IsType<LifecycleDecision.Wait>(LifecycleDecision.Decide(facts, Rules)).Why);
    }

    [Theory]
    [InlineData(false, "app: exited with 1")]
    [InlineData(true, "no machine could run it until 00:30:00 after the push: exited with 1")]
    public void About_a_failure(bool ofMachine, string reason)
    {
        var rolledBack = Assert.IsType<LifecycleDecision.RollBack>(Decide("Pending:Wait", 3, Both, new ProbeAnswer.Failed(ofMachine, "exited with 1")));
        Assert.Equal((reason, $"charlie: {reason}"), (rolledBack.Reason, rolledBack.Floor.Why));
    }

    [Fact]
    public void About_another_image_and_about_none_in_time()
    {
        var other = new ProbeAnswer.Healthy(Arbitrary.Image(Old));
        Assert.Equal(
            $"the instance runs {Arbitrary.Image(Old)} and not {Arbitrary.Image(Its)}",
            Assert.IsType<LifecycleDecision.RollBack>(Decide("Pending:Wait", 3, Both, other)).Reason);
        var missed = new ProbeAnswer.NotYet("no answer");
        Assert.Equal(
            "not healthy 00:05:00 after launch: no answer",
            Assert.IsType<LifecycleDecision.RollBack>(Decide("Pending:Wait", 3, Both, missed, missed, missed)).Reason);
    }

    [Fact]
    public void About_a_machine_of_a_release_that_may_still_come_or_that_is_confirmed()
    {
        var failed = new ProbeAnswer.Failed(true, "the registry refused the login");
        var young = Both with { Versions = [.. Both.Versions.Select(version => version with { PushedAt = Later.AddSeconds(-1799) })] };
        Assert.Equal("machine: the registry refused the login", Assert.IsType<LifecycleDecision.Retry>(Decide("Pending:Wait", 3, young, failed)).Reason);
        Assert.IsType<LifecycleDecision.RollBack>(Decide("Pending:Wait", 3, Both, failed));
        Assert.IsType<LifecycleDecision.Retry>(Decide("Pending:Wait", 2, Rejected, failed));
    }

    [Fact]
    public void About_a_push()
    {
        var push = new Push(Its, Arbitrary.Image(Its), new string('a', 40), "https://gitlab.com/example/charlie/-/pipelines/1", 4242, Later);
        Assert.Equal(
            "release 5.1 was rolled back at 2026-11-22T12:00:00.000Z with release 5.1 (charlie: app: exited with 1); run its job again to try it again",
            Assert.IsType<RefreshDecision.LeaveStale>(RefreshDecision.Decide(push, Rejected)).Reason);
        Assert.Equal("release 5.1 is newer", Assert.IsType<RefreshDecision.LeaveStale>(RefreshDecision.Decide(push with { Release = Old }, Both)).Reason);
        Assert.Equal(
            "the launch template has no version without charlie:release to derive from: update the infrastructure stack",
            Assert.IsType<RefreshDecision.Reject>(RefreshDecision.Decide(push, new Records([], [], [], []))).Reason);
    }

    [Theory]
    [InlineData("4.1", null, "release 4.1 is not what should run: that is 5.1")]
    [InlineData("5.1", "5.1", "toRelease 5.1 is not below fromRelease 5.1")]
    [InlineData("5.1", "6.1", "toRelease 6.1 is not below fromRelease 5.1")]
    [InlineData("5.1", "3.1", "toRelease 3.1 has no launch template version")]
    [InlineData("5.1", null, "there is no confirmed release below 5.1 to go back to: name one as toRelease")]
    public void About_a_rollback(string from, string? to, string reason)
    {
        var records = Both with { Confirmed = [] };
        var decision = RefreshDecision.Decide(new RollbackRequest(Read(from)!.Value, Read(to), "orders rejected", Later), records, Later);
        Assert.Equal(reason, (decision as RefreshDecision.LeaveStale)?.Reason ?? (decision as RefreshDecision.Reject)?.Reason);
    }

    [Fact]
    public void About_a_rollback_that_comes_with_the_newest_floor_or_before()
    {
        var records = Both.With(new Floor(new Release(3, 1), Release.Base, new Release(3, 1), Arbitrary.Noon, "charlie: app"))
            .With(new Floor(new Release(2, 1), Release.Base, new Release(2, 1), Arbitrary.Noon.AddHours(-1), "charlie: app"));
        var request = new RollbackRequest(Its, null, "orders rejected", Arbitrary.Noon);
        Assert.Equal(
            "the request is older than the rollback of 2026-11-22T12:00:00.000Z",
            Assert.IsType<RefreshDecision.LeaveStale>(RefreshDecision.Decide(request, records, Later)).Reason);
        Assert.IsType<RefreshDecision.RaiseFloor>(RefreshDecision.Decide(request with { RequestedAt = Arbitrary.Noon.AddMilliseconds(1) }, records, Later));
    }

    private static Release? Read(string? text) => Release.TryParse(text, out var release) ? release : null;

    private static LifecycleDecision Decide(string state, long version, Records records, params ProbeAnswer[] answers) =>
        LifecycleDecision.Decide(Facts(state, version, records, answers), Rules);

    private static LifecycleFacts Facts(string state, long version, Records records, params ProbeAnswer[] answers) =>
        new(
            new GroupInstance("i-1", state, version),
            Later.AddSeconds(-300),
            null,
            answers.Aggregate(HealthEvidence.None, (evidence, answer) => evidence.Add(answer, Arbitrary.Image(Its), Later)),
            1,
            1,
            records,
            Later);
}
