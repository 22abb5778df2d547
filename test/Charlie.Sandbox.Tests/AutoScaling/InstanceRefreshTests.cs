using Charlie.Sandbox.AutoScaling;
using Charlie.Sandbox.AutoScaling.InstanceRefreshes;
using CsCheck;

namespace Charlie.Sandbox.Tests.AutoScaling;

/// <summary>Instance refreshes on a clock that only the test moves.</summary>
public sealed class InstanceRefreshTests
{
    /// <summary>The percentages that people use: AWS's default, half, all at once, launch before terminate, a mixture.</summary>
    private static readonly (int Least, int Most)[] Percentages = [(90, 100), (50, 100), (0, 100), (100, 200), (100, 110), (60, 150)];

    [Fact]
    public void It_replaces_everything_and_never_leaves_fewer_or_runs_more_than_the_percentages_allow() =>
        Gen.Select(Gen.Int[1, 12], Gen.Int[0, Percentages.Length - 1], Gen.Int[0, 30]).Sample((size, choice, warmup) =>
        {
            using var cloud = Grown(size);
            var (least, most) = Percentages[choice];
            var group = cloud.Cloud.AutoScaling.Find("charlie")!;
            var floor = Math.Min(((size * least) + 99) / 100, most > 100 ? size : size - 1);
            Start(cloud, least, most, ("Preferences.InstanceWarmup", $"{warmup}"));
            cloud.Until(
                () =>
                {
                    Assert.InRange(group.Instances.Count(instance => instance.State == LifecycleState.InService), floor, size + size);
                    Assert.InRange(group.Instances.Count(instance => LifecycleStates.Counts(instance.State)), 0, Math.Max(size, ((size * most) + 99) / 100));
                    return group.ActiveRefresh is null;
                },
                "the end of the refresh");
            var refresh = group.Refreshes.Single();
            Assert.Equal((InstanceRefreshStatus.Successful, 100, 0), (refresh.Status, refresh.PercentageComplete, refresh.InstancesToUpdate));
            Assert.Equal("2", group.LaunchTemplate.Version);
            cloud.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal(size, group.Instances.Count);
            Assert.All(group.Instances, instance => Assert.Equal((LifecycleState.InService, 2), (instance.State, instance.Machine.Version.Number)));
            Assert.Single(cloud.Events.All, one => one.DetailType == "EC2 Auto Scaling Instance Refresh Succeeded");
        }, iter: 25);

    [Fact]
    public void Cancelled_or_rolled_back_at_any_moment_the_group_comes_to_rest_at_its_size() =>
        Gen.Select(Gen.Int[1, 8], Gen.Int[0, Percentages.Length - 1], Gen.Int[1, 120], Gen.Bool).Sample((size, choice, moment, back) =>
        {
            using var cloud = Grown(size);
            var group = cloud.Cloud.AutoScaling.Find("charlie")!;
            Start(cloud, Percentages[choice].Least, Percentages[choice].Most, ("Preferences.InstanceWarmup", "0"), ("Preferences.AutoRollback", "true"));
            cloud.Advance(TimeSpan.FromSeconds(moment));
            var (_, error) = cloud.Try("autoscaling", back ? "RollbackInstanceRefresh" : "CancelInstanceRefresh", ("AutoScalingGroupName", "charlie"));
            if (error is not null)
            {
                Assert.Equal(("ActiveInstanceRefreshNotFound", InstanceRefreshStatus.Successful), (error, group.Refreshes.Single().Status));
                return;
            }

            Assert.Equal("InstanceRefreshInProgress", cloud.Try("autoscaling", "StartInstanceRefresh", ("AutoScalingGroupName", "charlie")).Error);
            cloud.Until(() => group.ActiveRefresh is null, "the end");
            cloud.Advance(TimeSpan.FromMinutes(2));
            Assert.Equal(back ? InstanceRefreshStatus.RollbackSuccessful : InstanceRefreshStatus.Cancelled, group.Refreshes.Single().Status);
            Assert.Equal(back ? 0 : 1, cloud.Events.All.Count(one => one.DetailType == "EC2 Auto Scaling Instance Refresh Cancelled"));
            Assert.Equal("1", group.LaunchTemplate.Version);
            Assert.Equal(Enumerable.Repeat(LifecycleState.InService, size), group.Instances.Select(instance => instance.State));
            Assert.True(!back || group.Instances.All(instance => instance.Machine.Version.Number == 1));
        }, iter: 40);

    [Fact]
    public void What_never_comes_up_is_given_up_after_an_hour_and_rolled_back_where_that_was_asked_for()
    {
        using var cloud = Grown(2, SimulatedCloud.Hook(1, "launch", "LAUNCHING", 7200, "CONTINUE"));
        var group = cloud.Cloud.AutoScaling.Find("charlie")!;
        Start(cloud, 50, 100, ("Preferences.AutoRollback", "true"));
        cloud.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(InstanceRefreshStatus.InProgress, group.Refreshes[0].Status);
        cloud.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(InstanceRefreshStatus.RollbackInProgress, group.Refreshes[0].Status);
        Assert.StartsWith("Instance refresh automatically rolled back", group.Refreshes[0].Rollback!.Reason, StringComparison.Ordinal);
        LetIn(cloud, group);
        cloud.Until(() => group.Refreshes[0].Status == InstanceRefreshStatus.RollbackSuccessful, "the rollback");
        Assert.All(group.Instances, instance => Assert.Equal(1, instance.Machine.Version.Number));
        Assert.DoesNotContain(cloud.Events.All, one => one.DetailType.EndsWith("Refresh Failed", StringComparison.Ordinal));
    }

    [Fact]
    public void It_stands_at_its_checkpoints_and_bakes_at_its_end()
    {
        using var cloud = Grown(4);
        var group = cloud.Cloud.AutoScaling.Find("charlie")!;
        Start(
            cloud, 50, 100, ("Preferences.InstanceWarmup", "0"), ("Preferences.CheckpointPercentages.member.1", "25"),
            ("Preferences.CheckpointPercentages.member.2", "100"), ("Preferences.CheckpointDelay", "600"), ("Preferences.BakeTime", "300"));
        cloud.Until(() => cloud.Events.All.Any(one => one.DetailType.EndsWith("Checkpoint Reached", StringComparison.Ordinal)), "the first checkpoint");
        cloud.Advance(TimeSpan.FromSeconds(590));
        Assert.Equal(1, group.Instances.Count(instance => instance.Machine.Version.Number == 2));
        cloud.Until(() => group.Refreshes[0].Status == InstanceRefreshStatus.Baking, "the bake");
        var begun = cloud.Now;
        cloud.Until(() => group.Refreshes[0].Status == InstanceRefreshStatus.Successful, "the end");
        Assert.True(cloud.Now - begun >= TimeSpan.FromSeconds(300));
    }

    [Fact]
    public void While_one_with_a_desired_configuration_runs_the_group_takes_no_other_template_and_launches_from_it()
    {
        using var cloud = Grown(1);
        var group = cloud.Cloud.AutoScaling.Find("charlie")!;
        Start(cloud, 0, 100, ("Preferences.InstanceWarmup", "3000"));
        var update = cloud.Try("autoscaling", "UpdateAutoScalingGroup", ("AutoScalingGroupName", "charlie"), ("LaunchTemplate.LaunchTemplateName", "app"), ("LaunchTemplate.Version", "1"));
        Assert.Equal("ValidationError", update.Error);
        Assert.Contains("active instance refresh", update.Document.Value, StringComparison.Ordinal);
        cloud.Until(() => group.Instances is [{ State: LifecycleState.InService, Machine.Version.Number: 2 }], "the new one");
        cloud.Cloud.Ec2.Instances.Kill(group.Instances[0].Machine);
        cloud.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal([2], group.Instances.Select(instance => instance.Machine.Version.Number));
    }

    [Theory]
    [InlineData("Preferences.MinHealthyPercentage", "101")]
    [InlineData("Preferences.MaxHealthyPercentage", "150")]
    [InlineData("Preferences.CheckpointPercentages.member.1", "0")]
    [InlineData("Preferences.CheckpointDelay", "60")]
    [InlineData("Preferences.BakeTime", "172801")]
    [InlineData("Preferences.AutoRollback", "true")]
    [InlineData("Preferences.StandbyInstances", "Maybe")]
    [InlineData("Strategy", "Sideways")]
    [InlineData("DesiredConfiguration.LaunchTemplate.LaunchTemplateName", "other")]
    public void A_wrong_order_is_refused_and_begins_nothing(string name, string value)
    {
        using var cloud = Grown(1);
        Assert.Equal("ValidationError", cloud.Try("autoscaling", "StartInstanceRefresh", ("AutoScalingGroupName", "charlie"), (name, value)).Error);
        Assert.Empty(cloud.Cloud.AutoScaling.Find("charlie")!.Refreshes);
    }

    [Fact]
    public void What_has_no_desired_configuration_cannot_be_rolled_back_and_nothing_that_ended_cancelled()
    {
        using var cloud = Grown(1);
        cloud.Group("StartInstanceRefresh");
        Assert.Equal("IrreversibleInstanceRefresh", cloud.Try("autoscaling", "RollbackInstanceRefresh", ("AutoScalingGroupName", "charlie")).Error);
        cloud.Until(() => cloud.Cloud.AutoScaling.Find("charlie")!.ActiveRefresh is null, "the end");
        Assert.Equal("ActiveInstanceRefreshNotFound", cloud.Try("autoscaling", "CancelInstanceRefresh", ("AutoScalingGroupName", "charlie")).Error);
    }

    [Fact]
    public void A_thousand_instances_are_replaced()
    {
        using var cloud = Grown(1000);
        var group = cloud.Cloud.AutoScaling.Find("charlie")!;
        Start(cloud, 75, 100, ("Preferences.InstanceWarmup", "0"));
        cloud.Until(() => group.ActiveRefresh is null, "the end");
        Assert.Equal(1000, group.Instances.Count(instance => instance is { State: LifecycleState.InService, Machine.Version.Number: 2 }));
    }

    private static SimulatedCloud Grown(int size, params (string, string)[] hook)
    {
        var cloud = new SimulatedCloud();
        cloud.CreateGroup(Math.Min(size, 4), hook);
        cloud.Group("UpdateAutoScalingGroup", ("MaxSize", $"{size * 2}"), ("DesiredCapacity", $"{size}"));
        var group = cloud.Cloud.AutoScaling.Find("charlie")!;
        if (hook.Length > 0)
        {
            LetIn(cloud, group);
        }

        cloud.Until(() => group.Instances.Count(instance => instance.State == LifecycleState.InService) == size, "grown");
        cloud.Call("ec2", "CreateLaunchTemplateVersion", ("LaunchTemplateName", "app"), ("SourceVersion", "1"), ("LaunchTemplateData.KeyName", "k"));
        return cloud;
    }

    private static void LetIn(SimulatedCloud cloud, AutoScalingGroup group)
    {
        for (var second = 0; second < 120; second++)
        {
            cloud.Advance(TimeSpan.FromSeconds(1));
            foreach (var waiting in group.Instances.Where(instance => instance.State == LifecycleState.PendingWait && instance.Machine.Version.Number == 1).ToList())
            {
                cloud.Group("CompleteLifecycleAction", ("LifecycleHookName", "launch"), ("InstanceId", waiting.Id), ("LifecycleActionResult", "CONTINUE"));
            }
        }
    }

    private static void Start(SimulatedCloud cloud, int least, int most, params (string, string)[] more) =>
        cloud.Group(
            "StartInstanceRefresh",
            [
                ("DesiredConfiguration.LaunchTemplate.LaunchTemplateName", "app"), ("DesiredConfiguration.LaunchTemplate.Version", "2"),
                ("Preferences.MinHealthyPercentage", $"{least}"), ("Preferences.MaxHealthyPercentage", $"{most}"), ("Preferences.SkipMatching", "true"), .. more,
            ]);
}
