using Amazon.AutoScaling.Model;
using Amazon.Runtime;

namespace Amazon.AutoScaling;

public partial interface IAmazonAutoScaling : IAmazonService, IDisposable
{
    IAutoScalingPaginatorFactory Paginators { get; }

    Task<DescribeAutoScalingGroupsResponse> DescribeAutoScalingGroupsAsync(CancellationToken cancellationToken = default);

    Task<DescribeAutoScalingGroupsResponse> DescribeAutoScalingGroupsAsync(
        DescribeAutoScalingGroupsRequest request, CancellationToken cancellationToken = default);

    Task<DescribeAutoScalingInstancesResponse> DescribeAutoScalingInstancesAsync(CancellationToken cancellationToken = default);

    Task<DescribeAutoScalingInstancesResponse> DescribeAutoScalingInstancesAsync(
        DescribeAutoScalingInstancesRequest request, CancellationToken cancellationToken = default);

    Task<DescribeLifecycleHooksResponse> DescribeLifecycleHooksAsync(
        DescribeLifecycleHooksRequest request, CancellationToken cancellationToken = default);

    Task<DescribeScalingActivitiesResponse> DescribeScalingActivitiesAsync(CancellationToken cancellationToken = default);

    Task<DescribeScalingActivitiesResponse> DescribeScalingActivitiesAsync(
        DescribeScalingActivitiesRequest request, CancellationToken cancellationToken = default);

    Task<CreateAutoScalingGroupResponse> CreateAutoScalingGroupAsync(
        CreateAutoScalingGroupRequest request, CancellationToken cancellationToken = default);

    Task<UpdateAutoScalingGroupResponse> UpdateAutoScalingGroupAsync(
        UpdateAutoScalingGroupRequest request, CancellationToken cancellationToken = default);

    Task<SetDesiredCapacityResponse> SetDesiredCapacityAsync(
        SetDesiredCapacityRequest request, CancellationToken cancellationToken = default);

    Task<TerminateInstanceInAutoScalingGroupResponse> TerminateInstanceInAutoScalingGroupAsync(
        TerminateInstanceInAutoScalingGroupRequest request, CancellationToken cancellationToken = default);

    Task<CompleteLifecycleActionResponse> CompleteLifecycleActionAsync(
        CompleteLifecycleActionRequest request, CancellationToken cancellationToken = default);

    Task<DeleteAutoScalingGroupResponse> DeleteAutoScalingGroupAsync(
        DeleteAutoScalingGroupRequest request, CancellationToken cancellationToken = default);

    Task<SuspendProcessesResponse> SuspendProcessesAsync(
        SuspendProcessesRequest request, CancellationToken cancellationToken = default);

    Task<ResumeProcessesResponse> ResumeProcessesAsync(
        ResumeProcessesRequest request, CancellationToken cancellationToken = default);

    Task<DescribeScheduledActionsResponse> DescribeScheduledActionsAsync(
        DescribeScheduledActionsRequest request, CancellationToken cancellationToken = default);

    Task<SetInstanceProtectionResponse> SetInstanceProtectionAsync(
        SetInstanceProtectionRequest request, CancellationToken cancellationToken = default);

    Task<StartInstanceRefreshResponse> StartInstanceRefreshAsync(
        StartInstanceRefreshRequest request, CancellationToken cancellationToken = default);

    Task<CancelInstanceRefreshResponse> CancelInstanceRefreshAsync(
        CancelInstanceRefreshRequest request, CancellationToken cancellationToken = default);

    Task<RollbackInstanceRefreshResponse> RollbackInstanceRefreshAsync(
        RollbackInstanceRefreshRequest request, CancellationToken cancellationToken = default);

    Task<DescribeInstanceRefreshesResponse> DescribeInstanceRefreshesAsync(
        DescribeInstanceRefreshesRequest request, CancellationToken cancellationToken = default);

    /// <summary>Where a request would go, without sending it.</summary>
    Amazon.Runtime.Endpoints.Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request);

    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonAutoScalingConfig();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        new AmazonAutoScalingClient(awsCredentials, (AmazonAutoScalingConfig)clientConfig);
}
