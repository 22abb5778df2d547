using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>The reasons of decisions about an instance, to the word: an alert names what is wrong.</summary>
public sealed class InstancePolicyReasonTests
{
    private static readonly Release Old = new(4, 1);
    private static readonly Release Its = new(5, 1);
    private static readonly DateTimeOffset Later = Arbitrary.Noon.AddSeconds(3600);

    private static readonly ProbeResponse Healthy = Arbitrary.Healthy(Its, TimeSpan.FromSeconds(90));

    private static readonly Records Both = new(
        [Arbitrary.Version(1, Release.Base), Arbitrary.Version(2, Old), Arbitrary.Version(3, Its)],
        [new Confirmation(Old, 2, Arbitrary.Noon)], [], []);

    private static readonly Records Rejected = Both.With(Arbitrary.Rejection(Its, Old, Arbitrary.Noon));

    [Fact]
    public void Nothing_to_do_and_wait_say_why()
    {
        Assert.Equal("the instance is Terminating", Assert.IsType<InstanceDecision.NothingToDo>(Decide("Terminating", 3, Both)).Why);
        Assert.Equal("the launch template version is not visible yet",
            Assert.IsType<InstanceDecision.Wait>(Decide("Pending:Wait", 77, Both)).Why);
        Assert.Equal("release 5.1 is the desired one; Refresh replaces this instance",
            Assert.IsType<InstanceDecision.NothingToDo>(Decide("InService", 2, Both)).Why);
        Assert.Equal("the release is confirmed", Assert.IsType<InstanceDecision.NothingToDo>(Decide("InService", 2, Rejected)).Why);
        Assert.Equal("the release is confirmed; healthy, in too few probes in a row",
            Assert.IsType<InstanceDecision.NothingToDo>(Decide("InService", 2, Rejected, Arbitrary.Healthy(Old))).Why);
        Assert.Equal("the instance is Pending", Assert.IsType<InstanceDecision.Wait>(Decide("Pending", 3, Both)).Why);
    }

    [Fact]
    public void Wait_says_what_the_machine_does()
    {
        Assert.Equal("not probed yet", Assert.IsType<InstanceDecision.Wait>(Decide("Pending:Wait", 3, Both)).Why);
        Assert.Equal("healthy, in too few probes in a row",
            Assert.IsType<InstanceDecision.Wait>(Decide("Pending:Wait", 3, Both, Healthy)).Why);
        Assert.Equal("status 502", Waiting(new ProbeResponse.Silent("status 502")));
        Assert.Equal("in phase secrets", Waiting(new ProbeResponse.Preparing(BootPhase.Secrets)));
        Assert.Equal("not healthy for 9 s", Waiting(Arbitrary.Unhealthy(TimeSpan.FromSeconds(9))));
        Assert.Equal(
            "not healthy for 9 s, restarted 2 times: exited with 1",
            Waiting(Arbitrary.Unhealthy(TimeSpan.FromSeconds(9), restarts: 2, lastEnd: "exited with 1")));

        static string Waiting(ProbeResponse response) =>
            Assert.IsType<InstanceDecision.Wait>(
                InstancePolicy.Decide(
                    Facts("Pending:Wait", 3, Both, response) with { LaunchedAt = Later }, Arbitrary.Rules, new Strategy.Replace())).Why;
    }

    [Fact]
    public void A_healthy_instance_waits_for_the_bake_time()
    {
        var facts = Facts("InService", 3, Both, Healthy, Healthy, Healthy) with { InServiceAt = Later.AddSeconds(-59) };
        Assert.Equal("the bake time is not over",
            Assert.IsType<InstanceDecision.Wait>(InstancePolicy.Decide(facts, Arbitrary.Rules, new Strategy.Replace())).Why);
    }

    [Theory]
    [InlineData(479, "exited with 1")]
    [InlineData(480, "in phase boot 8 min after its launch")]
    public void An_infrastructure_failure_is_of_the_machine(int age, string reason)
    {
        ProbeResponse response =
            age < 480 ? new ProbeResponse.Failed(OfMachine: true, "exited with 1") : new ProbeResponse.Preparing(BootPhase.Boot);
        var facts = Facts("Pending:Wait", 3, Both, response) with { LaunchedAt = Later.AddSeconds(-age) };
        Assert.Equal(
            $"machine: {reason}",
            Assert.IsType<InstanceDecision.Retry>(InstancePolicy.Decide(facts, Arbitrary.Rules, new Strategy.Replace())).Reason);
    }

    [Fact]
    public void A_release_that_no_machine_could_run_is_rejected_with_the_last_failure()
    {
        var attempts = new Attempts(Its, Arbitrary.Noon, 2, ["i-8", "i-9"], "machine: in phase pull 8 min after its launch");
        var failed = new ProbeResponse.Failed(OfMachine: true, "the registry is away", BootPhase.Pull);
        var facts = Facts("Pending:Wait", 3, Both.With(attempts), failed) with { FirstLaunch = Arbitrary.Noon };
        Assert.Equal(
            "no machine could run it within 30 min of its first launch: machine: the registry is away",
            Assert.IsType<InstanceDecision.RollBack>(InstancePolicy.Decide(facts, Arbitrary.Rules, new Strategy.Replace()))
                .Rejection.Reason);
    }

    private static InstanceDecision Decide(string state, long version, Records records, params ProbeResponse[] responses) =>
        InstancePolicy.Decide(Facts(state, version, records, responses), Arbitrary.Rules, new Strategy.Replace());

    private static InstanceFacts Facts(string state, long version, Records records, params ProbeResponse[] responses) =>
        Arbitrary.Facts(new GroupInstance("i-1", state, version), records, Later) with
        {
            LaunchedAt = Later.AddSeconds(-300),
            Evidence = Arbitrary.Evidence(Its, Later, responses),
            BakedCount = 1,
        };
}
