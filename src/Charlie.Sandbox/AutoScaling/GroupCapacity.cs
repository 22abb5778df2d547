using Charlie.Sandbox.Ec2;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.AutoScaling;

/// <summary>
/// The check that a group makes again and again: unhealthy instances go, and what is missing or too much for the
/// desired capacity comes or goes. An instance on its way out counts no more, so its replacement launches beside it.
/// </summary>
internal sealed class GroupCapacity(CloudContext context, InstanceLifecycle lifecycle, RefreshSteps refreshes, TargetHealth targets)
{
    /// <summary>After this many failed launches in a row the wait between two attempts grows no more.</summary>
    private const int MaxDoublings = 6;

    public void Check(AutoScalingGroup group)
    {
        if (group.IsDeleted)
        {
            return;
        }

        var replaced = ReplaceUnhealthy(group) + ReplaceOld(group);
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
                Judge(lost, HealthJudge.Ec2);
            }

            if (group.ChecksTargets)
            {
                foreach (var sick in group.Instances.Where(instance => instance.State == LifecycleState.InService
                    && !targets.IsHealthy(instance.Id) && !IsInGrace(instance, context.Time.GetUtcNow())))
                {
                    Judge(sick, HealthJudge.Elb);
                }
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
            lifecycle.Terminate(instance, $"At {Now()} an instance was taken out of service in response to {WordsOf(instance.Judge)}");
        }

        return unhealthy.Count;
    }

    /// <summary>The grace period begins when the instance is in service.</summary>
    public static bool IsInGrace(GroupInstance instance, DateTimeOffset now)
    {
        var grace = TimeSpan.FromSeconds(instance.Group.HealthCheckGracePeriod);
        return grace > TimeSpan.Zero && (instance.InServiceSince is not { } since || now < since + grace);
    }

    /// <summary>Replaces one instance at a time that is older than the group lets it become, while all others serve.</summary>
    private int ReplaceOld(AutoScalingGroup group)
    {
        if (group.MaxInstanceLifetime is not { } max || !group.Runs("Terminate") || group.Refresh is not null
            || group.Instances.Any(instance => instance.State is not (LifecycleState.InService or LifecycleState.Standby))
            || group.Instances.FirstOrDefault(instance => instance.State == LifecycleState.InService
                && context.Time.GetUtcNow() - instance.Machine.LaunchTime >= max) is not { } old)
        {
            return 0;
        }

        lifecycle.Terminate(old, $"At {Now()} an instance was taken out of service in response to a maximum instance lifetime.");
        return 1;
    }

    private static void Judge(GroupInstance instance, HealthJudge judge) =>
        (instance.HealthStatus, instance.Judge) = (GroupInstance.Unhealthy, judge);

    private static string WordsOf(HealthJudge judge) => judge switch
    {
        HealthJudge.User => "a user health-check.",
        HealthJudge.Elb => "an ELB system health check failure.",
        _ => "an EC2 health check indicating it has been terminated or stopped.",
    };

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

        var candidates = group.Instances.Where(instance => !instance.ProtectedFromScaleIn
            && (instance.State == LifecycleState.InService
                || (instance.State == LifecycleState.PendingWait && context.Timings.ScaleInTakesWaiting)));
        var going = TerminationPolicies.Choose(group, candidates, surplus, context.Time.GetUtcNow());
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
