using Amazon.Runtime;

namespace Amazon.AutoScaling.Model;

public partial class DescribeScalingActivitiesRequest : AmazonAutoScalingRequest
{
    public List<string> ActivityIds { get; set; } = Unset.List<string>();

    public string AutoScalingGroupName { get; set; }

    public List<Filter> Filters { get; set; } = Unset.List<Filter>();

    public bool? IncludeDeletedGroups { get; set; }

    /// <summary>At most 100.</summary>
    public int? MaxRecords { get; set; }

    public string NextToken { get; set; }
}

public partial class DescribeScalingActivitiesResponse : AmazonWebServiceResponse
{
    public List<Activity> Activities { get; set; } = Unset.List<Activity>();

    public string NextToken { get; set; }
}
