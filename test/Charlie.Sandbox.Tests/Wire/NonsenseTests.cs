using Charlie.Sandbox.Tests.AutoScaling;

namespace Charlie.Sandbox.Tests.Wire;

/// <summary>
/// Every operation with parameters at random: right names and wrong, right values and wrong. AWS's response or AWS's
/// error, never an exception.
/// </summary>
public sealed class NonsenseTests
{
    private static readonly (string Service, string[] Actions)[] Services =
    [
        ("ec2", ["CreateLaunchTemplate", "DescribeLaunchTemplates", "ModifyLaunchTemplate", "DeleteLaunchTemplate",
            "CreateLaunchTemplateVersion", "DescribeLaunchTemplateVersions", "DeleteLaunchTemplateVersions",
            "DescribeInstances", "TerminateInstances", "RebootInstances", "CreateTags", "DeleteTags", "DescribeTags"]),
        ("autoscaling", ["CreateAutoScalingGroup", "UpdateAutoScalingGroup", "DeleteAutoScalingGroup",
            "DescribeAutoScalingGroups", "SetDesiredCapacity", "SuspendProcesses", "ResumeProcesses",
            "DescribeScalingActivities", "PutLifecycleHook", "DeleteLifecycleHook", "DescribeLifecycleHooks",
            "CompleteLifecycleAction", "RecordLifecycleActionHeartbeat", "DescribeAutoScalingInstances",
            "TerminateInstanceInAutoScalingGroup", "SetInstanceHealth"]),
    ];

    private static readonly string[] Names =
    [
        "LaunchTemplateName", "LaunchTemplateId", "LaunchTemplateVersion.1", "LaunchTemplateVersion", "SourceVersion",
            "SetDefaultVersion", "MinVersion",
        "LaunchTemplateData.ImageId", "LaunchTemplateData", "LaunchTemplateData.EbsOptimized",
            "LaunchTemplateData.TagSpecification.1.ResourceType",
        "LaunchTemplateData.TagSpecification.1.Tag.1.Key", "LaunchTemplateData.BlockDeviceMapping.1.Ebs.VolumeSize",
            "LaunchTemplateData.NetworkInterface", "ClientToken",
        "InstanceId", "InstanceId.1", "ResourceId.1", "Tag.1.Key", "Tag.1.Value", "Filter.1.Name", "Filter.1.Value.1",
            "MaxResults", "NextToken", "DryRun",
        "AutoScalingGroupName", "AutoScalingGroupNames.member.1", "LaunchTemplate.LaunchTemplateName",
            "LaunchTemplate.LaunchTemplateId", "LaunchTemplate.Version",
        "MinSize", "MaxSize", "DesiredCapacity", "AvailabilityZones.member.1", "VPCZoneIdentifier", "Tags.member.1.Key",
            "Tags.member.1.PropagateAtLaunch",
        "MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification.LaunchTemplateName", "MixedInstancesPolicy",
            "DefaultCooldown", "TerminationPolicies.member.1",
        "LifecycleHookSpecificationList.member.1.LifecycleHookName", "LifecycleHookName", "LifecycleTransition",
            "HeartbeatTimeout", "DefaultResult",
        "LifecycleActionToken", "LifecycleActionResult", "InstanceIds.member.1", "HealthStatus",
            "ShouldDecrementDesiredCapacity", "ForceDelete", "MaxRecords",
        "Filters.member.1.Name", "Filters.member.1.Values.member.1", "ScalingProcesses.member.1", "ActivityIds.member.1",
            "IncludeDeletedGroups", "x.999999999999", ".", "1",
    ];

    private static readonly string[] Values =
    [
        "app", "charlie", "1", "0", "2", "-1", "99999999999999999999", "true", "maybe", "", "$Latest", "$Default",
            "lt-0123456789abcdef0", "i-0123456789abcdef0", "i-", "lt-x",
        "tag:", "tag-key", "instance-id", "launch-template-name", "CONTINUE", "ABANDON", "autoscaling:EC2_INSTANCE_LAUNCHING",
            "Healthy", "Launch", "instance",
        "\0\u0001<script>&amp;\"'", "\ud83d\ude80", "*\\", "?[a", "cGFnZTp4", "us-east-1a", ",,,", "ami-1", "60",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_parameters_get_a_response_of_AWS(int seed)
    {
        using var cloud = new SimulatedCloud(seed);
        cloud.CreateGroup(1, SimulatedCloud.Hook(1, "launch", "LAUNCHING", 30, "CONTINUE"));
        var random = new Random(seed);
        for (var number = 0; number < 4000; number++)
        {
            var (service, actions) = Services[random.Next(Services.Length)];
            var action = actions[random.Next(actions.Length)];
            // Mostly what the operation has: anything else is refused before it comes to the operation.
            string[] own = [.. cloud.Cloud.Endpoint.Played[service].MembersOf(action)
                .Select(name => name.Replace(".n", service == "ec2" ? ".1" : ".member.1", StringComparison.Ordinal))
                .Select(name => name.Replace("**", "ImageId", StringComparison.Ordinal))];
            var parameters = Enumerable.Range(0, random.Next(7))
                .Select(_ => random.Next(40) == 0 ? Names : own)
                .Select(names => (Name: names[random.Next(names.Length)], Value: Values[random.Next(Values.Length)]))
                .DistinctBy(one => one.Name).ToArray();
            var (document, error) = cloud.Attempt(service, action, parameters);
            Assert.True(error is null || document.Descendants("Message").Any(message => message.Value.Length > 0),
                $"seed {seed}: {action}");
            if (number % 20 == 0)
            {
                cloud.Advance(TimeSpan.FromSeconds(5));
            }
        }
    }
}
