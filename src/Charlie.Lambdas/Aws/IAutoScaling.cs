using Amazon.AutoScaling.Model;

namespace Charlie.Lambdas.Aws;

/// <summary>What Charlie asks of Auto Scaling, as the SDK's client has it.</summary>
internal interface IAutoScaling
{
    Task<DescribeAutoScalingGroupsResponse> DescribeAutoScalingGroupsAsync(
        DescribeAutoScalingGroupsRequest request, CancellationToken cancellationToken = default);

    Task<DescribeInstanceRefreshesResponse> DescribeInstanceRefreshesAsync(
        DescribeInstanceRefreshesRequest request, CancellationToken cancellationToken = default);

    Task<DescribeScalingActivitiesResponse> DescribeScalingActivitiesAsync(
        DescribeScalingActivitiesRequest request, CancellationToken cancellationToken = default);

    Task<DescribeScheduledActionsResponse> DescribeScheduledActionsAsync(
        DescribeScheduledActionsRequest request, CancellationToken cancellationToken = default);

    Task<SetInstanceProtectionResponse> SetInstanceProtectionAsync(
        SetInstanceProtectionRequest request, CancellationToken cancellationToken = default);

    Task<UpdateAutoScalingGroupResponse> UpdateAutoScalingGroupAsync(
        UpdateAutoScalingGroupRequest request, CancellationToken cancellationToken = default);

    Task<TerminateInstanceInAutoScalingGroupResponse> TerminateInstanceInAutoScalingGroupAsync(
        TerminateInstanceInAutoScalingGroupRequest request, CancellationToken cancellationToken = default);

    Task<SuspendProcessesResponse> SuspendProcessesAsync(SuspendProcessesRequest request, CancellationToken cancellationToken = default);

    Task<ResumeProcessesResponse> ResumeProcessesAsync(ResumeProcessesRequest request, CancellationToken cancellationToken = default);

    Task<StartInstanceRefreshResponse> StartInstanceRefreshAsync(
        StartInstanceRefreshRequest request, CancellationToken cancellationToken = default);

    Task<CancelInstanceRefreshResponse> CancelInstanceRefreshAsync(
        CancelInstanceRefreshRequest request, CancellationToken cancellationToken = default);

    Task<RollbackInstanceRefreshResponse> RollbackInstanceRefreshAsync(
        RollbackInstanceRefreshRequest request, CancellationToken cancellationToken = default);

    Task<CompleteLifecycleActionResponse> CompleteLifecycleActionAsync(
        CompleteLifecycleActionRequest request, CancellationToken cancellationToken = default);
}
