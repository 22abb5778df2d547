using Amazon.AutoScaling.Marshalling;
using Amazon.AutoScaling.Model;

namespace Amazon.AutoScaling;

public partial class AmazonAutoScalingClient
{
    public virtual Task<DescribeAutoScalingGroupsResponse> DescribeAutoScalingGroupsAsync(CancellationToken cancellationToken = default) =>
        DescribeAutoScalingGroupsAsync(new DescribeAutoScalingGroupsRequest(), cancellationToken);

    public virtual Task<DescribeAutoScalingGroupsResponse> DescribeAutoScalingGroupsAsync(
        DescribeAutoScalingGroupsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeAutoScalingGroupsResponse>(request, Operations.DescribeAutoScalingGroups.Options, cancellationToken);

    public virtual Task<DescribeAutoScalingInstancesResponse> DescribeAutoScalingInstancesAsync(
        CancellationToken cancellationToken = default) =>
        DescribeAutoScalingInstancesAsync(new DescribeAutoScalingInstancesRequest(), cancellationToken);

    public virtual Task<DescribeAutoScalingInstancesResponse> DescribeAutoScalingInstancesAsync(
        DescribeAutoScalingInstancesRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeAutoScalingInstancesResponse>(request, Operations.DescribeAutoScalingInstances.Options, cancellationToken);

    public virtual Task<DescribeLifecycleHooksResponse> DescribeLifecycleHooksAsync(
        DescribeLifecycleHooksRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeLifecycleHooksResponse>(request, Operations.DescribeLifecycleHooks.Options, cancellationToken);

    public virtual Task<DescribeScalingActivitiesResponse> DescribeScalingActivitiesAsync(CancellationToken cancellationToken = default) =>
        DescribeScalingActivitiesAsync(new DescribeScalingActivitiesRequest(), cancellationToken);

    public virtual Task<DescribeScalingActivitiesResponse> DescribeScalingActivitiesAsync(
        DescribeScalingActivitiesRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeScalingActivitiesResponse>(request, Operations.DescribeScalingActivities.Options, cancellationToken);

    public virtual Task<CreateAutoScalingGroupResponse> CreateAutoScalingGroupAsync(
        CreateAutoScalingGroupRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<CreateAutoScalingGroupResponse>(request, GroupOperations.CreateAutoScalingGroup.Options, cancellationToken);

    public virtual Task<UpdateAutoScalingGroupResponse> UpdateAutoScalingGroupAsync(
        UpdateAutoScalingGroupRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<UpdateAutoScalingGroupResponse>(request, GroupOperations.UpdateAutoScalingGroup.Options, cancellationToken);

    public virtual Task<SetDesiredCapacityResponse> SetDesiredCapacityAsync(
        SetDesiredCapacityRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<SetDesiredCapacityResponse>(request, Operations.SetDesiredCapacity.Options, cancellationToken);

    public virtual Task<TerminateInstanceInAutoScalingGroupResponse> TerminateInstanceInAutoScalingGroupAsync(
        TerminateInstanceInAutoScalingGroupRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<TerminateInstanceInAutoScalingGroupResponse>(
            request, Operations.TerminateInstanceInAutoScalingGroup.Options, cancellationToken);

    public virtual Task<CompleteLifecycleActionResponse> CompleteLifecycleActionAsync(
        CompleteLifecycleActionRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<CompleteLifecycleActionResponse>(request, Operations.CompleteLifecycleAction.Options, cancellationToken);

    public virtual Task<DeleteAutoScalingGroupResponse> DeleteAutoScalingGroupAsync(
        DeleteAutoScalingGroupRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DeleteAutoScalingGroupResponse>(request, Operations.DeleteAutoScalingGroup.Options, cancellationToken);

    public virtual Task<SuspendProcessesResponse> SuspendProcessesAsync(
        SuspendProcessesRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<SuspendProcessesResponse>(request, Operations.SuspendProcesses.Options, cancellationToken);

    public virtual Task<ResumeProcessesResponse> ResumeProcessesAsync(
        ResumeProcessesRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<ResumeProcessesResponse>(request, Operations.ResumeProcesses.Options, cancellationToken);

    public virtual Task<DescribeScheduledActionsResponse> DescribeScheduledActionsAsync(
        DescribeScheduledActionsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeScheduledActionsResponse>(request, ScheduleOperations.DescribeScheduledActions.Options, cancellationToken);

    public virtual Task<SetInstanceProtectionResponse> SetInstanceProtectionAsync(
        SetInstanceProtectionRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<SetInstanceProtectionResponse>(request, Operations.SetInstanceProtection.Options, cancellationToken);

    public virtual Task<StartInstanceRefreshResponse> StartInstanceRefreshAsync(
        StartInstanceRefreshRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<StartInstanceRefreshResponse>(request, InstanceRefreshOperations.StartInstanceRefresh.Options, cancellationToken);

    public virtual Task<CancelInstanceRefreshResponse> CancelInstanceRefreshAsync(
        CancelInstanceRefreshRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<CancelInstanceRefreshResponse>(request, InstanceRefreshOperations.CancelInstanceRefresh.Options, cancellationToken);

    public virtual Task<RollbackInstanceRefreshResponse> RollbackInstanceRefreshAsync(
        RollbackInstanceRefreshRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<RollbackInstanceRefreshResponse>(request, InstanceRefreshOperations.RollbackInstanceRefresh.Options, cancellationToken);

    public virtual Task<DescribeInstanceRefreshesResponse> DescribeInstanceRefreshesAsync(
        DescribeInstanceRefreshesRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeInstanceRefreshesResponse>(
            request, InstanceRefreshOperations.DescribeInstanceRefreshes.Options, cancellationToken);
}
