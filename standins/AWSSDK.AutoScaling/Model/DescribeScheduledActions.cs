using Amazon.Runtime;

namespace Amazon.AutoScaling.Model;

public partial class DescribeScheduledActionsRequest : AmazonAutoScalingRequest
{
    public string AutoScalingGroupName { get; set; }

    public DateTime? EndTime { get; set; }

    /// <summary>At most 100.</summary>
    public int? MaxRecords { get; set; }

    public string NextToken { get; set; }

    public List<string> ScheduledActionNames { get; set; } = Unset.List<string>();

    public DateTime? StartTime { get; set; }
}

public partial class DescribeScheduledActionsResponse : AmazonWebServiceResponse
{
    public string NextToken { get; set; }

    public List<ScheduledUpdateGroupAction> ScheduledUpdateGroupActions { get; set; } = Unset.List<ScheduledUpdateGroupAction>();
}

public partial class ScheduledUpdateGroupAction
{
    public string AutoScalingGroupName { get; set; }

    public int? DesiredCapacity { get; set; }

    public DateTime? EndTime { get; set; }

    public int? MaxSize { get; set; }

    public int? MinSize { get; set; }

    public string Recurrence { get; set; }

    public string ScheduledActionARN { get; set; }

    public string ScheduledActionName { get; set; }

    public DateTime? StartTime { get; set; }

    public DateTime? Time { get; set; }

    public string TimeZone { get; set; }
}
