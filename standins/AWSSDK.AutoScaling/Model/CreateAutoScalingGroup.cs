using Amazon.Runtime;

namespace Amazon.AutoScaling.Model;

public partial class CreateAutoScalingGroupRequest : AmazonAutoScalingRequest
{
    public string AutoScalingGroupName { get; set; }

    public List<string> AvailabilityZones { get; set; } = Unset.List<string>();

    public bool? CapacityRebalance { get; set; }

    public string Context { get; set; }

    public int? DefaultCooldown { get; set; }

    public int? DefaultInstanceWarmup { get; set; }

    public int? DesiredCapacity { get; set; }

    public string DesiredCapacityType { get; set; }

    public int? HealthCheckGracePeriod { get; set; }

    public string HealthCheckType { get; set; }

    public string InstanceId { get; set; }

    public InstanceMaintenancePolicy InstanceMaintenancePolicy { get; set; }

    public string LaunchConfigurationName { get; set; }

    public LaunchTemplateSpecification LaunchTemplate { get; set; }

    public List<LifecycleHookSpecification> LifecycleHookSpecificationList { get; set; } = Unset.List<LifecycleHookSpecification>();

    public List<string> LoadBalancerNames { get; set; } = Unset.List<string>();

    public int? MaxInstanceLifetime { get; set; }

    public int? MaxSize { get; set; }

    public int? MinSize { get; set; }

    public MixedInstancesPolicy MixedInstancesPolicy { get; set; }

    public bool? NewInstancesProtectedFromScaleIn { get; set; }

    public string PlacementGroup { get; set; }

    public string ServiceLinkedRoleARN { get; set; }

    public List<Tag> Tags { get; set; } = Unset.List<Tag>();

    public List<string> TargetGroupARNs { get; set; } = Unset.List<string>();

    public List<string> TerminationPolicies { get; set; } = Unset.List<string>();

    public string VPCZoneIdentifier { get; set; }
}

public partial class CreateAutoScalingGroupResponse : AmazonWebServiceResponse
{
}
