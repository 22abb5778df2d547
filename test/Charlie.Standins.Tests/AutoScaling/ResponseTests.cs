using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;

namespace Charlie.Standins.Tests.AutoScaling;

public sealed class ResponseTests
{
    [Fact]
    public async Task A_group_is_read_whole()
    {
        var response = await CallAsync("DescribeAutoScalingGroups", aws => aws.DescribeAutoScalingGroupsAsync());
        var group = response.AutoScalingGroups[0];

        Assert.Equal("7c6e177f-f082-11e1-ac58-3714bEXAMPLE", response.ResponseMetadata.RequestId);
        Assert.Equal("page-2==", response.NextToken);
        Assert.Equal("my-asg", group.AutoScalingGroupName);
        Assert.EndsWith(":autoScalingGroupName/my-asg", group.AutoScalingGroupARN, StringComparison.Ordinal);
        Assert.Equal(new DateTime(2022, 11, 30, 20, 51, 38, 611, DateTimeKind.Utc), group.CreatedTime!.Value.ToUniversalTime());
        Assert.Equal(
            ("lt-0a4872e2c396d941c", "my-launch-template", "12"),
            (group.LaunchTemplate.LaunchTemplateId, group.LaunchTemplate.LaunchTemplateName, group.LaunchTemplate.Version));
        Assert.Equal((0, 2, 1), (group.MinSize, group.MaxSize, group.DesiredCapacity));
        Assert.Equal(
            (0, 100), (group.InstanceMaintenancePolicy.MinHealthyPercentage, group.InstanceMaintenancePolicy.MaxHealthyPercentage));
        Assert.Equal(["us-east-1a", "us-east-1b"], group.AvailabilityZones);
        Assert.Equal("AZRebalance", Assert.Single(group.SuspendedProcesses).ProcessName);
        Assert.Equal(WarmPoolState.Stopped, group.WarmPoolConfiguration.PoolState);
        Assert.True(group.WarmPoolConfiguration.InstanceReusePolicy.ReuseOnScaleIn);
        Assert.Null(group.WarmPoolConfiguration.Status);
        Assert.Equal(("EC2", 60), (group.HealthCheckType, group.HealthCheckGracePeriod));
        Assert.Single(group.TargetGroupARNs);
        Assert.False(group.NewInstancesProtectedFromScaleIn);
        Assert.Equal(["a <bot> & more", ""], group.Tags.Select(tag => tag.Value));
        Assert.Equal([true, false], group.Tags.Select(tag => tag.PropagateAtLaunch));
        Assert.Null(group.LoadBalancerNames);
        Assert.Null(group.MixedInstancesPolicy);
        Assert.Null(group.Status);
    }

    [Fact]
    public async Task Instances_have_their_own_template_version_and_a_state_even_if_it_is_a_new_one()
    {
        var response = await CallAsync("DescribeAutoScalingGroups", aws => aws.DescribeAutoScalingGroupsAsync());
        var instances = response.AutoScalingGroups[0].Instances;

        Assert.Equal("11", instances[0].LaunchTemplate.Version);
        Assert.Equal(LifecycleState.PendingWait, instances[0].LifecycleState);
        Assert.True(instances[0].LifecycleState == "Pending:Wait");
        Assert.True(instances[0].ProtectedFromScaleIn);
        Assert.Equal("SomethingNew:Wait", instances[1].LifecycleState.Value);
        Assert.Equal("Unhealthy", instances[1].HealthStatus);
        Assert.Null(instances[1].LaunchTemplate);
        Assert.Null(response.AutoScalingGroups[1].Instances);
    }

    [Fact]
    public async Task A_scheduled_action_is_read()
    {
        var response = await CallAsync(
            "DescribeScheduledActions", aws => aws.DescribeScheduledActionsAsync(new DescribeScheduledActionsRequest()));
        var action = Assert.Single(response.ScheduledUpdateGroupActions);

        Assert.Equal("page-2==", response.NextToken);
        Assert.Equal(("my-asg", "open"), (action.AutoScalingGroupName, action.ScheduledActionName));
        Assert.EndsWith("scheduledActionName/open", action.ScheduledActionARN, StringComparison.Ordinal);
        Assert.Equal(new DateTime(2026, 11, 23, 13, 0, 0, DateTimeKind.Utc), action.StartTime!.Value.ToUniversalTime());
        Assert.Equal(action.StartTime, action.Time);
        Assert.Equal(("0 10 * * 1-5", "America/Sao_Paulo"), (action.Recurrence, action.TimeZone));
        Assert.Equal((1, 2, 1), (action.MinSize, action.MaxSize, action.DesiredCapacity));
        Assert.Null(action.EndTime);
    }

    [Fact]
    public async Task A_mixed_instances_policy_is_read()
    {
        var response = await CallAsync("DescribeAutoScalingGroups", aws => aws.DescribeAutoScalingGroupsAsync());
        var policy = response.AutoScalingGroups[1].MixedInstancesPolicy;

        Assert.Equal("Delete in progress", response.AutoScalingGroups[1].Status);
        Assert.Equal("$Latest", policy.LaunchTemplate.LaunchTemplateSpecification.Version);
        Assert.Equal(
            [("t3.micro", "2"), ("t3a.micro", null)],
            policy.LaunchTemplate.Overrides.Select(item => (item.InstanceType, (string?)item.WeightedCapacity)));
        Assert.Equal((1, 50),
            (policy.InstancesDistribution.OnDemandBaseCapacity, policy.InstancesDistribution.OnDemandPercentageAboveBaseCapacity));
        Assert.Null(policy.InstancesDistribution.SpotInstancePools);
    }

    [Fact]
    public async Task Instances_by_id_are_read()
    {
        var response = await CallAsync("DescribeAutoScalingInstances", aws => aws.DescribeAutoScalingInstancesAsync());
        var instance = Assert.Single(response.AutoScalingInstances);

        Assert.Equal(
            ("i-12345678", "my-asg", "Terminating:Wait", "HEALTHY", "3"),
            (instance.InstanceId, instance.AutoScalingGroupName, instance.LifecycleState, instance.HealthStatus,
                instance.LaunchTemplate.Version));
        Assert.Null(response.NextToken);
    }

    [Fact]
    public async Task A_termination_returns_its_activity()
    {
        var response = await CallAsync("TerminateInstanceInAutoScalingGroup", aws => aws.TerminateInstanceInAutoScalingGroupAsync(
            new TerminateInstanceInAutoScalingGroupRequest { InstanceId = "i-bdae7a84", ShouldDecrementDesiredCapacity = false }));

        Assert.Equal(ScalingActivityStatusCode.InProgress, response.Activity.StatusCode);
        Assert.Equal("Terminating EC2 instance: i-bdae7a84", response.Activity.Description);
        Assert.Equal(0, response.Activity.Progress);
        Assert.Null(response.Activity.EndTime);
    }

    [Fact]
    public async Task Activities_are_read()
    {
        var response = await CallAsync("DescribeScalingActivities", aws => aws.DescribeScalingActivitiesAsync());
        var activity = Assert.Single(response.Activities);

        Assert.Equal(ScalingActivityStatusCode.Failed, activity.StatusCode);
        Assert.Equal("We currently do not have sufficient t3.micro capacity.", activity.StatusMessage);
        Assert.Equal(TimeSpan.FromMilliseconds(118), activity.EndTime - activity.StartTime);
        Assert.Equal("3ef417fe-9202-12", response.NextToken);
    }

    [Fact]
    public async Task Hooks_are_read()
    {
        var response = await CallAsync("DescribeLifecycleHooks", aws => aws.DescribeLifecycleHooksAsync(
            new DescribeLifecycleHooksRequest { AutoScalingGroupName = "my-asg" }));
        var hook = Assert.Single(response.LifecycleHooks);

        Assert.Equal(
            ("my-launch-hook", "autoscaling:EC2_INSTANCE_LAUNCHING", 3600, 172800, "ABANDON"),
            (hook.LifecycleHookName, hook.LifecycleTransition, hook.HeartbeatTimeout, hook.GlobalTimeout, hook.DefaultResult));
    }

    [Fact]
    public async Task Pages_follow_each_other_until_there_is_no_token()
    {
        await using var aws = (await RecordingAws.StartAsync())
            .ThenExample("DescribeAutoScalingGroups")
            .Then(200, RecordingAws.Example("DescribeAutoScalingGroups")
                .Replace("<NextToken>page-2==</NextToken>", "", StringComparison.Ordinal));
        using var client = aws.Client();
        var names = new List<string>();

        await foreach (var group in client.Paginators.DescribeAutoScalingGroups(new DescribeAutoScalingGroupsRequest()).AutoScalingGroups)
        {
            names.Add(group.AutoScalingGroupName);
        }

        Assert.Equal(["my-asg", "other-asg", "my-asg", "other-asg"], names);
        Assert.Equal([null, "page-2=="], aws.Seen.Select(request => request.Parameters.GetValueOrDefault("NextToken")));
    }

    private static async Task<T> CallAsync<T>(string example, Func<IAmazonAutoScaling, Task<T>> call)
    {
        await using var aws = (await RecordingAws.StartAsync()).ThenExample(example);
        using var client = aws.Client();
        return await call(client);
    }
}
