using Charlie.Sandbox.Context;

namespace Charlie.Sandbox.Tests.AutoScaling;

/// <summary>What a lowered desired capacity takes, and what a handover relies on.</summary>
public sealed class ScaleInTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_waiting_instance_may_or_may_not_go_when_the_group_shrinks(bool takesWaiting)
    {
        using var cloud = new SimulatedCloud(timings: new AwsTimings { ScaleInTakesWaiting = takesWaiting });
        cloud.CreateGroup(1);
        cloud.Until(() => cloud.States() is ["InService"], "in service");
        var trader = cloud.IdOf("InService");
        cloud.Group("SetInstanceProtection", ("InstanceIds.member.1", trader), ("ProtectedFromScaleIn", "true"));
        cloud.Group(
            "PutLifecycleHook", ("LifecycleHookName", "launch"), ("LifecycleTransition", "autoscaling:EC2_INSTANCE_LAUNCHING"),
            ("HeartbeatTimeout", "1800"), ("DefaultResult", "ABANDON"));
        cloud.Group("UpdateAutoScalingGroup", ("MinSize", "1"), ("MaxSize", "2"), ("DesiredCapacity", "2"));
        cloud.Until(() => cloud.States().Contains("Pending:Wait"), "a second one waits");
        var second = cloud.IdOf("Pending:Wait");

        cloud.Group("UpdateAutoScalingGroup", ("DesiredCapacity", "1"));
        cloud.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(takesWaiting ? ["InService"] : ["InService", "Pending:Wait"], cloud.States().Order(StringComparer.Ordinal));
        if (!takesWaiting)
        {
            cloud.Group(
                "CompleteLifecycleAction", ("LifecycleHookName", "launch"), ("InstanceId", second), ("LifecycleActionResult", "ABANDON"));
        }

        cloud.Until(() => cloud.States() is ["InService"], "one left");
        cloud.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal([trader], cloud.Instances().Select(one => one.Element("InstanceId")!.Value));
    }

    [Fact]
    public void An_instance_is_not_terminated_below_the_minimum()
    {
        using var cloud = new SimulatedCloud();
        cloud.CreateGroup(1);
        cloud.Until(() => cloud.States() is ["InService"], "in service");
        cloud.Group("UpdateAutoScalingGroup", ("MinSize", "1"));
        var (document, error) = cloud.Attempt(
            "autoscaling", "TerminateInstanceInAutoScalingGroup",
            ("InstanceId", cloud.IdOf("InService")), ("ShouldDecrementDesiredCapacity", "true"));
        Assert.Equal("ValidationError", error);
        Assert.StartsWith(
            "Currently, desiredSize equals minSize (1).", document.Descendants("Message").Single().Value, StringComparison.Ordinal);
        Assert.Equal(["InService"], cloud.States());
    }
}
