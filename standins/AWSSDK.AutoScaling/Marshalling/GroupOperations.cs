using Amazon.AutoScaling.Model;

namespace Amazon.AutoScaling.Marshalling;

internal static class GroupOperations
{
    public static readonly Operation<CreateAutoScalingGroupRequest, CreateAutoScalingGroupResponse> CreateAutoScalingGroup = new(
        "CreateAutoScalingGroup",
        (query, request) =>
        {
            query.Add("AutoScalingGroupName", request.AutoScalingGroupName);
            query.AddList("AvailabilityZones", request.AvailabilityZones);
            query.Add("CapacityRebalance", request.CapacityRebalance);
            query.Add("Context", request.Context);
            query.Add("DefaultCooldown", request.DefaultCooldown);
            query.Add("DefaultInstanceWarmup", request.DefaultInstanceWarmup);
            query.Add("DesiredCapacity", request.DesiredCapacity);
            query.Add("DesiredCapacityType", request.DesiredCapacityType);
            query.Add("HealthCheckGracePeriod", request.HealthCheckGracePeriod);
            query.Add("HealthCheckType", request.HealthCheckType);
            query.Add("InstanceId", request.InstanceId);
            query.Add("InstanceMaintenancePolicy", request.InstanceMaintenancePolicy, Writing.MaintenancePolicy);
            query.Add("LaunchConfigurationName", request.LaunchConfigurationName);
            query.Add("LaunchTemplate", request.LaunchTemplate, Writing.LaunchTemplate);
            query.AddList("LifecycleHookSpecificationList", request.LifecycleHookSpecificationList, Writing.LifecycleHook);
            query.AddList("LoadBalancerNames", request.LoadBalancerNames);
            query.Add("MaxInstanceLifetime", request.MaxInstanceLifetime);
            query.Add("MaxSize", request.MaxSize);
            query.Add("MinSize", request.MinSize);
            query.Add("MixedInstancesPolicy", request.MixedInstancesPolicy, Writing.MixedInstancesPolicy);
            query.Add("NewInstancesProtectedFromScaleIn", request.NewInstancesProtectedFromScaleIn);
            query.Add("PlacementGroup", request.PlacementGroup);
            query.Add("ServiceLinkedRoleARN", request.ServiceLinkedRoleARN);
            query.AddList("Tags", request.Tags, Writing.Tag);
            query.AddList("TargetGroupARNs", request.TargetGroupARNs);
            query.AddList("TerminationPolicies", request.TerminationPolicies);
            query.Add("VPCZoneIdentifier", request.VPCZoneIdentifier);
        },
        _ => new CreateAutoScalingGroupResponse(),
        "AlreadyExists",
        "LimitExceeded",
        "ResourceContention",
        "ServiceLinkedRoleFailure");

    public static readonly Operation<UpdateAutoScalingGroupRequest, UpdateAutoScalingGroupResponse> UpdateAutoScalingGroup = new(
        "UpdateAutoScalingGroup",
        (query, request) =>
        {
            query.Add("AutoScalingGroupName", request.AutoScalingGroupName);
            query.AddList("AvailabilityZones", request.AvailabilityZones);
            query.Add("CapacityRebalance", request.CapacityRebalance);
            query.Add("Context", request.Context);
            query.Add("DefaultCooldown", request.DefaultCooldown);
            query.Add("DefaultInstanceWarmup", request.DefaultInstanceWarmup);
            query.Add("DesiredCapacity", request.DesiredCapacity);
            query.Add("DesiredCapacityType", request.DesiredCapacityType);
            query.Add("HealthCheckGracePeriod", request.HealthCheckGracePeriod);
            query.Add("HealthCheckType", request.HealthCheckType);
            query.Add("InstanceMaintenancePolicy", request.InstanceMaintenancePolicy, Writing.MaintenancePolicy);
            query.Add("LaunchConfigurationName", request.LaunchConfigurationName);
            query.Add("LaunchTemplate", request.LaunchTemplate, Writing.LaunchTemplate);
            query.Add("MaxInstanceLifetime", request.MaxInstanceLifetime);
            query.Add("MaxSize", request.MaxSize);
            query.Add("MinSize", request.MinSize);
            query.Add("MixedInstancesPolicy", request.MixedInstancesPolicy, Writing.MixedInstancesPolicy);
            query.Add("NewInstancesProtectedFromScaleIn", request.NewInstancesProtectedFromScaleIn);
            query.Add("PlacementGroup", request.PlacementGroup);
            query.Add("ServiceLinkedRoleARN", request.ServiceLinkedRoleARN);
            query.AddList("TerminationPolicies", request.TerminationPolicies);
            query.Add("VPCZoneIdentifier", request.VPCZoneIdentifier);
        },
        _ => new UpdateAutoScalingGroupResponse(),
        "ResourceContention",
        "ScalingActivityInProgress",
        "ServiceLinkedRoleFailure");
}
