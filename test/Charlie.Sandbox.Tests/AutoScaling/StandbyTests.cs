namespace Charlie.Sandbox.Tests.AutoScaling;

/// <summary>Standby, detaching and scale-in protection of a group's instances.</summary>
public sealed class StandbyTests : IDisposable
{
    private readonly SimulatedCloud cloud = new();

    public StandbyTests()
    {
        cloud.CreateGroup(2);
        cloud.Until(() => cloud.States() is ["InService", "InService"], "in service");
    }

    public void Dispose() => cloud.Dispose();

    [Fact]
    public void An_instance_goes_to_standby_and_comes_back()
    {
        var id = cloud.IdOf("InService");
        var activity = Move("EnterStandby", id, ("ShouldDecrementDesiredCapacity", "true"));
        Assert.Equal($"Moving EC2 instance to Standby: {id}", activity);
        Assert.Contains("EnteringStandby", cloud.States());
        cloud.Until(() => cloud.States().Contains("Standby"), "in standby");
        Assert.Equal(1, Desired());
        cloud.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, cloud.States().Count);

        Move("ExitStandby", id);
        Assert.Equal(2, Desired());
        cloud.Until(() => cloud.States() is ["InService", "InService"], "in service again");
        Assert.Equal(2, cloud.Instances().Count);
        Assert.Equal(id, cloud.Cloud.Ec2.Instances.Find(id)!.Id);
    }

    [Fact]
    public void Standby_without_a_decrement_launches_another()
    {
        Move("EnterStandby", cloud.IdOf("InService"), ("ShouldDecrementDesiredCapacity", "false"));
        cloud.Until(() => cloud.States().Count(state => state == "InService") == 2, "another one");
        Assert.Equal(3, cloud.States().Count);
    }

    [Fact]
    public void No_health_check_replaces_an_instance_in_standby_but_it_may_be_terminated()
    {
        var id = cloud.IdOf("InService");
        Move("EnterStandby", id, ("ShouldDecrementDesiredCapacity", "true"));
        cloud.Until(() => cloud.States().Contains("Standby"), "in standby");
        cloud.Call("autoscaling", "SetInstanceHealth", ("InstanceId", id), ("HealthStatus", "Unhealthy"),
            ("ShouldRespectGracePeriod", "false"));
        cloud.Advance(TimeSpan.FromMinutes(1));
        Assert.Contains("Standby", cloud.States());
        cloud.Call("autoscaling", "TerminateInstanceInAutoScalingGroup", ("InstanceId", id), ("ShouldDecrementDesiredCapacity", "true"));
        cloud.Until(() => cloud.States() is ["InService"], "gone");
        Assert.Equal(1, Desired());
    }

    [Fact]
    public void A_detached_instance_runs_on_without_its_group()
    {
        var id = cloud.IdOf("InService");
        Assert.Equal($"Detaching EC2 instance: {id}", Move("DetachInstances", id, ("ShouldDecrementDesiredCapacity", "false")));
        cloud.Until(
            () => cloud.States() is ["InService", "InService"] && cloud.Instances().All(one => one.Element("InstanceId")!.Value != id),
            "another");
        var machine = cloud.Cloud.Ec2.Instances.Find(id)!;
        Assert.True(machine.IsAlive);
        Assert.Null(machine.Tags["aws:autoscaling:groupName"]);
    }

    [Fact]
    public void A_protected_instance_is_not_the_one_that_goes()
    {
        var oldest = cloud.Instances()[0].Element("InstanceId")!.Value;
        cloud.Group("SetInstanceProtection", ("InstanceIds.member.1", oldest), ("ProtectedFromScaleIn", "true"));
        cloud.Group("SetDesiredCapacity", ("DesiredCapacity", "1"));
        cloud.Until(() => cloud.States() is ["InService"], "one left");
        Assert.Equal(oldest, cloud.IdOf("InService"));
        cloud.Group("SetDesiredCapacity", ("DesiredCapacity", "0"));
        cloud.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(["InService"], cloud.States());
        cloud.Group("SetInstanceProtection", ("InstanceIds.member.1", oldest), ("ProtectedFromScaleIn", "false"));
        cloud.Until(() => cloud.States() is [], "gone");
    }

    [Fact]
    public void Only_what_is_in_service_can_be_protected()
    {
        cloud.Group("SetDesiredCapacity", ("DesiredCapacity", "3"));
        cloud.Until(() => cloud.States().Contains("Pending"), "another one");
        var (document, error) = cloud.Attempt(
            "autoscaling", "SetInstanceProtection",
            [
                ("AutoScalingGroupName", "charlie"), ("InstanceIds.member.1", cloud.IdOf("Pending")), ("ProtectedFromScaleIn", "true"),
            ]);
        Assert.Equal("ValidationError", error);
        Assert.Contains(
            "is not in InService or EnteringStandby or Standby.",
            document.Descendants("Message").Single().Value,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("EnterStandby", "i-0123456789abcdef0", "is not part of Auto Scaling group charlie")]
    [InlineData("ExitStandby", null, "is not in Standby")]
    [InlineData("EnterStandby", "", "At least one instance id")]
    public void What_cannot_be_moved_is_refused(string action, string? id, string message)
    {
        var (document, error) = cloud.Attempt(
            "autoscaling", action,
            [("AutoScalingGroupName", "charlie"), .. action == "EnterStandby" ? new[] { ("ShouldDecrementDesiredCapacity", "true") } : [],
                .. id is "" ? [] : new[] { ("InstanceIds.member.1", id ?? cloud.IdOf("InService")) }]);
        Assert.Equal("ValidationError", error);
        Assert.Contains(message, document.Descendants("Message").Single().Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_of_the_group_are_kept()
    {
        cloud.Group("UpdateAutoScalingGroup", ("MinSize", "2"), ("MaxSize", "2"));
        var id = cloud.IdOf("InService");
        Assert.Equal("ValidationError", cloud.Attempt(
            "autoscaling", "EnterStandby", ("AutoScalingGroupName", "charlie"), ("InstanceIds.member.1", id),
            ("ShouldDecrementDesiredCapacity", "true")).Error);
        Move("EnterStandby", id, ("ShouldDecrementDesiredCapacity", "false"));
        cloud.Until(() => cloud.States().Contains("Standby"), "in standby");
        Assert.Equal("ValidationError", cloud.Attempt(
            "autoscaling", "ExitStandby", ("AutoScalingGroupName", "charlie"), ("InstanceIds.member.1", id)).Error);
    }

    private string Move(string action, string id, params (string Name, string Value)[] more) =>
        cloud.Group(action, [("InstanceIds.member.1", id), .. more]).Descendants("Description").First().Value;

    private int Desired() => cloud.Cloud.AutoScaling.Find("charlie")!.DesiredCapacity;
}
