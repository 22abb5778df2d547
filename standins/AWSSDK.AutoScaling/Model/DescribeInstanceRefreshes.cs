using Amazon.Runtime;

namespace Amazon.AutoScaling.Model;

public partial class DescribeInstanceRefreshesRequest : AmazonAutoScalingRequest
{
    public string AutoScalingGroupName { get; set; }

    public List<string> InstanceRefreshIds { get; set; } = Unset.List<string>();

    /// <summary>At most 100.</summary>
    public int? MaxRecords { get; set; }

    public string NextToken { get; set; }
}

public partial class DescribeInstanceRefreshesResponse : AmazonWebServiceResponse
{
    /// <summary>Newest first.</summary>
    public List<InstanceRefresh> InstanceRefreshes { get; set; } = Unset.List<InstanceRefresh>();

    public string NextToken { get; set; }
}
