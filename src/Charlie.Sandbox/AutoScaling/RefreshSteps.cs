using Charlie.Sandbox.Ec2;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.AutoScaling;

/// <summary>How many instances a group may have: a group launches up to Min and terminates what is above Max.</summary>
internal readonly record struct CapacityBounds(int Min, int Max);

/// <summary>What a refresh does at each check of its group.</summary>
internal sealed class RefreshSteps(
    CloudContext context, LaunchTemplates templates, InstanceLifecycle lifecycle, InstanceRefreshes refreshes)
{
    /// <summary>For as long may a refresh replace instances, AWS says.</summary>
    private static readonly TimeSpan MaxRefresh = TimeSpan.FromDays(14);

    /// <summary>Moves the group's refresh on, if one is active, and lets instances go for it.</summary>
    public CapacityBounds Step(AutoScalingGroup group)
    {
        if (group.Refresh is { Status: InstanceRefreshStatus.Pending } pending)
        {
            refreshes.Begin(pending);
        }

        if (group.Refresh is { Status: InstanceRefreshStatus.Cancelling } cancelling
            && cancelling.InFlight.All(instance => instance.Activity.IsOver))
        {
            refreshes.End(cancelling, InstanceRefreshStatus.Cancelled, "Cancelled due to user request.");
        }

        if (group.Refresh is not { } refresh)
        {
            return new CapacityBounds(group.DesiredCapacity, group.DesiredCapacity);
        }

        var now = context.Time.GetUtcNow();
        TerminateStandby(refresh, now);
        var specification = refresh.DesiredConfiguration ?? group.LaunchTemplate;
        refresh.Target = templates.FindId(specification.Id)?.Find(specification.Version);
        var seen = new RefreshProgress(refresh, now);
        var resting = new CapacityBounds(group.DesiredCapacity, Math.Max(group.DesiredCapacity, seen.Max));
        if (refresh.Status == InstanceRefreshStatus.Cancelling || !group.Runs("InstanceRefresh"))
        {
            return resting;
        }

        Note(refresh, seen);
        Progress(refresh, seen, now);
        if (!refresh.IsActive)
        {
            return new CapacityBounds(group.DesiredCapacity, group.DesiredCapacity);
        }

        // What was just reached or turned back changes what is to be done.
        seen = new RefreshProgress(refresh, now);
        return Replace(refresh, seen, now);
    }

    private CapacityBounds Replace(GroupInstanceRefresh refresh, RefreshProgress seen, DateTimeOffset now)
    {
        var group = refresh.Group;
        var going = group.Runs("Terminate") ? seen.Going() : [];
        foreach (var instance in going)
        {
            lifecycle.Terminate(
                instance, $"At {AwsTime.Seconds(now)} an instance was taken out of service in response to an instance refresh.");
        }

        if (seen.IsReplacing && !(group.Runs("Launch") && group.Runs("Terminate")))
        {
            refresh.Hinder(now, "The Launch or the Terminate process of the group is suspended.");
        }

        return new CapacityBounds(
            seen.LaunchUpTo(going.Count), seen.IsReplacing ? Math.Max(group.DesiredCapacity, seen.Max) : group.DesiredCapacity);
    }

    private void Progress(GroupInstanceRefresh refresh, RefreshProgress seen, DateTimeOffset now)
    {
        if (refresh.Hindrance is { } hindrance && now - hindrance.Since >= context.Timings.RefreshTimeout)
        {
            refreshes.Fail(refresh, $"The instance refresh could not replace instances for {context.Timings.RefreshTimeout.TotalMinutes:0} minutes. {hindrance.Reason}");
        }
        else if (now - (refresh.Rollback?.StartTime ?? refresh.StartTime) >= MaxRefresh && refresh.Status != InstanceRefreshStatus.Baking)
        {
            refreshes.Fail(refresh, "The instance refresh went on for longer than 14 days.");
        }
        else if (refresh.Status == InstanceRefreshStatus.RollbackInProgress)
        {
            if (seen.IsDone)
            {
                refreshes.End(refresh, InstanceRefreshStatus.RollbackSuccessful, refresh.Rollback!.Reason);
            }
        }
        else if (refresh.RestsUntil is { } until && now < until)
        {
            // Nothing is missed while it rests: an hour of waiting is none of trying.
            refresh.GoOn();
        }
        else if (refresh.Preferences.StandbyInstances == "Wait" && Standby(refresh).FirstOrDefault() is { } waiting)
        {
            refresh.Hinder(now, $"Waiting for instances in standby. For example: {waiting.Id} is in standby.");
            refresh.StatusReason = refresh.Hindrance?.Reason;
        }
        else if (seen.IsDone)
        {
            Finish(refresh);
        }
        else
        {
            Continue(refresh, seen, now);
        }
    }

    private void TerminateStandby(GroupInstanceRefresh refresh, DateTimeOffset now)
    {
        if (refresh.Preferences.StandbyInstances == "Terminate" && refresh.Group.Runs("Terminate"))
        {
            foreach (var instance in Standby(refresh).ToList())
            {
                lifecycle.Terminate(
                    instance, $"At {AwsTime.Seconds(now)} an instance was taken out of service in response to an instance refresh.");
            }
        }
    }

    private static IEnumerable<GroupInstance> Standby(GroupInstanceRefresh refresh) =>
        refresh.Group.Instances.Where(instance => instance.State == LifecycleState.Standby && refresh.Replaces(instance));

    private void Finish(GroupInstanceRefresh refresh)
    {
        if (refresh is { Status: InstanceRefreshStatus.InProgress, Preferences.BakeTime: { } bake } && bake > TimeSpan.Zero)
        {
            refreshes.Bake(refresh, bake);
        }
        else
        {
            refreshes.Succeed(refresh);
        }
    }

    private void Continue(GroupInstanceRefresh refresh, RefreshProgress seen, DateTimeOffset now)
    {
        // The greatest checkpoint that was reached; a group that grew may reach one again, and one may be skipped.
        var checkpoint = refresh.Preferences.CheckpointPercentages.LastOrDefault(percentage => percentage <= seen.Percentage);
        if (checkpoint > refresh.Checkpoint && refresh.Status == InstanceRefreshStatus.InProgress)
        {
            refreshes.ReachCheckpoint(refresh, checkpoint);
            return;
        }

        refresh.Checkpoint = Math.Min(refresh.Checkpoint, checkpoint);
        refresh.RestsUntil = null;
        if (seen.IsBlocked)
        {
            refresh.Hinder(now, $"Waiting for instances that are protected from scale in. For example: {seen.Protected!.Id} is protected.");
        }

        refresh.StatusReason = refresh.Hindrance?.Reason
            ?? (seen.Warming is { } warming
                ? $"Waiting for instances to warm up before continuing. For example: {warming.Id} is warming up." : null);
    }

    private static void Note(GroupInstanceRefresh refresh, RefreshProgress seen)
    {
        refresh.Furthest = Math.Min(refresh.Furthest, seen.Whole);
        if (seen.Updated > refresh.Furthest)
        {
            refresh.Furthest = seen.Updated;
            refresh.GoOn();
        }

        if (refresh.Rollback is { } rollback)
        {
            refresh.PercentageComplete = Math.Min(rollback.PercentageComplete, seen.Whole == 0 ? 0 : 100 * seen.Forward / seen.Whole);
            refresh.InstancesToUpdate = Math.Max(rollback.InstancesToUpdate, seen.Whole - seen.Forward);
        }
        else
        {
            refresh.PercentageComplete = seen.Percentage;
            refresh.InstancesToUpdate = Math.Max(seen.FinalGoal - seen.Updated, 0);
        }
    }
}
