using Amazon.Runtime;

namespace Amazon.AutoScaling.Model;

public interface IDescribeAutoScalingGroupsPaginator
{
    IPaginatedEnumerable<DescribeAutoScalingGroupsResponse> Responses { get; }

    IPaginatedEnumerable<AutoScalingGroup> AutoScalingGroups { get; }
}

public interface IDescribeAutoScalingInstancesPaginator
{
    IPaginatedEnumerable<DescribeAutoScalingInstancesResponse> Responses { get; }

    IPaginatedEnumerable<AutoScalingInstanceDetails> AutoScalingInstances { get; }
}

public interface IDescribeInstanceRefreshesPaginator
{
    IPaginatedEnumerable<DescribeInstanceRefreshesResponse> Responses { get; }
}

public interface IDescribeScalingActivitiesPaginator
{
    IPaginatedEnumerable<DescribeScalingActivitiesResponse> Responses { get; }

    IPaginatedEnumerable<Activity> Activities { get; }
}
