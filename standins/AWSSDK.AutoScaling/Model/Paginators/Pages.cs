using System.Runtime.CompilerServices;
using Amazon.Runtime;

namespace Amazon.AutoScaling.Model;

/// <summary>Every page of one request, requested as it is walked through, once: the request's own token moves on.</summary>
internal sealed class Pages<TResponse>(
    string startToken, Func<string, CancellationToken, Task<TResponse>> readPage, Func<TResponse, string> tokenOf) : IPaginator<TResponse>
{
    private int _used;

    public async IAsyncEnumerable<TResponse> PaginateAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _used, 1) != 0)
        {
            throw new InvalidOperationException("Paginator has already been consumed and cannot be reused. Please create a new instance.");
        }

        var token = startToken;
        do
        {
            var page = await readPage(token, cancellationToken);
            token = tokenOf(page);
            cancellationToken.ThrowIfCancellationRequested();
            yield return page;
        }
        while (!string.IsNullOrEmpty(token));
    }
}

internal sealed class AutoScalingPaginatorFactory(IAmazonAutoScaling client) : IAutoScalingPaginatorFactory
{
    public IDescribeAutoScalingGroupsPaginator DescribeAutoScalingGroups(DescribeAutoScalingGroupsRequest request) =>
        new GroupsPaginator(new Pages<DescribeAutoScalingGroupsResponse>(
            request.NextToken,
            (token, cancellationToken) =>
            {
                request.NextToken = token;
                return client.DescribeAutoScalingGroupsAsync(request, cancellationToken);
            },
            page => page.NextToken));

    public IDescribeAutoScalingInstancesPaginator DescribeAutoScalingInstances(DescribeAutoScalingInstancesRequest request) =>
        new InstancesPaginator(new Pages<DescribeAutoScalingInstancesResponse>(
            request.NextToken,
            (token, cancellationToken) =>
            {
                request.NextToken = token;
                return client.DescribeAutoScalingInstancesAsync(request, cancellationToken);
            },
            page => page.NextToken));

    public IDescribeInstanceRefreshesPaginator DescribeInstanceRefreshes(DescribeInstanceRefreshesRequest request) =>
        new RefreshesPaginator(new Pages<DescribeInstanceRefreshesResponse>(
            request.NextToken,
            (token, cancellationToken) =>
            {
                request.NextToken = token;
                return client.DescribeInstanceRefreshesAsync(request, cancellationToken);
            },
            page => page.NextToken));

    public IDescribeScalingActivitiesPaginator DescribeScalingActivities(DescribeScalingActivitiesRequest request) =>
        new ActivitiesPaginator(new Pages<DescribeScalingActivitiesResponse>(
            request.NextToken,
            (token, cancellationToken) =>
            {
                request.NextToken = token;
                return client.DescribeScalingActivitiesAsync(request, cancellationToken);
            },
            page => page.NextToken));

    private sealed class GroupsPaginator(Pages<DescribeAutoScalingGroupsResponse> pages) : IDescribeAutoScalingGroupsPaginator
    {
        public IPaginatedEnumerable<DescribeAutoScalingGroupsResponse> Responses =>
            new PaginatedResponse<DescribeAutoScalingGroupsResponse>(pages);

        public IPaginatedEnumerable<AutoScalingGroup> AutoScalingGroups =>
            new PaginatedResultKeyResponse<DescribeAutoScalingGroupsResponse,
                AutoScalingGroup>(pages, page => page.AutoScalingGroups ?? []);
    }

    private sealed class InstancesPaginator(Pages<DescribeAutoScalingInstancesResponse> pages) : IDescribeAutoScalingInstancesPaginator
    {
        public IPaginatedEnumerable<DescribeAutoScalingInstancesResponse> Responses =>
            new PaginatedResponse<DescribeAutoScalingInstancesResponse>(pages);

        public IPaginatedEnumerable<AutoScalingInstanceDetails> AutoScalingInstances =>
            new PaginatedResultKeyResponse<DescribeAutoScalingInstancesResponse, AutoScalingInstanceDetails>(
                pages, page => page.AutoScalingInstances ?? []);
    }

    private sealed class RefreshesPaginator(Pages<DescribeInstanceRefreshesResponse> pages) : IDescribeInstanceRefreshesPaginator
    {
        public IPaginatedEnumerable<DescribeInstanceRefreshesResponse> Responses =>
            new PaginatedResponse<DescribeInstanceRefreshesResponse>(pages);
    }

    private sealed class ActivitiesPaginator(Pages<DescribeScalingActivitiesResponse> pages) : IDescribeScalingActivitiesPaginator
    {
        public IPaginatedEnumerable<DescribeScalingActivitiesResponse> Responses =>
            new PaginatedResponse<DescribeScalingActivitiesResponse>(pages);

        public IPaginatedEnumerable<Activity> Activities =>
            new PaginatedResultKeyResponse<DescribeScalingActivitiesResponse, Activity>(pages, page => page.Activities ?? []);
    }
}
