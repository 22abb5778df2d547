using Amazon.AutoScaling.Model;

namespace Charlie.Standins.Tests.AutoScaling;

/// <summary>The one call with everything in it: structures, lists of structures, and lists in lists.</summary>
internal static class CreateCall
{
    public static readonly Call Create = new(
        "create-auto-scaling-group",
        aws => aws.CreateAutoScalingGroupAsync(new CreateAutoScalingGroupRequest
        {
            AutoScalingGroupName = "bot",
            MinSize = 1,
            MaxSize = 2,
            DesiredCapacity = 1,
            NewInstancesProtectedFromScaleIn = false,
            VPCZoneIdentifier = "subnet-1,subnet-2",
            TerminationPolicies = ["OldestInstance"],
            TargetGroupARNs = ["arn:tg"],
            MixedInstancesPolicy = new MixedInstancesPolicy
            {
                LaunchTemplate = new LaunchTemplate
                {
                    LaunchTemplateSpecification = new LaunchTemplateSpecification { LaunchTemplateName = "bot", Version = "$Latest" },
                    Overrides =
                    [
                        new LaunchTemplateOverrides { InstanceType = "t3.micro", WeightedCapacity = "1" },
                        new LaunchTemplateOverrides { InstanceType = "t3a.micro" },
                    ],
                },
                InstancesDistribution = new InstancesDistribution { OnDemandBaseCapacity = 1, SpotMaxPrice = "0.1" },
            },
            LifecycleHookSpecificationList =
            [
                new LifecycleHookSpecification
                {
                    LifecycleHookName = "launch",
                    LifecycleTransition = "autoscaling:EC2_INSTANCE_LAUNCHING",
                    HeartbeatTimeout = 900,
                    DefaultResult = "ABANDON",
                },
            ],
            Tags = [new Tag { Key = "app", Value = "", PropagateAtLaunch = true }],
        }),
        """
        {"AutoScalingGroupName":"bot","MinSize":1,"MaxSize":2,"DesiredCapacity":1,"NewInstancesProtectedFromScaleIn":false,
         "VPCZoneIdentifier":"subnet-1,subnet-2","TerminationPolicies":["OldestInstance"],"TargetGroupARNs":["arn:tg"],
         "MixedInstancesPolicy":{
           "LaunchTemplate":{
             "LaunchTemplateSpecification":{"LaunchTemplateName":"bot","Version":"$Latest"},
             "Overrides":[{"InstanceType":"t3.micro","WeightedCapacity":"1"},{"InstanceType":"t3a.micro"}]},
           "InstancesDistribution":{"OnDemandBaseCapacity":1,"SpotMaxPrice":"0.1"}},
         "LifecycleHookSpecificationList":[{"LifecycleHookName":"launch","HeartbeatTimeout":900,"DefaultResult":"ABANDON",
           "LifecycleTransition":"autoscaling:EC2_INSTANCE_LAUNCHING"}],
         "Tags":[{"Key":"app","Value":"","PropagateAtLaunch":true}]}
        """,
        [
            ("AutoScalingGroupName", "bot"), ("MinSize", "1"), ("MaxSize", "2"), ("DesiredCapacity", "1"),
            ("NewInstancesProtectedFromScaleIn", "false"), ("VPCZoneIdentifier", "subnet-1,subnet-2"),
            ("TerminationPolicies.member.1", "OldestInstance"), ("TargetGroupARNs.member.1", "arn:tg"),
            ("MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification.LaunchTemplateName", "bot"),
            ("MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification.Version", "$Latest"),
            ("MixedInstancesPolicy.LaunchTemplate.Overrides.member.1.InstanceType", "t3.micro"),
            ("MixedInstancesPolicy.LaunchTemplate.Overrides.member.1.WeightedCapacity", "1"),
            ("MixedInstancesPolicy.LaunchTemplate.Overrides.member.2.InstanceType", "t3a.micro"),
            ("MixedInstancesPolicy.InstancesDistribution.OnDemandBaseCapacity", "1"),
            ("MixedInstancesPolicy.InstancesDistribution.SpotMaxPrice", "0.1"),
            ("LifecycleHookSpecificationList.member.1.LifecycleHookName", "launch"),
            ("LifecycleHookSpecificationList.member.1.LifecycleTransition", "autoscaling:EC2_INSTANCE_LAUNCHING"),
            ("LifecycleHookSpecificationList.member.1.HeartbeatTimeout", "900"),
            ("LifecycleHookSpecificationList.member.1.DefaultResult", "ABANDON"),
            ("Tags.member.1.Key", "app"), ("Tags.member.1.Value", ""), ("Tags.member.1.PropagateAtLaunch", "true"),
        ]);
}
