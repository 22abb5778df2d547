using Charlie.Cli.Production;
using Charlie.Cli.Simulation;
using Charlie.Lambdas.Events;
using Charlie.Sandbox.Instances;

namespace Charlie.Simulation.Tests;

/// <summary>What each road costs: its calls, one by one, and how often it waits for AWS.</summary>
public sealed class RoundTripTests
{
    private const string Group = "DescribeAutoScalingGroups";

    private static readonly string[] Observe = [Group, "DescribeLaunchTemplateVersions", "DescribeLaunchTemplates"];

    private static readonly ImageBehaviour Healthy = new(BehaviourKind.Healthy, TimeSpan.FromSeconds(5), TimeSpan.Zero, null);

    private static readonly ImageBehaviour Exits = new(BehaviourKind.Exits, TimeSpan.FromSeconds(5), TimeSpan.Zero, "KeyError: 'BROKER_TOKEN'");

    [Fact]
    public void A_push_reads_once_and_makes_its_three_writes()
    {
        var road = Road.Walk(Healthy, Road.Push, slow: true, report => report.Outcome == Outcome.Started);

        Assert.Equal([.. Observe, "CreateLaunchTemplateVersion", "UpdateAutoScalingGroup", "TerminateInstanceInAutoScalingGroup"], road.Calls);
        Assert.Equal(4, road.RoundTrips);
    }

    [Fact]
    public void A_push_that_comes_again_reads_once()
    {
        var road = Road.Walk(Healthy, Road.PushAndPushAgain, slow: true, report => report.Outcome == Outcome.AlreadyCurrent);

        Assert.Equal(Observe, road.Calls);
        Assert.Equal(1, road.RoundTrips);
    }

    [Theory]
    [InlineData("Refresh")]
    [InlineData("Lifecycle")]
    public void A_sweep_with_nothing_to_do_reads_once_and_waits_for_nothing_else(string function)
    {
        var road = Road.Walk(Healthy, world => world.Events.FireSchedule(function + "Sweep"), slow: true, report => report.Outcome == Outcome.NothingToDo);

        Assert.Equal(Observe, road.Calls);
        Assert.Equal(1, road.RoundTrips);
    }

    [Fact]
    public void A_launch_is_followed_to_its_confirmation_with_what_lets_it_in_or_says_so_read_afresh()
    {
        var road = Road.Walk(Healthy, Road.Push, slow: false, report => report.Outcome == Outcome.Confirmed);

        string[] records = ["DescribeLaunchTemplateVersions", "DescribeLaunchTemplates"];
        Assert.Equal(
            [
                .. records, "DescribeInstances", .. records, "CompleteLifecycleAction",
                // In service: what a watch before may have written, and when it was seen.
                "DescribeInstances", "CreateTags",
                .. records, "CreateTags",
            ],
            road.Calls.Where(call => call != Group));
        // With each of the three readings, each second while AWS moves the instance, and each ten seconds of the bake's sixty.
        Assert.InRange(road.Calls.Count(call => call == Group), 3, 3 + 3 + 6);
    }

    [Fact]
    public void A_release_that_crashes_is_rolled_back_in_ten_calls()
    {
        var road = Road.Walk(Exits, Road.Push, slow: true, report => report.Outcome == Outcome.RolledBack);

        Assert.Equal(
            [.. Observe, "DescribeInstances", .. Observe, "CreateTags", "UpdateAutoScalingGroup", "CompleteLifecycleAction"], road.Calls);
        Assert.Equal(6, road.RoundTrips);
    }

    [Fact]
    public void An_instance_is_let_in_within_its_probes_and_the_calls()
    {
        var road = Road.Walk(Healthy, Road.Push, slow: false, report => report.Outcome == Outcome.Confirmed);

        var firstHealthy = road.Report.Timings!.FirstHealthyAt!.Value;
        var completed = road.AtOf("CompleteLifecycleAction");
        // Three probes, two waits of 250 ms between them; then one reading and the call itself, of which each takes at
        // most 58 ms here, and each probe 12 ms.
        Assert.InRange((completed - firstHealthy).TotalMilliseconds, 500, (2 * 250) + (2 * 12) + (2 * 58));
    }
}
