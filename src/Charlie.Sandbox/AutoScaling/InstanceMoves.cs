using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.AutoScaling;

/// <summary>
/// The ways out of service that end no machine: to standby and back, and out of the group. All of it runs under the cloud's
/// lock.
/// </summary>
internal sealed class InstanceMoves(CloudContext context, ScalingActivities activities, InstanceLifecycle lifecycle)
{
    public void EnterStandby(GroupInstance member, string cause)
    {
        Begin(member, LifecycleState.EnteringStandby, $"Moving EC2 instance to Standby: {member.Id}", cause);
        After(member, LifecycleState.EnteringStandby, () => member.MoveTo(LifecycleState.Standby), "in standby");
    }

    /// <summary>Back into service, past the launch hooks: the machine is the same.</summary>
    public void ExitStandby(GroupInstance member, string cause)
    {
        Begin(member, LifecycleState.Pending, $"Moving EC2 instance out of Standby: {member.Id}", cause);
        member.Activity.StatusCode = ScalingActivity.PreInService;
        After(member, LifecycleState.Pending, () =>
        {
            member.MoveTo(LifecycleState.InService);
            member.InServiceSince = context.Time.GetUtcNow();
        }, "in service");
    }

    /// <summary>Out of the group; the machine runs on and belongs to no one.</summary>
    public void Detach(GroupInstance member, string cause)
    {
        Begin(member, LifecycleState.Detaching, $"Detaching EC2 instance: {member.Id}", cause);
        After(member, LifecycleState.Detaching, () => lifecycle.Release(member), "left the group");
    }

    private void Begin(GroupInstance member, LifecycleState state, string description, string cause)
    {
        member.MoveTo(state);
        member.Activity = activities.Begin(
            member.Group, description, $"At {AwsTime.Seconds(context.Time.GetUtcNow())} instance {member.Id} {cause}",
            member.Machine.AvailabilityZone, member.Machine.SubnetId);
        lifecycle.RecordState(member, description);
    }

    private void After(GroupInstance member, LifecycleState state, Action end, string what) =>
        context.Scheduler.After(context.Timings.LifecycleStep, () =>
        {
            if (member.State == state)
            {
                end();
                activities.End(member.Activity, ScalingActivity.Successful);
                lifecycle.RecordState(member, what);
            }
        });
}
