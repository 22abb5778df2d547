using Charlie.Sandbox.Ec2;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.AutoScaling;

/// <summary>
/// The check that a group makes again and again: unhealthy instances go, and what is missing or too much for the
/// desired capacity comes or goes. An instance on its way out counts no more, so its replacement launches beside it.
/// </summary>
internal sealed class GroupCapacity(CloudContext context, InstanceLifecycle lifecycle, RefreshSteps refreshes)
{
    /// <summary>After this many failed launches in a row the wait between two attempts grows no more.</summary>
    private const int MaxDoublings = 6;

    public void Check(AutoScalingGroup group)
    {
        if (group.IsDeleted)
        {
            return;
        }

        var replaced = ReplaceUnhealthy(group);
        var bounds = refreshes.Step(group);
        LaunchMissing(group, replaced, bounds.Min);
        TerminateSurplus(group, bounds.Max);
    }

    private int ReplaceUnhealthy(AutoScalingGroup group)
    {
        if (group.Runs("HealthCheck"))
        {
            foreach (var lost in group.Instances.Where(instance => LifecycleStates.Counts(instance.State) && !instance.Machine.IsAlive))
            {
                lost.HealthStatus = GroupInstance.Unhealthy;
                lost.HealthSetByUser = false;
            }
        }

        if (!group.Runs("ReplaceUnhealthy") || !group.Runs("Terminate"))
        {
            return 0;
        }

        var unhealthy = group.Instances.Where(NeedsReplacement).ToList();
        foreach (var instance in unhealthy)
        {
            var (code, message) = instance.Machine.StateReason ?? (string.Empty, string.Empty);
            lifecycle.HinderRefresh(instance, $"{instance.Id} became unhealthy.");
            lifecycle.FailLaunch(instance, $"Instance became unhealthy while waiting for instance to be in InService state. Termination Reason: {(message.Length > 0 ? message : code)}");
            lifecycle.Terminate(instance, $"At {Now()} an instance was taken out of service in response to {(instance.HealthSetByUser ? "a user health-check." : "an EC2 health check indicating it has been terminated or stopped.")}");
        }

        return unhealthy.Count;
    }

    /// <summary>A health that was set counts in service only; a machine that is gone counts in every state.</summary>
    private static bool NeedsReplacement(GroupInstance instance) =>
        instance.HealthStatus == GroupInstance.Unhealthy
        && LifecycleStates.Counts(instance.State)
        && (instance.State == LifecycleState.InService || !instance.Machine.IsAlive);

    private void LaunchMissing(AutoScalingGroup group, int replaced, int min)
    {
        if (!group.Runs("Launch") || context.Time.GetUtcNow() < group.FailedLaunches.Until)
        {
            return;
        }

        for (var missing = min - group.Capacity; missing > 0; missing--)
        {
            var cause = group.Capacity >= group.DesiredCapacity
                ? $"At {Now()} an instance was launched in response to an instance refresh."
                : replaced-- > 0 ? $"At {Now()} an instance was launched in response to an unhealthy instance needing to be replaced."
                : $"{group.PendingCause}At {Now()} an instance was started in response to a difference between desired and actual capacity, increasing the capacity from {group.Capacity} to {group.Capacity + 1}.";
            if (!lifecycle.Launch(group, cause))
            {
                var failures = group.FailedLaunches.Count + 1;
                var wait = context.Timings.GroupCheck * Math.Pow(2, Math.Min(failures, MaxDoublings));
                group.FailedLaunches = (failures, context.Time.GetUtcNow() + wait);
                return;
            }
        }

        if (group.Capacity <= group.DesiredCapacity)
        {
            group.PendingCause = null;
        }
    }

    private void TerminateSurplus(AutoScalingGroup group, int max)
    {
        if (!group.Runs("Terminate"))
        {
            return;
        }

        var surplus = group.Capacity - max;
        if (surplus <= 0)
        {
            return;
        }

        var going = group.Instances
            .Where(instance => instance.State is LifecycleState.InService or LifecycleState.PendingWait && !instance.ProtectedFromScaleIn)
            .OrderByDescending(instance => group.Refresh?.Replaces(instance) ?? false)
            .ThenBy(instance => instance.Machine.Version.Number)
            .ThenBy(instance => instance.Machine.LaunchTime)
            .Take(surplus)
            .ToList();
        foreach (var instance in going)
        {
            lifecycle.Terminate(instance, $"{group.PendingCause}At {Now()} an instance was taken out of service in response to a difference between desired and actual capacity, shrinking the capacity from {group.Capacity} to {group.Capacity - 1}.  At {Now()} instance {instance.Id} was selected for termination.");
        }

        if (going.Count > 0)
        {
            group.PendingCause = null;
        }
    }

    private string Now() => AwsTime.Seconds(context.Time.GetUtcNow());
}
