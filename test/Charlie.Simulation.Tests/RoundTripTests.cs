using Charlie.Lambdas.Reports;
using Charlie.Simulation.Images;

namespace Charlie.Simulation.Tests;

/// <summary>What each kind of run costs: its calls, one by one, and how often it waits for AWS.</summary>
public sealed class RoundTripTests
{
    private const string Group = "DescribeAutoScalingGroups";

    private static readonly string[] ReadAll = [Group, "DescribeLaunchTemplateVersions", "DescribeLaunchTemplates"];

    private static readonly ImageBehaviour Healthy = new(BehaviourKind.Healthy, TimeSpan.FromSeconds(5), TimeSpan.Zero, null);

    private static readonly ImageBehaviour CannotRun =
        new(BehaviourKind.CannotRun, TimeSpan.FromSeconds(5), TimeSpan.Zero, "KeyError: 'BROKER_TOKEN'");

    [Fact]
    public void A_push_reads_once_and_makes_its_three_writes()
    {
        var trace = CallTrace.Record(Healthy, CallTrace.Push, slow: true, report => report.Outcome == Outcome.Started);

        Assert.Equal([.. ReadAll, "CreateLaunchTemplateVersion", "UpdateAutoScalingGroup", "TerminateInstanceInAutoScalingGroup"],
            trace.Calls);
        Assert.Equal(4, trace.RoundTrips);
    }

    [Fact]
    public void A_push_delivered_again_reads_once()
    {
        var trace = CallTrace.Record(Healthy, CallTrace.PushAndPushAgain, slow: true, report => report.Outcome == Outcome.AlreadyCurrent);

        Assert.Equal(ReadAll, trace.Calls);
        Assert.Equal(1, trace.RoundTrips);
    }

    [Theory]
    [InlineData("Refresh", 1)]
    // Whatever is in service is probed once, at its address.
    [InlineData("Lifecycle", 2, "DescribeInstances")]
    public void A_sweep_with_nothing_to_do_reads_once(string function, int roundTrips, params string[] more)
    {
        var trace = CallTrace.Record(Healthy, environment => environment.Events.FireSchedule(function + "Sweep"), slow: true, report =>
            report.Outcome == Outcome.NothingToDo);

        Assert.Equal([.. ReadAll, .. more], trace.Calls);
        Assert.Equal(roundTrips, trace.RoundTrips);
    }

    [Fact]
    public void A_launch_reads_again_before_it_admits_and_before_it_confirms()
    {
        var trace = CallTrace.Record(Healthy, CallTrace.Push, slow: false, report => report.Outcome == Outcome.Confirmed);

        string[] records = ["DescribeLaunchTemplateVersions", "DescribeLaunchTemplates"];
        Assert.Equal(
            [
                .. records, "DescribeInstances", .. records, "CompleteLifecycleAction",
                // In service: what a watch before may have written, and when it was seen.
                "DescribeInstances", "CreateTags",
                .. records, "CreateTags",
            ],
            trace.Calls.Where(call => call != Group));
        // With each of the three readings, each second while AWS moves the instance, and each ten seconds of the bake's sixty.
        Assert.InRange(trace.Calls.Count(call => call == Group), 3, 3 + 3 + 6);
    }

    [Fact]
    public void A_release_that_cannot_run_is_rolled_back_in_ten_calls()
    {
        var trace = CallTrace.Record(CannotRun, CallTrace.Push, slow: true, report => report.Outcome == Outcome.RolledBack);

        Assert.Equal(
            [.. ReadAll, "DescribeInstances", .. ReadAll, "CreateTags", "UpdateAutoScalingGroup", "CompleteLifecycleAction"], trace.Calls);
        Assert.Equal(6, trace.RoundTrips);
    }

    [Fact]
    public void An_instance_is_admitted_within_its_probes_and_two_calls()
    {
        var trace = CallTrace.Record(Healthy, CallTrace.Push, slow: false, report => report.Outcome == Outcome.Confirmed);

        var firstHealthy = trace.Report.Timings!.FirstHealthyAt!.Value;
        var completed = trace.AtOf("CompleteLifecycleAction");
        // Three probes, two waits of 250 ms between them; then one reading and the call itself, of which each takes at
        // most 58 ms here, and each probe 12 ms.
        Assert.InRange((completed - firstHealthy).TotalMilliseconds, 500, (2 * 250) + (2 * 12) + (2 * 58));
    }
}
