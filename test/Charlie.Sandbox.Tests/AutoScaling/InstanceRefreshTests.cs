using System.Xml.Linq;
using Charlie.Sandbox.AutoScaling;

namespace Charlie.Sandbox.Tests.AutoScaling;

public sealed class InstanceRefreshTests : IDisposable
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private RefreshWalk walk = new(1, desired: 4);

    public void Dispose() => walk.Dispose();

    [Fact]
    public void Checkpoints_and_the_bake_time_hold_the_refresh_for_as_long_as_they_say()
    {
        Of(10);
        var refresh = walk.Start(
            ("MinHealthyPercentage", 80), ("InstanceWarmup", 0), ("BakeTime", 300), ("CheckpointDelay", 600),
            ("CheckpointPercentages.member.1", 10), ("CheckpointPercentages.member.2", 50), ("CheckpointPercentages.member.3", 100));

        foreach (var (percentage, updated) in ((string, int)[])[("10", 1), ("50", 5)])
        {
            walk.Until(() => Reached().Contains(percentage), $"checkpoint {percentage}");
            walk.Advance(TimeSpan.FromSeconds(580), () => Assert.Equal(updated, walk.CountOf(2)));
            Assert.Equal((updated * 10, 10 - updated), (refresh.PercentageComplete, refresh.InstancesToUpdate));
            Assert.Equal(10, walk.InService);
        }

        walk.Until(() => refresh.Status == InstanceRefreshStatus.Baking, "baking");
        Assert.Equal("1", walk.Group.LaunchTemplate.Version);
        walk.Advance(TimeSpan.FromSeconds(290), () => Assert.Equal(InstanceRefreshStatus.Baking, refresh.Status));
        walk.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(InstanceRefreshStatus.Successful, refresh.Status);
        Assert.Equal("2", walk.Group.LaunchTemplate.Version);
        Assert.Equal(["10", "50"], Reached());
        Assert.Equal("600",
            (string?)walk.Cloud.Events.Of("EC2 Auto Scaling Instance Refresh Checkpoint Reached").First()["CheckpointDelay"]);
    }

    [Fact]
    public void A_last_checkpoint_below_all_refreshes_a_part()
    {
        var refresh = walk.Start(("MinHealthyPercentage", 0), ("CheckpointDelay", 0), ("CheckpointPercentages.member.1", 50));
        walk.Until(() => !refresh.IsActive, "ended");
        Assert.Equal((InstanceRefreshStatus.Successful, 50, 0), (refresh.Status, refresh.PercentageComplete, refresh.InstancesToUpdate));
        Assert.Equal(2, walk.CountOf(2));
    }

    [Fact]
    public void A_warm_up_holds_the_next_replacement()
    {
        var refresh = walk.Start(("MinHealthyPercentage", 75), ("InstanceWarmup", 200));
        walk.Until(() => walk.CountOf(2) == 1, "the first in service");
        walk.Advance(TimeSpan.FromSeconds(190), () => Assert.Equal(1, walk.CountOf(2)));
        Assert.Equal((0, 4), (refresh.PercentageComplete, refresh.InstancesToUpdate));
        Assert.Matches("^Waiting for instances to warm up before continuing. For example: i-[0-9a-f]+ is warming up.$",
            refresh.StatusReason);
        walk.Until(() => walk.CountOf(2) == 2, "the second in service");
        Assert.Equal((25, 3), (refresh.PercentageComplete, refresh.InstancesToUpdate));
    }

    [Fact]
    public void Matching_instances_are_skipped_only_where_that_is_asked_for()
    {
        Assert.True(End(walk.Start(("MinHealthyPercentage", 0))));
        var before = Ids();
        Assert.True(End(walk.Start(("MinHealthyPercentage", 0), ("SkipMatching", "true"))));
        Assert.Equal(before, Ids());
        Assert.True(End(walk.Start(("MinHealthyPercentage", 0))));
        Assert.Empty(before.Intersect(Ids()));
    }

    [Fact]
    public void What_is_launched_while_it_goes_on_comes_from_the_desired_configuration()
    {
        walk.Start(("MinHealthyPercentage", 100), ("InstanceWarmup", 3000));
        walk.Until(() => walk.CountOf(2) == 1, "the first in service");
        var old = walk.Group.Instances.First(instance => instance.Machine.Version.Number == 1);
        walk.Cloud.Call("autoscaling", "TerminateInstanceInAutoScalingGroup", ("InstanceId", old.Id),
            ("ShouldDecrementDesiredCapacity", "false"));
        walk.Until(() => walk.CountOf(2) == 2, "its replacement");
        Assert.Equal("ValidationError",
            Attempt("UpdateAutoScalingGroup", ("LaunchTemplate.LaunchTemplateName", "app"), ("LaunchTemplate.Version", "2")));
        walk.Cloud.Group("UpdateAutoScalingGroup", ("MaxSize", "9"));
    }

    [Theory]
    [InlineData(false, InstanceRefreshStatus.Failed)]
    [InlineData(true, InstanceRefreshStatus.RollbackSuccessful)]
    public void After_an_hour_of_replacements_that_do_not_come_up_it_fails_or_rolls_back(bool rollback, InstanceRefreshStatus end)
    {
        Of(4, SimulatedCloud.Hook(1, "launch", "LAUNCHING", 60));
        var refresh = walk.Start(("MinHealthyPercentage", 50), ("AutoRollback", rollback ? "true" : "false"));
        var start = walk.Cloud.Now;
        while (refresh.IsForward || refresh.Status == InstanceRefreshStatus.Pending)
        {
            Complete(version: 2, "ABANDON");
            walk.Cloud.Advance(TimeSpan.FromSeconds(5));
            Assert.True(walk.InService >= 2);
        }

        Assert.InRange(walk.Cloud.Now - start, Hour, Hour + TimeSpan.FromMinutes(2));
        Complete(version: 2, "ABANDON");
        for (var spent = TimeSpan.Zero; refresh.IsActive && spent < Hour; spent += TimeSpan.FromSeconds(5))
        {
            Complete(version: 1, "CONTINUE");
            walk.Cloud.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.Equal(end, refresh.Status);
        Assert.Equal(rollback, refresh.Rollback is not null);
        Assert.Equal("1", walk.Group.LaunchTemplate.Version);
        Assert.Equal(rollback ? 4 : 2, walk.CountOf(1));
    }

    [Fact]
    public void A_rollback_whose_own_replacements_do_not_come_up_fails_after_an_hour()
    {
        Of(2);
        var refresh = walk.Start(("MinHealthyPercentage", 50), ("BakeTime", 3600));
        walk.Until(() => refresh.Status == InstanceRefreshStatus.Baking, "baking");
        walk.Cloud.Cloud.Ec2.Instances.Capacity = 0;
        walk.Cloud.Group("RollbackInstanceRefresh");
        walk.Advance(Hour + TimeSpan.FromMinutes(1), () => Assert.True(walk.InService >= 1));
        Assert.Equal(InstanceRefreshStatus.RollbackFailed, refresh.Status);
        Assert.Contains("sufficient", refresh.StatusReason, StringComparison.Ordinal);
        Assert.Single(walk.Cloud.Events.Of("EC2 Auto Scaling Instance Refresh Rollback Failed"));
    }

    [Fact]
    public void A_rollback_does_not_wait_for_what_is_held_at_launch()
    {
        Of(2, SimulatedCloud.Hook(1, "launch", "LAUNCHING", 3600));
        var refresh = walk.Start(("MinHealthyPercentage", 50));
        walk.Until(() => walk.Group.Instances.Any(instance => instance.State == LifecycleState.PendingWait), "held");
        walk.Cloud.Group("RollbackInstanceRefresh");
        for (var step = 0; refresh.IsActive && step < 60; step++)
        {
            Complete(version: 1, "CONTINUE");
            walk.Cloud.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.Equal(InstanceRefreshStatus.RollbackSuccessful, refresh.Status);
        walk.Until(() => walk.IsAllOf(1), "all of version 1");
    }

    [Theory]
    [InlineData("Refresh", InstanceRefreshStatus.Successful, 4)]
    [InlineData("Ignore", InstanceRefreshStatus.Successful, 0)]
    [InlineData("Wait", InstanceRefreshStatus.Failed, 0)]
    public void Instances_protected_from_scale_in_are_treated_as_asked(string choice, InstanceRefreshStatus end, int updated)
    {
        Of(4, ("NewInstancesProtectedFromScaleIn", "true"));
        var refresh = walk.Start(("MinHealthyPercentage", 100), ("MaxHealthyPercentage", 200), ("ScaleInProtectedInstances", choice));
        walk.Advance(Hour + TimeSpan.FromMinutes(1), () => Assert.True(walk.InService >= 4));
        Assert.Equal(end, refresh.Status);
        Assert.Equal(updated, walk.CountOf(2));
        Assert.Equal(4, walk.Live);
    }

    [Fact]
    public void A_cancelled_refresh_lets_what_is_under_way_end_unless_told_otherwise()
    {
        Of(2, SimulatedCloud.Hook(1, "launch", "LAUNCHING", 3600));
        var refresh = walk.Start(("MinHealthyPercentage", 50));
        walk.Until(() => walk.Group.Instances.Any(instance => instance.State == LifecycleState.PendingWait), "held");
        walk.Cloud.Group("CancelInstanceRefresh");
        walk.Advance(TimeSpan.FromMinutes(5), () => Assert.Equal(InstanceRefreshStatus.Cancelling, refresh.Status));
        Assert.Equal("InstanceRefreshInProgress", Attempt("StartInstanceRefresh"));
        Assert.Equal("ActiveInstanceRefreshNotFound", Attempt("RollbackInstanceRefresh"));
        walk.Cloud.Group("CancelInstanceRefresh", ("WaitForTransitioningInstances", "false"));
        Assert.Equal(InstanceRefreshStatus.Cancelled, refresh.Status);
        Assert.Equal("ActiveInstanceRefreshNotFound", Attempt("CancelInstanceRefresh"));
    }

    [Fact]
    public void The_history_is_told_newest_first_in_pages_and_goes_with_the_group()
    {
        var ids = Enumerable.Range(0, 5).Select(_ => Cancelled()).Reverse().ToList();
        var first = walk.Cloud.Group("DescribeInstanceRefreshes", ("MaxRecords", "3"));
        var rest = walk.Cloud.Group("DescribeInstanceRefreshes", ("NextToken", first.Descendants("NextToken").Single().Value));
        Assert.Equal(ids, Described(first).Concat(Described(rest)));
        Assert.Equal([ids[1]], Described(walk.Cloud.Group("DescribeInstanceRefreshes", ("InstanceRefreshIds.member.1", ids[1]))));

        var refresh = walk.Start();
        walk.Cloud.Group("DeleteAutoScalingGroup", ("ForceDelete", "true"));
        Assert.Equal(InstanceRefreshStatus.Cancelled, refresh.Status);
        Assert.Equal("ScalingActivityInProgress", Attempt("StartInstanceRefresh"));
    }

    [Fact]
    public void A_suspended_process_stops_it()
    {
        walk.Cloud.Group("SuspendProcesses", ("ScalingProcesses.member.1", "InstanceRefresh"));
        var refresh = walk.Start(("MinHealthyPercentage", 0));
        walk.Advance(Hour * 2);
        Assert.Equal((InstanceRefreshStatus.InProgress, 4), (refresh.Status, walk.CountOf(1)));
        walk.Cloud.Group("ResumeProcesses");
        walk.Until(() => !refresh.IsActive, "ended");
        Assert.True(walk.IsAllOf(2) || walk.CountOf(2) == 4);
    }

    [Theory]
    [InlineData(90, 100)]
    [InlineData(100, 110)]
    public void A_thousand_instances_are_replaced(int min, int max)
    {
        Of(1000);
        var refresh = walk.Start(("MinHealthyPercentage", min), ("MaxHealthyPercentage", max));
        walk.Until(() => !refresh.IsActive, "ended");
        walk.Until(() => walk.IsAllOf(2), "all of version 2");
    }

    private void Of(int desired, params (string, string)[] more)
    {
        walk.Dispose();
        walk = new RefreshWalk(1, desired, more);
    }

    private bool End(GroupInstanceRefresh refresh)
    {
        walk.Until(() => !refresh.IsActive, "ended");
        walk.Until(() => walk.IsAllOf(2), "all of version 2");
        return refresh.Status == InstanceRefreshStatus.Successful;
    }

    private List<string> Ids() => [.. walk.Group.Instances.Select(instance => instance.Id)];

    private List<string?> Reached() =>
        [.. walk.Cloud.Events.Of("EC2 Auto Scaling Instance Refresh Checkpoint Reached")
            .Select(detail => (string?)detail["CheckpointPercentage"])];

    private string Cancelled()
    {
        var refresh = walk.Start();
        walk.Cloud.Group("CancelInstanceRefresh", ("WaitForTransitioningInstances", "false"));
        return refresh.Id;
    }

    private static IEnumerable<string> Described(XElement response) => response.Descendants("InstanceRefreshId").Select(id => id.Value);

    private string? Attempt(string action, params (string, string)[] parameters) =>
        walk.Cloud.Attempt("autoscaling", action, [("AutoScalingGroupName", "charlie"), .. parameters]).Error;

    private void Complete(int version, string result)
    {
        foreach (var held in walk.Group.Instances.Where(
            instance => instance.State == LifecycleState.PendingWait && instance.Machine.Version.Number == version).ToList())
        {
            walk.Cloud.Group("CompleteLifecycleAction", ("LifecycleHookName", "launch"), ("InstanceId", held.Id),
                ("LifecycleActionResult", result));
        }
    }
}
