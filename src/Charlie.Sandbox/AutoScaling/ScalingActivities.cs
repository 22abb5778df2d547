namespace Charlie.Sandbox.AutoScaling;

/// <summary>The history of all groups; it outlives them.</summary>
public sealed class ScalingActivities
{
    private readonly Cloud cloud;
    private readonly List<ScalingActivity> all = [];

    internal ScalingActivities(Cloud cloud) => this.cloud = cloud;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<ScalingActivity> All => all;

    internal ScalingActivity Begin(AutoScalingGroup group, string description, string cause, string availabilityZone, string? subnetId)
    {
        var activity = new ScalingActivity(all.Count, cloud.Ids.Uuid(), group.Name, group.Arn, cloud.Time.GetUtcNow())
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
        activity.EndTime = cloud.Time.GetUtcNow();
        activity.StatusCode = status;
        activity.StatusMessage = message;
        activity.Progress = 100;
    }
}
