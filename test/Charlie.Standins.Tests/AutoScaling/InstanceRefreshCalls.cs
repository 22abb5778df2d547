using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;

namespace Charlie.Standins.Tests.AutoScaling;

internal static class InstanceRefreshCalls
{
    public static readonly Call[] All =
    [
        new(
            "start-instance-refresh",
            aws => aws.StartInstanceRefreshAsync(new StartInstanceRefreshRequest
            {
                AutoScalingGroupName = "bot",
                Strategy = RefreshStrategy.Rolling,
                DesiredConfiguration = new DesiredConfiguration
                {
                    LaunchTemplate = new LaunchTemplateSpecification { LaunchTemplateId = "lt-1", Version = "12" },
                },
                Preferences = new RefreshPreferences
                {
                    AutoRollback = true,
                    BakeTime = 60,
                    CheckpointDelay = 0,
                    CheckpointPercentages = [20, 100],
                    InstanceWarmup = 0,
                    MaxHealthyPercentage = 200,
                    MinHealthyPercentage = 100,
                    ScaleInProtectedInstances = ScaleInProtectedInstances.Refresh,
                    SkipMatching = true,
                    StandbyInstances = StandbyInstances.Ignore,
                },
            }),
            """
            {"AutoScalingGroupName":"bot","Strategy":"Rolling",
             "DesiredConfiguration":{"LaunchTemplate":{"LaunchTemplateId":"lt-1","Version":"12"}},
             "Preferences":{"AutoRollback":true,"BakeTime":60,"CheckpointDelay":0,"CheckpointPercentages":[20,100],"InstanceWarmup":0,
               "MaxHealthyPercentage":200,"MinHealthyPercentage":100,"ScaleInProtectedInstances":"Refresh","SkipMatching":true,
               "StandbyInstances":"Ignore"}}
            """,
            [
                ("AutoScalingGroupName", "bot"), ("Strategy", "Rolling"),
                ("DesiredConfiguration.LaunchTemplate.LaunchTemplateId", "lt-1"), ("DesiredConfiguration.LaunchTemplate.Version", "12"),
                ("Preferences.AutoRollback", "true"), ("Preferences.BakeTime", "60"), ("Preferences.CheckpointDelay", "0"),
                ("Preferences.CheckpointPercentages.member.1", "20"), ("Preferences.CheckpointPercentages.member.2", "100"),
                ("Preferences.InstanceWarmup", "0"), ("Preferences.MaxHealthyPercentage", "200"),
                ("Preferences.MinHealthyPercentage", "100"), ("Preferences.ScaleInProtectedInstances", "Refresh"),
                ("Preferences.SkipMatching", "true"), ("Preferences.StandbyInstances", "Ignore"),
            ]),
        new(
            "cancel-instance-refresh",
            aws => aws.CancelInstanceRefreshAsync(new CancelInstanceRefreshRequest
            {
                AutoScalingGroupName = "bot",
                WaitForTransitioningInstances = false,
            }),
            """{"AutoScalingGroupName":"bot","WaitForTransitioningInstances":false}""",
            [("AutoScalingGroupName", "bot"), ("WaitForTransitioningInstances", "false")]),
        new(
            "rollback-instance-refresh",
            aws => aws.RollbackInstanceRefreshAsync(new RollbackInstanceRefreshRequest { AutoScalingGroupName = "bot" }),
            """{"AutoScalingGroupName":"bot"}""",
            [("AutoScalingGroupName", "bot")]),
        new(
            "describe-instance-refreshes",
            aws => aws.DescribeInstanceRefreshesAsync(new DescribeInstanceRefreshesRequest
            {
                AutoScalingGroupName = "bot",
                InstanceRefreshIds = ["08b91cf7-8fa6-48af-b6a6-d227f40f1b9b"],
                MaxRecords = 1,
                NextToken = "a+b==",
            }),
            """
            {"AutoScalingGroupName":"bot","InstanceRefreshIds":["08b91cf7-8fa6-48af-b6a6-d227f40f1b9b"],"MaxRecords":1,"NextToken":"a+b=="}
            """,
            [
                ("AutoScalingGroupName", "bot"), ("InstanceRefreshIds.member.1", "08b91cf7-8fa6-48af-b6a6-d227f40f1b9b"),
                ("MaxRecords", "1"), ("NextToken", "a+b=="),
            ]),
    ];
}
