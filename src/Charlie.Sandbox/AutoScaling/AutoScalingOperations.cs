using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.AutoScaling;

/// <summary>What of Auto Scaling is played.</summary>
internal static class AutoScalingOperations
{
    private const string Settings =
        "AutoScalingGroupName LaunchConfigurationName LaunchTemplate.LaunchTemplateId "
        + "LaunchTemplate.LaunchTemplateName LaunchTemplate.Version "
        + "MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification.LaunchTemplateId "
        + "MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification.LaunchTemplateName "
        + "MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification.Version "
        + "MixedInstancesPolicy.LaunchTemplate.Overrides.n.InstanceType "
        + "MixedInstancesPolicy.InstancesDistribution.OnDemandAllocationStrategy "
        + "MixedInstancesPolicy.InstancesDistribution.OnDemandBaseCapacity "
        + "MixedInstancesPolicy.InstancesDistribution.OnDemandPercentageAboveBaseCapacity MinSize MaxSize "
        + "DesiredCapacity DefaultCooldown AvailabilityZones.n HealthCheckType HealthCheckGracePeriod "
        + "VPCZoneIdentifier TerminationPolicies.n NewInstancesProtectedFromScaleIn ServiceLinkedRoleARN "
        + "MaxInstanceLifetime Context DesiredCapacityType DefaultInstanceWarmup "
        + "InstanceMaintenancePolicy.MinHealthyPercentage InstanceMaintenancePolicy.MaxHealthyPercentage ";

    private const string Tag = "Tags.n.Key Tags.n.Value Tags.n.ResourceId Tags.n.ResourceType Tags.n.PropagateAtLaunch";

    public static readonly PlayedOperations Played = PlayedOperations.Of($"""
        CreateAutoScalingGroup {Settings} TargetGroupARNs.n {Hooks("LifecycleHookSpecificationList.n.")} {Tag}
        UpdateAutoScalingGroup {Settings}
        DeleteAutoScalingGroup AutoScalingGroupName ForceDelete
        DescribeAutoScalingGroups AutoScalingGroupNames.n IncludeInstances Filters.n.Name Filters.n.Values.n MaxRecords
          NextToken
        SetDesiredCapacity AutoScalingGroupName DesiredCapacity HonorCooldown
        SuspendProcesses AutoScalingGroupName ScalingProcesses.n
        ResumeProcesses AutoScalingGroupName ScalingProcesses.n
        DescribeScalingActivities AutoScalingGroupName ActivityIds.n IncludeDeletedGroups MaxRecords NextToken
        PutLifecycleHook AutoScalingGroupName {Hooks(string.Empty)}
        DeleteLifecycleHook AutoScalingGroupName LifecycleHookName
        DescribeLifecycleHooks AutoScalingGroupName LifecycleHookNames.n
        CompleteLifecycleAction AutoScalingGroupName LifecycleHookName LifecycleActionToken LifecycleActionResult InstanceId
        RecordLifecycleActionHeartbeat AutoScalingGroupName LifecycleHookName LifecycleActionToken InstanceId
        DescribeAutoScalingInstances InstanceIds.n MaxRecords NextToken
        TerminateInstanceInAutoScalingGroup InstanceId ShouldDecrementDesiredCapacity
        SetInstanceHealth InstanceId HealthStatus ShouldRespectGracePeriod
        SetInstanceProtection AutoScalingGroupName InstanceIds.n ProtectedFromScaleIn
        EnterStandby AutoScalingGroupName InstanceIds.n ShouldDecrementDesiredCapacity
        ExitStandby AutoScalingGroupName InstanceIds.n
        DetachInstances AutoScalingGroupName InstanceIds.n ShouldDecrementDesiredCapacity
        AttachLoadBalancerTargetGroups AutoScalingGroupName TargetGroupARNs.n
        DetachLoadBalancerTargetGroups AutoScalingGroupName TargetGroupARNs.n
        DescribeLoadBalancerTargetGroups AutoScalingGroupName MaxRecords NextToken
        CreateOrUpdateTags {Tag}
        DeleteTags {Tag}
        DescribeTags Filters.n.Name Filters.n.Values.n MaxRecords NextToken
        DescribeTerminationPolicyTypes
        StartInstanceRefresh AutoScalingGroupName Strategy DesiredConfiguration.LaunchTemplate.LaunchTemplateId
          DesiredConfiguration.LaunchTemplate.LaunchTemplateName DesiredConfiguration.LaunchTemplate.Version
          DesiredConfiguration.MixedInstancesPolicy.** Preferences.MinHealthyPercentage Preferences.MaxHealthyPercentage
          Preferences.InstanceWarmup Preferences.CheckpointPercentages.n Preferences.CheckpointDelay Preferences.SkipMatching
          Preferences.AutoRollback Preferences.ScaleInProtectedInstances Preferences.StandbyInstances
          Preferences.AlarmSpecification.Alarms.n Preferences.BakeTime
        CancelInstanceRefresh AutoScalingGroupName WaitForTransitioningInstances
        RollbackInstanceRefresh AutoScalingGroupName
        DescribeInstanceRefreshes AutoScalingGroupName InstanceRefreshIds.n MaxRecords NextToken
        PutScheduledUpdateGroupAction AutoScalingGroupName Time {Schedule(string.Empty)}
        BatchPutScheduledUpdateGroupAction AutoScalingGroupName {Schedule("ScheduledUpdateGroupActions.n.")}
        DescribeScheduledActions AutoScalingGroupName ScheduledActionNames.n StartTime EndTime MaxRecords NextToken
        DeleteScheduledAction AutoScalingGroupName ScheduledActionName
        BatchDeleteScheduledAction AutoScalingGroupName ScheduledActionNames.n
        """);

    private static string Schedule(string at) =>
        $"{at}ScheduledActionName {at}StartTime {at}EndTime {at}Recurrence {at}TimeZone {at}MinSize {at}MaxSize {at}DesiredCapacity";

    private static string Hooks(string at) =>
        $"{at}LifecycleHookName {at}LifecycleTransition {at}NotificationMetadata {at}HeartbeatTimeout {at}DefaultResult";
}
