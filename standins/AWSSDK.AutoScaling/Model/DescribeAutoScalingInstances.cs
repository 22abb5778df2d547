using Amazon.Runtime;

namespace Amazon.AutoScaling.Model;

public partial class DescribeAutoScalingInstancesRequest : AmazonAutoScalingRequest
{
    /// <summary>At most 50.</summary>
    public List<string> InstanceIds { get; set; } = Unset.List<string>();

    /// <summary>At most 50.</summary>
    public int? MaxRecords { get; set; }

    public string NextToken { get; set; }
}

public partial class DescribeAutoScalingInstancesResponse : AmazonWebServiceResponse
{
    public List<AutoScalingInstanceDetails> AutoScalingInstances { get; set; } = Unset.List<AutoScalingInstanceDetails>();

    public string NextToken { get; set; }
}
