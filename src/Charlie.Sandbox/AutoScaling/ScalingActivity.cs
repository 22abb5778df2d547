namespace Charlie.Sandbox.AutoScaling;

/// <summary>One launch or termination, as the group's history shows it.</summary>
public sealed class ScalingActivity
{
    public const string InProgress = "InProgress";

    public const string PreInService = "PreInService";

    public const string MidLifecycleAction = "MidLifecycleAction";

    public const string Successful = "Successful";

    public const string Failed = "Failed";

    public const string Cancelled = "Cancelled";

    internal ScalingActivity(long number, string id, string groupName, string groupArn, DateTimeOffset startTime)
    {
        Number = number;
        Id = id;
        GroupName = groupName;
        GroupArn = groupArn;
        StartTime = startTime;
    }

    /// <summary>Its place in the account's history, from 0.</summary>
    public long Number { get; }

    public string Id { get; }

    public string GroupName { get; }

    public string GroupArn { get; }

    public DateTimeOffset StartTime { get; }

    public DateTimeOffset? EndTime { get; internal set; }

    public required string Description { get; set; }

    public required string Cause { get; init; }

    public required string AvailabilityZone { get; init; }

    public string? SubnetId { get; init; }

    public string StatusCode { get; internal set; } = InProgress;

    public string? StatusMessage { get; internal set; }

    /// <summary>0 to 100.</summary>
    public int Progress { get; internal set; }

    public bool IsOver => EndTime is not null;
}
