namespace Charlie.Sandbox.AutoScaling;

/// <summary>The history of all groups; it outlives them.</summary>
public sealed class ScalingActivities
{
    private readonly CloudContext context;
    private readonly List<ScalingActivity> all = [];

    internal ScalingActivities(CloudContext context) => this.context = context;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<ScalingActivity> All => all;

    internal ScalingActivity Begin(AutoScalingGroup group, string description, string cause, string availabilityZone, string? subnetId)
    {
        var activity = new ScalingActivity(all.Count, context.Ids.Uuid(), group.Name, group.Arn, context.Time.GetUtcNow())
        {
            Description = description,
            Cause = cause,
            AvailabilityZone = availabilityZone,
            SubnetId = subnetId,
        };
        all.Add(activity);
        return activity;
    }

    internal void End(ScalingActivity activity, string status, string? message = null)
    {
        activity.EndTime = context.Time.GetUtcNow();
        activity.StatusCode = status;
        activity.StatusMessage = message;
        activity.Progress = 100;
    }
}
