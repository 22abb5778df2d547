namespace Amazon.AutoScaling.Model;

public partial class Instance
{
    public string AvailabilityZone { get; set; }

    public string HealthStatus { get; set; }

    public string InstanceId { get; set; }

    public string InstanceType { get; set; }

    public string LaunchConfigurationName { get; set; }

    /// <summary>What the instance was launched with, its version always a number.</summary>
    public LaunchTemplateSpecification LaunchTemplate { get; set; }

    public LifecycleState LifecycleState { get; set; }

    public bool? ProtectedFromScaleIn { get; set; }

    public string WeightedCapacity { get; set; }
}

public partial class AutoScalingInstanceDetails
{
    public string AutoScalingGroupName { get; set; }

    public string AvailabilityZone { get; set; }

    public string HealthStatus { get; set; }

    public string InstanceId { get; set; }

    public string InstanceType { get; set; }

    public string LaunchConfigurationName { get; set; }

    public LaunchTemplateSpecification LaunchTemplate { get; set; }

    /// <summary>A plain string here, unlike that of Instance.</summary>
    public string LifecycleState { get; set; }

    public bool? ProtectedFromScaleIn { get; set; }

    public string WeightedCapacity { get; set; }
}
