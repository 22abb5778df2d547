using static Charlie.Sandbox.Tests.AutoScaling.SimulatedCloud;

namespace Charlie.Sandbox.Tests.AutoScaling;

public sealed class LifecycleTests : IDisposable
{
    private readonly SimulatedCloud cloud = new();

    public void Dispose() => cloud.Dispose();

    [Fact]
    public void A_launch_hook_holds_the_instance_until_its_action_is_completed()
    {
        cloud.CreateGroup(1, Hook(1, "launch", "LAUNCHING"));
        cloud.Until(() => cloud.States() is ["Pending:Wait"], "held at launch");
        var instance = cloud.IdOf("Pending:Wait");
        var begun = cloud.Events.Of("EC2 Instance-launch Lifecycle Action").Single();
        Assert.Equal(
            """{"LifecycleActionToken":"T","AutoScalingGroupName":"charlie","LifecycleHookName":"launch","EC2InstanceId":"I","LifecycleTransition":"autoscaling:EC2_INSTANCE_LAUNCHING","NotificationMetadata":"charlie","Origin":"EC2","Destination":"AutoScalingGroup"}""",
            begun.ToJsonString().Replace((string)begun["LifecycleActionToken"]!, "T", StringComparison.Ordinal)
                .Replace(instance, "I", StringComparison.Ordinal));
        Assert.Equal("MidLifecycleAction", Activities()[0]);

        cloud.Group("CompleteLifecycleAction", ("LifecycleHookName", "launch"), ("InstanceId", instance),
            ("LifecycleActionResult", "CONTINUE"));
        Assert.Equal(["Pending:Proceed"], cloud.States());
        var again = cloud.Attempt(
            "autoscaling", "CompleteLifecycleAction", ("AutoScalingGroupName", "charlie"), ("LifecycleHookName", "launch"),
            ("InstanceId", instance), ("LifecycleActionResult", "CONTINUE"));
        Assert.Equal(("ValidationError", $"No active Lifecycle Action found with instance ID {instance}"),
            (again.Error, again.Document.Descendants("Message").Single().Value));

        cloud.Until(() => cloud.States() is ["InService"], "in service");
        var successful = cloud.Events.All.Single(one => one.DetailType == "EC2 Instance Launch Successful");
        Assert.Equal(["StatusCode", "Description", "AutoScalingGroupName", "ActivityId", "Details", "RequestId",
            "StatusMessage", "EndTime", "EC2InstanceId", "StartTime", "Cause", "Origin", "Destination"],
            successful.Detail.Select(member => member.Key));
        Assert.Equal($"arn:aws:ec2:us-east-1:123456789012:instance/{instance}", successful.Resources[1]);
        Assert.Equal(["Successful"], Activities());
        Assert.Equal("one", cloud.Cloud.Ec2.Instances.Find(instance)!.Tags["charlie:image"]);
        Assert.Equal("1", cloud.Cloud.Ec2.Instances.Find(instance)!.Tags["aws:ec2launchtemplate:version"]);
        Assert.Equal("charlie", cloud.Cloud.Ec2.Instances.Find(instance)!.Tags["aws:autoscaling:groupName"]);
    }

    [Fact]
    public void An_abandoned_launch_is_terminated_and_another_launched_from_what_is_pinned_then()
    {
        cloud.CreateGroup(1, Hook(1, "launch", "LAUNCHING"));
        cloud.Until(() => cloud.States() is ["Pending:Wait"], "held at launch");
        var first = cloud.IdOf("Pending:Wait");
        cloud.Call("ec2", "CreateLaunchTemplateVersion", ("LaunchTemplateName", "app"), ("SourceVersion", "1"),
            ("LaunchTemplateData.KeyName", "k"));
        cloud.Group("UpdateAutoScalingGroup", ("LaunchTemplate.LaunchTemplateName", "app"), ("LaunchTemplate.Version", "2"));
        var token = (string)cloud.Events.Of("EC2 Instance-launch Lifecycle Action").Single()["LifecycleActionToken"]!;
        cloud.Group("CompleteLifecycleAction", ("LifecycleHookName", "launch"), ("LifecycleActionToken", token),
            ("LifecycleActionResult", "ABANDON"));

        Assert.Equal(["Terminating"], cloud.States());
        cloud.Until(() => cloud.States() is [_, "Pending:Wait"], "the next one while the first shuts down");
        Assert.NotEqual(first, cloud.IdOf("Pending:Wait"));
        Assert.Equal(["1", "2"], cloud.Instances().Select(instance => instance.Element("LaunchTemplate")!.Element("Version")!.Value));
        var unsuccessful = cloud.Events.Of("EC2 Instance Launch Unsuccessful").Single();
        Assert.Equal(("Cancelled", first), ((string)unsuccessful["StatusCode"]!, (string)unsuccessful["EC2InstanceId"]!));
        Assert.EndsWith("was abandoned: Lifecycle Action Completed with ABANDON Result",
            (string)unsuccessful["StatusMessage"]!, StringComparison.Ordinal);
        cloud.Until(() => cloud.States() is ["Pending:Wait"], "the first one gone");
        Assert.Single(cloud.Events.Of("EC2 Instance Terminate Successful"));
    }

    [Theory]
    [InlineData("ABANDON", "Terminating")]
    [InlineData("CONTINUE", "Pending:Proceed")]
    public void A_hook_that_no_one_completes_takes_its_default_result(string result, string expected)
    {
        cloud.CreateGroup(1, Hook(1, "launch", "LAUNCHING", timeout: 30, result));
        cloud.Until(() => cloud.States() is ["Pending:Wait"], "held at launch");
        cloud.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(["Pending:Wait"], cloud.States());
        cloud.Until(() => cloud.States() is [var state] && state == expected, expected);
    }

    [Fact]
    public void Heartbeats_prolong_a_wait_up_to_a_hundred_timeouts()
    {
        cloud.CreateGroup(1, Hook(1, "launch", "LAUNCHING", timeout: 30));
        cloud.Until(() => cloud.States() is ["Pending:Wait"], "held at launch");
        var (instance, since) = (cloud.IdOf("Pending:Wait"), cloud.Now);
        while (cloud.Attempt("autoscaling", "RecordLifecycleActionHeartbeat", ("AutoScalingGroupName", "charlie"),
            ("LifecycleHookName", "launch"), ("InstanceId", instance)).Error is null)
        {
            cloud.Advance(TimeSpan.FromSeconds(20));
        }

        Assert.InRange((cloud.Now - since).TotalSeconds, 3000, 3025);
    }

    [Fact]
    public void Terminate_hooks_hold_an_instance_while_its_replacement_comes()
    {
        cloud.CreateGroup(1, [.. Hook(1, "first", "TERMINATING"), .. Hook(2, "second", "TERMINATING")]);
        cloud.Until(() => cloud.States() is ["InService"], "in service");
        var old = cloud.IdOf("InService");
        var response = cloud.Call(
            "autoscaling", "TerminateInstanceInAutoScalingGroup", ("InstanceId", old), ("ShouldDecrementDesiredCapacity", "false"));
        Assert.Equal($"Terminating EC2 instance: {old}", response.Descendants("Description").Single().Value);
        Assert.Equal("ScalingActivityInProgress",
            cloud.Attempt("autoscaling", "TerminateInstanceInAutoScalingGroup", ("InstanceId", old),
            ("ShouldDecrementDesiredCapacity", "false")).Error);

        cloud.Until(() => cloud.States() is ["Terminating:Wait", "InService"], "the replacement in service beside the old one");
        cloud.Group("CompleteLifecycleAction", ("LifecycleHookName", "first"), ("InstanceId", old), ("LifecycleActionResult", "CONTINUE"));
        Assert.Equal("Terminating:Wait", cloud.States()[0]);
        cloud.Group("CompleteLifecycleAction", ("LifecycleHookName", "second"), ("InstanceId", old), ("LifecycleActionResult", "CONTINUE"));
        Assert.Equal("Terminating:Proceed", cloud.States()[0]);
        cloud.Until(() => cloud.States() is ["InService"], "the old one gone");
        Assert.Equal(2, cloud.Events.Of("EC2 Instance-terminate Lifecycle Action").Count());
        Assert.Equal("ValidationError",
            cloud.Attempt("autoscaling", "TerminateInstanceInAutoScalingGroup", ("InstanceId", old),
            ("ShouldDecrementDesiredCapacity", "false")).Error);
    }

    [Theory]
    [InlineData("killed")]
    [InlineData("terminated")]
    [InlineData("unhealthy")]
    public void An_instance_that_is_lost_or_unhealthy_is_replaced(string how)
    {
        cloud.CreateGroup(1, Hook(1, "launch", "LAUNCHING", result: "CONTINUE"));
        cloud.Until(() => cloud.States() is ["InService"], "in service");
        var old = cloud.IdOf("InService");
        switch (how)
        {
            case "killed":
                lock (cloud.Cloud.Gate)
                {
                    cloud.Cloud.Ec2.Instances.Kill(cloud.Cloud.Ec2.Instances.Find(old)!);
                }

                break;
            case "terminated":
                cloud.Call("ec2", "TerminateInstances", ("InstanceId.1", old));
                break;
            default:
                cloud.Call("autoscaling", "SetInstanceHealth", ("InstanceId", old), ("HealthStatus", "Unhealthy"));
                break;
        }

        cloud.Until(() => cloud.States() is ["InService"] && cloud.IdOf("InService") != old, "a new one in service");
    }

    [Fact]
    public void Suspended_processes_rest_and_a_lack_of_capacity_is_told_and_tried_again()
    {
        cloud.CreateGroup(1);
        cloud.Until(() => cloud.States() is ["InService"], "in service");
        cloud.Group("SuspendProcesses", ("ScalingProcesses.member.1", "Launch"));
        cloud.Group("SetDesiredCapacity", ("DesiredCapacity", "2"));
        cloud.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(["InService"], cloud.States());

        cloud.Cloud.Ec2.Instances.Capacity = 1;
        cloud.Group("ResumeProcesses");
        cloud.Until(() => cloud.Events.Of("EC2 Instance Launch Unsuccessful").Any(), "a failed launch");
        Assert.Equal("Failed", Activities()[0]);
        cloud.Cloud.Ec2.Instances.Capacity = null;
        cloud.Until(() => cloud.States() is ["InService", "InService"], "both in service");

        cloud.Group("SetDesiredCapacity", ("DesiredCapacity", "0"));
        cloud.Until(() => cloud.States().Count == 0, "none left");
        Assert.Equal("ValidationError",
            cloud.Attempt("autoscaling", "SetDesiredCapacity", ("AutoScalingGroupName", "charlie"), ("DesiredCapacity", "9")).Error);
    }

    [Fact]
    public void A_group_is_deleted_with_force_only_while_it_has_instances()
    {
        cloud.CreateGroup(1, Hook(1, "launch", "LAUNCHING", result: "CONTINUE"));
        cloud.Until(() => cloud.States() is ["Pending:Wait"], "held at launch");
        Assert.Equal("ScalingActivityInProgress",
            cloud.Attempt("autoscaling", "DeleteAutoScalingGroup", ("AutoScalingGroupName", "charlie")).Error);
        cloud.Until(() => cloud.States() is ["InService"], "in service");
        Assert.Equal("ResourceInUse", cloud.Attempt("autoscaling", "DeleteAutoScalingGroup", ("AutoScalingGroupName", "charlie")).Error);
        cloud.Group("DeleteAutoScalingGroup", ("ForceDelete", "true"));
        Assert.Equal("Delete in progress", cloud.Call("autoscaling", "DescribeAutoScalingGroups").Descendants("Status").Single().Value);
        cloud.Until(() => !cloud.Call("autoscaling", "DescribeAutoScalingGroups").Descendants("AutoScalingGroupName").Any(),
            "the group gone");
        Assert.Equal("ValidationError", cloud.Attempt(
            "autoscaling", "DescribeScalingActivities", ("AutoScalingGroupName", "charlie")).Error);
        Assert.Equal(2, cloud.Call(
            "autoscaling", "DescribeScalingActivities", ("AutoScalingGroupName", "charlie"), ("IncludeDeletedGroups", "true"))
            .Descendants("ActivityId").Count());
    }

    /// <summary>The status of each activity, newest first.</summary>
    private List<string> Activities() =>
        [.. cloud.Call("autoscaling", "DescribeScalingActivities").Descendants("StatusCode").Select(code => code.Value)];
}
