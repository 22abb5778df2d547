namespace Amazon.AutoScaling.Model;

public partial class AutoScalingGroup
{
    public string AutoScalingGroupARN { get; set; }

    public string AutoScalingGroupName { get; set; }

    public List<string> AvailabilityZones { get; set; } = Unset.List<string>();

    public bool? CapacityRebalance { get; set; }

    public string Context { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? CreatedTime { get; set; }

    public int? DefaultCooldown { get; set; }

    public int? DefaultInstanceWarmup { get; set; }

    public int? DesiredCapacity { get; set; }

    public string DesiredCapacityType { get; set; }

    /// <summary>Seconds.</summary>
    public int? HealthCheckGracePeriod { get; set; }

    public string HealthCheckType { get; set; }

    public InstanceMaintenancePolicy InstanceMaintenancePolicy { get; set; }

    public List<Instance> Instances { get; set; } = Unset.List<Instance>();

    public string LaunchConfigurationName { get; set; }

    public LaunchTemplateSpecification LaunchTemplate { get; set; }

    public List<string> LoadBalancerNames { get; set; } = Unset.List<string>();

    public int? MaxInstanceLifetime { get; set; }

    public int? MaxSize { get; set; }

    public int? MinSize { get; set; }

    public MixedInstancesPolicy MixedInstancesPolicy { get; set; }

    public bool? NewInstancesProtectedFromScaleIn { get; set; }

    public string PlacementGroup { get; set; }

    public int? PredictedCapacity { get; set; }

    public string ServiceLinkedRoleARN { get; set; }

    /// <summary>Only while the group is being deleted: "Delete in progress".</summary>
    public string Status { get; set; }

    public List<SuspendedProcess> SuspendedProcesses { get; set; } = Unset.List<SuspendedProcess>();

    public List<TagDescription> Tags { get; set; } = Unset.List<TagDescription>();

    public List<string> TargetGroupARNs { get; set; } = Unset.List<string>();

    public List<string> TerminationPolicies { get; set; } = Unset.List<string>();

    /// <summary>Subnet ids, separated by commas.</summary>
    public string VPCZoneIdentifier { get; set; }

    public WarmPoolConfiguration WarmPoolConfiguration { get; set; }

    public int? WarmPoolSize { get; set; }
}
