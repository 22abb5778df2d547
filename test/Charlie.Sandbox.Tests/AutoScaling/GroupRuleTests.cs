using System.Globalization;

namespace Charlie.Sandbox.Tests.AutoScaling;

/// <summary>What a group's settings do: termination policies, ELB health, lifetime, cooldown, mixed instances, tags.</summary>
public sealed class GroupRuleTests : IDisposable
{
    private readonly SimulatedCloud cloud = new();

    public void Dispose() => cloud.Dispose();

    [Theory]
    [InlineData("OldestInstance", 0)]
    [InlineData("NewestInstance", 2)]
    [InlineData("OldestLaunchTemplate", 0)]
    [InlineData("Default", 0)]
    [InlineData("ClosestToNextInstanceHour", 0)]
    public void A_termination_policy_chooses_who_goes(string policy, int gone)
    {
        cloud.CreateGroup(1, ("TerminationPolicies.member.1", policy));
        for (var count = 2; count <= 3; count++)
        {
            cloud.Advance(TimeSpan.FromMinutes(1));
            cloud.Group("SetDesiredCapacity", ("DesiredCapacity", count.ToString(CultureInfo.InvariantCulture)));
        }

        cloud.Until(() => cloud.States() is ["InService", "InService", "InService"], "in service");
        var ids = cloud.Instances().Select(one => one.Element("InstanceId")!.Value).ToList();
        cloud.Group("SetDesiredCapacity", ("DesiredCapacity", "2"));
        cloud.Until(() => cloud.States().Count == 2, "one gone");
        Assert.Equal(ids[gone], ids.Except(cloud.Instances().Select(one => one.Element("InstanceId")!.Value)).Single());
    }

    [Fact]
    public void The_zone_with_the_most_instances_gives_up_one_first()
    {
        cloud.CreateGroup(3, ("AvailabilityZones.member.2", "us-east-1b"), ("TerminationPolicies.member.1", "NewestInstance"));
        cloud.Until(() => cloud.States() is ["InService", "InService", "InService"], "in service");
        cloud.Group("SetDesiredCapacity", ("DesiredCapacity", "2"));
        cloud.Until(() => cloud.States().Count == 2, "one gone");
        Assert.Equal(["us-east-1a", "us-east-1b"], cloud.Instances().Select(one => one.Element("AvailabilityZone")!.Value).Order());
    }

    [Fact]
    public void With_ELB_health_an_unhealthy_target_is_replaced_after_the_grace_period()
    {
        cloud.CreateGroup(
            1, ("HealthCheckType", "ELB"), ("HealthCheckGracePeriod", "60"),
            ("TargetGroupARNs.member.1", "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/t/0123456789abcdef"));
        cloud.Until(() => cloud.States() is ["InService"], "in service");
        var id = cloud.IdOf("InService");
        cloud.Cloud.AutoScaling.TargetHealth.Set(id, healthy: false);
        cloud.Advance(TimeSpan.FromSeconds(50));
        Assert.Equal(id, cloud.IdOf("InService"));
        cloud.Until(() => cloud.Instances().Any(one => one.Element("InstanceId")!.Value != id), "another one");
        Assert.Contains("an ELB system health check failure.",
            cloud.Group("DescribeScalingActivities").Descendants("Cause")
                .Select(cause => cause.Value)
                .First(cause => cause.Contains("taken out", StringComparison.Ordinal)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void With_EC2_health_the_load_balancer_has_no_say()
    {
        cloud.CreateGroup(1);
        cloud.Group("AttachLoadBalancerTargetGroups", ("TargetGroupARNs.member.1", "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/t/0123456789abcdef"));
        cloud.Until(() => cloud.States() is ["InService"], "in service");
        var id = cloud.IdOf("InService");
        cloud.Cloud.AutoScaling.TargetHealth.Set(id, healthy: false);
        cloud.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(id, cloud.IdOf("InService"));
        Assert.Equal("InService", cloud.Group("DescribeLoadBalancerTargetGroups").Descendants("State").Single().Value);
    }

    [Fact]
    public void Cooldown_is_honored_where_the_caller_asks_for_it()
    {
        cloud.CreateGroup(1, ("DefaultCooldown", "120"));
        cloud.Until(() => cloud.States() is ["InService"], "in service");
        Assert.Equal("ScalingActivityInProgress", Honored());
        cloud.Advance(TimeSpan.FromSeconds(121));
        Assert.Null(Honored());

        string? Honored() => cloud.Attempt(
            "autoscaling",
            "SetDesiredCapacity",
            ("AutoScalingGroupName", "charlie"),
            ("DesiredCapacity", "2"),
            ("HonorCooldown", "true")).Error;
    }

    [Fact]
    public void A_mixed_instances_policy_launches_its_first_type_and_goes_with_a_launch_template()
    {
        const string Policy = "MixedInstancesPolicy.LaunchTemplate.";
        cloud.CreateGroup(0);
        cloud.Group(
            "UpdateAutoScalingGroup", ($"{Policy}LaunchTemplateSpecification.LaunchTemplateName", "app"),
            ($"{Policy}LaunchTemplateSpecification.Version", "1"), ($"{Policy}Overrides.member.1.InstanceType", "c7i.large"),
            ($"{Policy}Overrides.member.2.InstanceType", "m7i.large"), ("DesiredCapacity", "1"));
        cloud.Until(() => cloud.States() is ["InService"], "in service");
        Assert.Equal("c7i.large", cloud.Instances()[0].Element("InstanceType")!.Value);
        Assert.NotEmpty(cloud.Call("autoscaling", "DescribeAutoScalingGroups").Descendants("MixedInstancesPolicy"));
        cloud.Group("UpdateAutoScalingGroup", ("LaunchTemplate.LaunchTemplateName", "app"), ("LaunchTemplate.Version", "1"));
        Assert.Empty(cloud.Call("autoscaling", "DescribeAutoScalingGroups").Descendants("MixedInstancesPolicy"));
    }

    [Fact]
    public void An_instance_that_is_too_old_is_replaced()
    {
        cloud.CreateGroup(1, ("MaxInstanceLifetime", "86400"));
        cloud.Until(() => cloud.States() is ["InService"], "in service");
        var id = cloud.IdOf("InService");
        cloud.Advance(TimeSpan.FromHours(24));
        cloud.Until(() => cloud.Instances().Any(one => one.Element("InstanceId")!.Value != id), "another one");
    }

    [Fact]
    public void Tags_of_a_group_are_put_listed_and_deleted()
    {
        cloud.CreateGroup(0);
        cloud.Call("autoscaling", "CreateOrUpdateTags", [.. Tag("team", "bots"), ("Tags.member.1.PropagateAtLaunch", "true")]);
        cloud.Call("autoscaling", "CreateOrUpdateTags", Tag("Name", "charlie"));
        var tags = cloud.Call(
            "autoscaling", "DescribeTags", ("Filters.member.1.Name", "key"), ("Filters.member.1.Values.member.1", "team"));
        Assert.Equal("charlieauto-scaling-groupteambotstrue", tags.Descendants("member").Single().Value);
        cloud.Group("SetDesiredCapacity", ("DesiredCapacity", "1"));
        cloud.Until(() => cloud.States() is ["InService"], "in service");
        Assert.Equal("bots", cloud.Cloud.Ec2.Instances.Find(cloud.IdOf("InService"))!.Tags["team"]);
        cloud.Call("autoscaling", "DeleteTags", Tag("team", "bots"));
        Assert.Equal(["Name"], cloud.Call("autoscaling", "DescribeTags").Descendants("Key").Select(key => key.Value));
    }

    [Theory]
    [InlineData("HealthCheckType", "PING")]
    [InlineData("HealthCheckType", "EBS")]
    [InlineData("MaxInstanceLifetime", "60")]
    [InlineData("DefaultCooldown", "-1")]
    [InlineData("TerminationPolicies.member.1", "Youngest")]
    [InlineData("TerminationPolicies.member.1", "arn:aws:lambda:us-east-1:123456789012:function:choose")]
    [InlineData("DesiredCapacityType", "vcpu")]
    [InlineData("InstanceMaintenancePolicy.MinHealthyPercentage", "50")]
    [InlineData("TargetGroupARNs.member.1", "t")]
    [InlineData("Tags.member.1.Key", "aws:x")]
    [InlineData("Tags.member.1.Key", null)]
    [InlineData("PlacementGroup", "p")]
    [InlineData("CapacityRebalance", "true")]
    [InlineData("InstanceId", "i-0123456789abcdef0")]
    [InlineData("LoadBalancerNames.member.1", "classic")]
    [InlineData("MixedInstancesPolicy.InstancesDistribution.SpotMaxPrice", "1")]
    [InlineData("LifecycleHookSpecificationList.member.1.RoleARN", "r")]
    public void What_AWS_refuses_or_the_sandbox_does_not_play_is_refused(string name, string? value)
    {
        cloud.CreateGroup(0);
        var (document, error) = cloud.Attempt(
            "autoscaling", "CreateAutoScalingGroup", ("AutoScalingGroupName", "other"), ("MinSize", "0"), ("MaxSize", "1"),
            ("AvailabilityZones.member.1", "us-east-1a"), ("LaunchTemplate.LaunchTemplateName", "app"),
            (name, value ?? new string('x', 129)));
        Assert.True(error == "ValidationError", document.ToString());
        Assert.Null(cloud.Cloud.AutoScaling.Find("other"));
    }

    private static (string, string)[] Tag(string key, string value) =>
    [
        ("Tags.member.1.ResourceId", "charlie"), ("Tags.member.1.ResourceType", "auto-scaling-group"),
        ("Tags.member.1.Key", key), ("Tags.member.1.Value", value),
    ];
}
