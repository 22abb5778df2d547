using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;

namespace Charlie.Standins.Tests.AutoScaling;

/// <summary>A call of the client, the same one in the JSON that `aws --cli-input-json` takes, and what goes over the wire.</summary>
public sealed record Call(string Name, Func<IAmazonAutoScaling, Task> Send, string Json, (string Name, string Value)[] Wire)
{
    public override string ToString() => Name;
}

internal static class Calls
{
    public static readonly Call[] All =
    [
        new(
            "describe-auto-scaling-groups",
            aws => aws.DescribeAutoScalingGroupsAsync(new DescribeAutoScalingGroupsRequest
            {
                AutoScalingGroupNames = ["web & co", "bot=ü"],
                Filters = [new Filter { Name = "tag:app", Values = ["bot", "web"] }],
                MaxRecords = 7,
                NextToken = "a+b/c==",
            }),
            """
            {"AutoScalingGroupNames":["web & co","bot=ü"],"Filters":[{"Name":"tag:app","Values":["bot","web"]}],
             "MaxRecords":7,"NextToken":"a+b/c=="}
            """,
            [
                ("AutoScalingGroupNames.member.1", "web & co"), ("AutoScalingGroupNames.member.2", "bot=ü"),
                ("Filters.member.1.Name", "tag:app"), ("Filters.member.1.Values.member.1", "bot"),
                ("Filters.member.1.Values.member.2", "web"), ("MaxRecords", "7"), ("NextToken", "a+b/c=="),
            ]),
        new(
            "describe-auto-scaling-instances",
            aws => aws.DescribeAutoScalingInstancesAsync(new DescribeAutoScalingInstancesRequest
            {
                InstanceIds = ["i-1"],
                MaxRecords = 50,
            }),
            """{"InstanceIds":["i-1"],"MaxRecords":50}""",
            [("InstanceIds.member.1", "i-1"), ("MaxRecords", "50")]),
        CreateCall.Create,
        new(
            "update-auto-scaling-group",
            aws => aws.UpdateAutoScalingGroupAsync(new UpdateAutoScalingGroupRequest
            {
                AutoScalingGroupName = "bot",
                LaunchTemplate = new LaunchTemplateSpecification { LaunchTemplateId = "lt-1", Version = "12" },
                MinSize = 0,
                InstanceMaintenancePolicy = new InstanceMaintenancePolicy { MinHealthyPercentage = 0, MaxHealthyPercentage = 100 },
            }),
            """
            {"AutoScalingGroupName":"bot","LaunchTemplate":{"LaunchTemplateId":"lt-1","Version":"12"},"MinSize":0,
             "InstanceMaintenancePolicy":{"MinHealthyPercentage":0,"MaxHealthyPercentage":100}}
            """,
            [
                ("AutoScalingGroupName", "bot"), ("LaunchTemplate.LaunchTemplateId", "lt-1"), ("LaunchTemplate.Version", "12"),
                ("MinSize", "0"), ("InstanceMaintenancePolicy.MinHealthyPercentage", "0"),
                ("InstanceMaintenancePolicy.MaxHealthyPercentage", "100"),
            ]),
        new(
            "terminate-instance-in-auto-scaling-group",
            aws => aws.TerminateInstanceInAutoScalingGroupAsync(new TerminateInstanceInAutoScalingGroupRequest
            {
                InstanceId = "i-1",
                ShouldDecrementDesiredCapacity = false,
            }),
            """{"InstanceId":"i-1","ShouldDecrementDesiredCapacity":false}""",
            [("InstanceId", "i-1"), ("ShouldDecrementDesiredCapacity", "false")]),
        new(
            "complete-lifecycle-action",
            aws => aws.CompleteLifecycleActionAsync(new CompleteLifecycleActionRequest
            {
                AutoScalingGroupName = "bot",
                InstanceId = "i-1",
                LifecycleActionResult = "ABANDON",
                LifecycleActionToken = "bcd2f1b8-9a78-44d3-8a7a-4dd07EXAMPLE",
                LifecycleHookName = "launch",
            }),
            """
            {"AutoScalingGroupName":"bot","InstanceId":"i-1","LifecycleActionResult":"ABANDON",
             "LifecycleActionToken":"bcd2f1b8-9a78-44d3-8a7a-4dd07EXAMPLE","LifecycleHookName":"launch"}
            """,
            [
                ("AutoScalingGroupName", "bot"), ("InstanceId", "i-1"), ("LifecycleActionResult", "ABANDON"),
                ("LifecycleActionToken", "bcd2f1b8-9a78-44d3-8a7a-4dd07EXAMPLE"), ("LifecycleHookName", "launch"),
            ]),
        new(
            "describe-lifecycle-hooks",
            aws => aws.DescribeLifecycleHooksAsync(new DescribeLifecycleHooksRequest
            {
                AutoScalingGroupName = "bot",
                LifecycleHookNames = ["launch"],
            }),
            """{"AutoScalingGroupName":"bot","LifecycleHookNames":["launch"]}""",
            [("AutoScalingGroupName", "bot"), ("LifecycleHookNames.member.1", "launch")]),
        new(
            "describe-scaling-activities",
            aws => aws.DescribeScalingActivitiesAsync(new DescribeScalingActivitiesRequest
            {
                ActivityIds = ["f9f2d65b-f1f2-43e7-b46d-d86756459699"],
                AutoScalingGroupName = "bot",
                IncludeDeletedGroups = true,
                MaxRecords = 1,
            }),
            """
            {"ActivityIds":["f9f2d65b-f1f2-43e7-b46d-d86756459699"],"AutoScalingGroupName":"bot",
             "IncludeDeletedGroups":true,"MaxRecords":1}
            """,
            [
                ("ActivityIds.member.1", "f9f2d65b-f1f2-43e7-b46d-d86756459699"), ("AutoScalingGroupName", "bot"),
                ("IncludeDeletedGroups", "true"), ("MaxRecords", "1"),
            ]),
        new(
            "set-desired-capacity",
            aws => aws.SetDesiredCapacityAsync(new SetDesiredCapacityRequest
            {
                AutoScalingGroupName = "bot",
                DesiredCapacity = 0,
                HonorCooldown = true,
            }),
            """{"AutoScalingGroupName":"bot","DesiredCapacity":0,"HonorCooldown":true}""",
            [("AutoScalingGroupName", "bot"), ("DesiredCapacity", "0"), ("HonorCooldown", "true")]),
        new(
            "suspend-processes",
            aws => aws.SuspendProcessesAsync(new SuspendProcessesRequest
            {
                AutoScalingGroupName = "bot",
                ScalingProcesses = ["Launch"],
            }),
            """{"AutoScalingGroupName":"bot","ScalingProcesses":["Launch"]}""",
            [("AutoScalingGroupName", "bot"), ("ScalingProcesses.member.1", "Launch")]),
        new(
            "set-instance-protection",
            aws => aws.SetInstanceProtectionAsync(new SetInstanceProtectionRequest
            {
                AutoScalingGroupName = "bot",
                InstanceIds = ["i-0123456789abcdef0"],
                ProtectedFromScaleIn = true,
            }),
            """{"AutoScalingGroupName":"bot","InstanceIds":["i-0123456789abcdef0"],"ProtectedFromScaleIn":true}""",
            [
                ("AutoScalingGroupName", "bot"), ("InstanceIds.member.1", "i-0123456789abcdef0"), ("ProtectedFromScaleIn", "true"),
            ]),
        new(
            "describe-scheduled-actions",
            aws => aws.DescribeScheduledActionsAsync(new DescribeScheduledActionsRequest
            {
                AutoScalingGroupName = "bot",
                ScheduledActionNames = ["open"],
                StartTime = new DateTime(2026, 11, 23, 13, 0, 0, DateTimeKind.Utc),
                MaxRecords = 10,
            }),
            """
            {"AutoScalingGroupName":"bot","ScheduledActionNames":["open"],"StartTime":"2026-11-23T13:00:00Z","MaxRecords":10}
            """,
            [
                ("AutoScalingGroupName", "bot"), ("ScheduledActionNames.member.1", "open"), ("StartTime", "2026-11-23T13:00:00Z"),
                ("MaxRecords", "10"),
            ]),
        new(
            "resume-processes",
            aws => aws.ResumeProcessesAsync(new ResumeProcessesRequest
            {
                AutoScalingGroupName = "bot",
                ScalingProcesses = ["Launch"],
            }),
            """{"AutoScalingGroupName":"bot","ScalingProcesses":["Launch"]}""",
            [("AutoScalingGroupName", "bot"), ("ScalingProcesses.member.1", "Launch")]),
        new(
            "delete-auto-scaling-group",
            aws => aws.DeleteAutoScalingGroupAsync(new DeleteAutoScalingGroupRequest
            {
                AutoScalingGroupName = "bot",
                ForceDelete = true,
            }),
            """{"AutoScalingGroupName":"bot","ForceDelete":true}""",
            [("AutoScalingGroupName", "bot"), ("ForceDelete", "true")]),
    ];
}
