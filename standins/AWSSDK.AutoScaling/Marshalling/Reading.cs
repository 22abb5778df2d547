using Amazon.AutoScaling.Model;

namespace Amazon.AutoScaling.Marshalling;

/// <summary>The structures that results are made of.</summary>
internal static class Reading
{
    public static AutoScalingGroup Group(XmlElement xml) => new()
    {
        AutoScalingGroupARN = xml.Text("AutoScalingGroupARN"),
        AutoScalingGroupName = xml.Text("AutoScalingGroupName"),
        AvailabilityZones = xml.Strings("AvailabilityZones"),
        CapacityRebalance = xml.Bool("CapacityRebalance"),
        Context = xml.Text("Context"),
        CreatedTime = xml.Time("CreatedTime"),
        DefaultCooldown = xml.Int("DefaultCooldown"),
        DefaultInstanceWarmup = xml.Int("DefaultInstanceWarmup"),
        DesiredCapacity = xml.Int("DesiredCapacity"),
        DesiredCapacityType = xml.Text("DesiredCapacityType"),
        HealthCheckGracePeriod = xml.Int("HealthCheckGracePeriod"),
        HealthCheckType = xml.Text("HealthCheckType"),
        InstanceMaintenancePolicy = xml.Object("InstanceMaintenancePolicy", MaintenancePolicy),
        Instances = xml.List("Instances", Instance),
        LaunchConfigurationName = xml.Text("LaunchConfigurationName"),
        LaunchTemplate = xml.Object("LaunchTemplate", LaunchTemplate),
        LoadBalancerNames = xml.Strings("LoadBalancerNames"),
        MaxInstanceLifetime = xml.Int("MaxInstanceLifetime"),
        MaxSize = xml.Int("MaxSize"),
        MinSize = xml.Int("MinSize"),
        MixedInstancesPolicy = xml.Object("MixedInstancesPolicy", MixedInstancesPolicy),
        NewInstancesProtectedFromScaleIn = xml.Bool("NewInstancesProtectedFromScaleIn"),
        PlacementGroup = xml.Text("PlacementGroup"),
        PredictedCapacity = xml.Int("PredictedCapacity"),
        ServiceLinkedRoleARN = xml.Text("ServiceLinkedRoleARN"),
        Status = xml.Text("Status"),
        SuspendedProcesses = xml.List("SuspendedProcesses", SuspendedProcess),
        Tags = xml.List("Tags", Tag),
        TargetGroupARNs = xml.Strings("TargetGroupARNs"),
        TerminationPolicies = xml.Strings("TerminationPolicies"),
        VPCZoneIdentifier = xml.Text("VPCZoneIdentifier"),
        WarmPoolConfiguration = xml.Object("WarmPoolConfiguration", WarmPool),
        WarmPoolSize = xml.Int("WarmPoolSize"),
    };

    public static AutoScalingInstanceDetails InstanceDetails(XmlElement xml) => new()
    {
        AutoScalingGroupName = xml.Text("AutoScalingGroupName"),
        AvailabilityZone = xml.Text("AvailabilityZone"),
        HealthStatus = xml.Text("HealthStatus"),
        InstanceId = xml.Text("InstanceId"),
        InstanceType = xml.Text("InstanceType"),
        LaunchConfigurationName = xml.Text("LaunchConfigurationName"),
        LaunchTemplate = xml.Object("LaunchTemplate", LaunchTemplate),
        LifecycleState = xml.Text("LifecycleState"),
        ProtectedFromScaleIn = xml.Bool("ProtectedFromScaleIn"),
        WeightedCapacity = xml.Text("WeightedCapacity"),
    };

    public static LifecycleHook LifecycleHook(XmlElement xml) => new()
    {
        AutoScalingGroupName = xml.Text("AutoScalingGroupName"),
        DefaultResult = xml.Text("DefaultResult"),
        GlobalTimeout = xml.Int("GlobalTimeout"),
        HeartbeatTimeout = xml.Int("HeartbeatTimeout"),
        LifecycleHookName = xml.Text("LifecycleHookName"),
        LifecycleTransition = xml.Text("LifecycleTransition"),
        NotificationMetadata = xml.Text("NotificationMetadata"),
        NotificationTargetARN = xml.Text("NotificationTargetARN"),
        RoleARN = xml.Text("RoleARN"),
    };

    public static Activity Activity(XmlElement xml) => new()
    {
        ActivityId = xml.Text("ActivityId"),
        AutoScalingGroupARN = xml.Text("AutoScalingGroupARN"),
        AutoScalingGroupName = xml.Text("AutoScalingGroupName"),
        AutoScalingGroupState = xml.Text("AutoScalingGroupState"),
        Cause = xml.Text("Cause"),
        Description = xml.Text("Description"),
        Details = xml.Text("Details"),
        EndTime = xml.Time("EndTime"),
        Progress = xml.Int("Progress"),
        StartTime = xml.Time("StartTime"),
        StatusCode = xml.Text("StatusCode"),
        StatusMessage = xml.Text("StatusMessage"),
    };

    private static Instance Instance(XmlElement xml) => new()
    {
        AvailabilityZone = xml.Text("AvailabilityZone"),
        HealthStatus = xml.Text("HealthStatus"),
        InstanceId = xml.Text("InstanceId"),
        InstanceType = xml.Text("InstanceType"),
        LaunchConfigurationName = xml.Text("LaunchConfigurationName"),
        LaunchTemplate = xml.Object("LaunchTemplate", LaunchTemplate),
        LifecycleState = xml.Text("LifecycleState"),
        ProtectedFromScaleIn = xml.Bool("ProtectedFromScaleIn"),
        WeightedCapacity = xml.Text("WeightedCapacity"),
    };

    public static LaunchTemplateSpecification LaunchTemplate(XmlElement xml) => new()
    {
        LaunchTemplateId = xml.Text("LaunchTemplateId"),
        LaunchTemplateName = xml.Text("LaunchTemplateName"),
        Version = xml.Text("Version"),
    };

    public static MixedInstancesPolicy MixedInstancesPolicy(XmlElement xml) => new()
    {
        LaunchTemplate = xml.Object("LaunchTemplate", template => new LaunchTemplate
        {
            LaunchTemplateSpecification = template.Object("LaunchTemplateSpecification", LaunchTemplate),
            Overrides = template.List("Overrides", overrides => new LaunchTemplateOverrides
            {
                InstanceType = overrides.Text("InstanceType"),
                LaunchTemplateSpecification = overrides.Object("LaunchTemplateSpecification", LaunchTemplate),
                WeightedCapacity = overrides.Text("WeightedCapacity"),
            }),
        }),
        InstancesDistribution = xml.Object("InstancesDistribution", distribution => new InstancesDistribution
        {
            OnDemandAllocationStrategy = distribution.Text("OnDemandAllocationStrategy"),
            OnDemandBaseCapacity = distribution.Int("OnDemandBaseCapacity"),
            OnDemandPercentageAboveBaseCapacity = distribution.Int("OnDemandPercentageAboveBaseCapacity"),
            SpotAllocationStrategy = distribution.Text("SpotAllocationStrategy"),
            SpotInstancePools = distribution.Int("SpotInstancePools"),
            SpotMaxPrice = distribution.Text("SpotMaxPrice"),
        }),
    };

    private static InstanceMaintenancePolicy MaintenancePolicy(XmlElement xml) => new()
    {
        MinHealthyPercentage = xml.Int("MinHealthyPercentage"),
        MaxHealthyPercentage = xml.Int("MaxHealthyPercentage"),
    };

    private static SuspendedProcess SuspendedProcess(XmlElement xml) => new()
    {
        ProcessName = xml.Text("ProcessName"),
        SuspensionReason = xml.Text("SuspensionReason"),
    };

    private static TagDescription Tag(XmlElement xml) => new()
    {
        Key = xml.Text("Key"),
        PropagateAtLaunch = xml.Bool("PropagateAtLaunch"),
        ResourceId = xml.Text("ResourceId"),
        ResourceType = xml.Text("ResourceType"),
        Value = xml.Text("Value"),
    };

    private static WarmPoolConfiguration WarmPool(XmlElement xml) => new()
    {
        InstanceReusePolicy = xml.Object(
            "InstanceReusePolicy", policy => new InstanceReusePolicy { ReuseOnScaleIn = policy.Bool("ReuseOnScaleIn") }),
        MaxGroupPreparedCapacity = xml.Int("MaxGroupPreparedCapacity"),
        MinSize = xml.Int("MinSize"),
        PoolState = xml.Text("PoolState"),
        Status = xml.Text("Status"),
    };
}
