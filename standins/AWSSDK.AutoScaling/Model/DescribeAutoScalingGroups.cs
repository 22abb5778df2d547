using Amazon.Runtime;

namespace Amazon.AutoScaling.Model;

public partial class DescribeAutoScalingGroupsRequest : AmazonAutoScalingRequest
{
    public List<string> AutoScalingGroupNames { get; set; } = Unset.List<string>();

    public List<Filter> Filters { get; set; } = Unset.List<Filter>();

    public bool? IncludeInstances { get; set; }

    /// <summary>At most 100; 50 where nothing is set.</summary>
    public int? MaxRecords { get; set; }

    public string NextToken { get; set; }
}

public partial class DescribeAutoScalingGroupsResponse : AmazonWebServiceResponse
{
    public List<AutoScalingGroup> AutoScalingGroups { get; set; } = Unset.List<AutoScalingGroup>();

    public string NextToken { get; set; }
}
