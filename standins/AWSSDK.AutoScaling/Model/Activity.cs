namespace Amazon.AutoScaling.Model;

public partial class Activity
{
    public string ActivityId { get; set; }

    public string AutoScalingGroupARN { get; set; }

    public string AutoScalingGroupName { get; set; }

    public string AutoScalingGroupState { get; set; }

    public string Cause { get; set; }

    public string Description { get; set; }

    public string Details { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? EndTime { get; set; }

    /// <summary>0 to 100.</summary>
    public int? Progress { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? StartTime { get; set; }

    public ScalingActivityStatusCode StatusCode { get; set; }

    public string StatusMessage { get; set; }
}
