using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.AutoScaling;

/// <summary>Starts, cancels and rolls back instance refreshes, and says how each status follows the other.</summary>
internal sealed class InstanceRefreshes(CloudContext context, AutoScalingGroupStore groups)
{
    private readonly InstanceRefreshEvents events = new(context);
    private long count;

    public string Start(AutoScalingGroup group, LaunchTemplateSpecification? desired, RefreshPreferences preferences)
    {
        if (group.Refresh is not null)
        {
            throw new AwsException(
                "InstanceRefreshInProgress",
                "An Instance Refresh is already in progress and blocks the execution of this Instance Refresh.");
        }

        if (preferences.AutoRollback)
        {
            CheckAutoRollback(group, desired);
        }

        var refresh = new GroupInstanceRefresh(count++, context.Ids.Uuid(), group, preferences) { DesiredConfiguration = desired };
        group.Add(refresh);
        context.Record(
            "autoscaling", "InstanceRefreshStarted", refresh.Id,
            $"instance refresh {refresh.Id} of {group.Name} started{(desired is null ? string.Empty : $" towards version {desired.Version} of {desired.Name}")}",
            InstanceRefreshEvents.DataOf(refresh));
        return refresh.Id;
    }

    /// <summary>Cancels a refresh or a rollback; what is replaced stays replaced.</summary>
    /// <param name="group">Whose refresh it is.</param>
    /// <param name="wait">Whether launches and terminations that are under way end first.</param>
    public string Cancel(AutoScalingGroup group, bool wait)
    {
        var refresh = group.Refresh
            ?? throw NotFound($"No in progress, baking, pending, or cancelling Instance Refresh found for Auto Scaling group {group.Name}.");
        if (!wait)
        {
            End(refresh, InstanceRefreshStatus.Cancelled,
                "Cancelled without waiting for ongoing instance launches and terminations due to user request.");
        }
        else if (refresh.Status != InstanceRefreshStatus.Cancelling)
        {
            refresh.InFlight = [.. group.Instances.Where(instance => !instance.Activity.IsOver)];
            Move(refresh, InstanceRefreshStatus.Cancelling, "Waiting for ongoing instance launches and terminations before cancelling.");
        }

        return refresh.Id;
    }

    public string Rollback(AutoScalingGroup group)
    {
        if (group.Refresh is not { IsForward: true } refresh)
        {
            throw NotFound($"No in progress or baking Instance Refresh found for Auto Scaling group {group.Name}.");
        }

        if (WhyIrreversible(group, refresh.DesiredConfiguration) is { } why)
        {
            throw new AwsException("IrreversibleInstanceRefresh", why);
        }

        BeginRollback(refresh, "Rollback triggered due to user request.");
        return refresh.Id;
    }

    /// <summary>From Pending to InProgress: from here on the desired configuration is launched.</summary>
    public void Begin(GroupInstanceRefresh refresh)
    {
        refresh.StartTime = context.Time.GetUtcNow();
        Move(refresh, InstanceRefreshStatus.InProgress, null);
    }

    public void Bake(GroupInstanceRefresh refresh, TimeSpan time)
    {
        refresh.RestsUntil = context.Time.GetUtcNow() + time;
        Move(refresh, InstanceRefreshStatus.Baking, "Waiting for the bake time to pass before the instance refresh is complete.");
    }

    public void ReachCheckpoint(GroupInstanceRefresh refresh, int percentage)
    {
        var delay = refresh.Preferences.CheckpointDelay ?? TimeSpan.Zero;
        refresh.Checkpoint = percentage;
        refresh.RestsUntil = context.Time.GetUtcNow() + delay;
        refresh.StatusReason = $"Waiting {(int)delay.TotalSeconds} seconds at the checkpoint of {percentage} percent before continuing.";
        context.Record(
            "autoscaling", "InstanceRefreshCheckpointReached", refresh.Id,
                $"instance refresh {refresh.Id} of {refresh.Group.Name} reached its checkpoint at {percentage} percent",
            InstanceRefreshEvents.DataOf(refresh));
        events.CheckpointReached(refresh, percentage, delay);
    }

    /// <summary>The end that was wanted: what was desired is now what the group launches.</summary>
    public void Succeed(GroupInstanceRefresh refresh)
    {
        if (refresh.DesiredConfiguration is { } desired && desired != refresh.Group.LaunchTemplate)
        {
            refresh.Group.LaunchTemplate = desired;
            groups.RecordPin(refresh.Group);
        }

        End(refresh, InstanceRefreshStatus.Successful, null);
    }

    /// <summary>It cannot go on: it rolls back where that is requested, and otherwise ends.</summary>
    public void Fail(GroupInstanceRefresh refresh, string reason)
    {
        if (refresh.Status == InstanceRefreshStatus.RollbackInProgress)
        {
            End(refresh, InstanceRefreshStatus.RollbackFailed, reason);
        }
        else if (refresh.Preferences.AutoRollback && WhyIrreversible(refresh.Group, refresh.DesiredConfiguration) is null)
        {
            BeginRollback(refresh, reason);
        }
        else
        {
            End(refresh, InstanceRefreshStatus.Failed, reason);
        }
    }

    public void End(GroupInstanceRefresh refresh, InstanceRefreshStatus status, string? reason)
    {
        refresh.EndTime = context.Time.GetUtcNow();
        refresh.InFlight = [];
        Move(refresh, status, reason);
        refresh.Group.ForgetRefresh();
    }

    private void BeginRollback(GroupInstanceRefresh refresh, string reason)
    {
        refresh.Rollback = new RefreshRollback(reason, context.Time.GetUtcNow(), refresh.PercentageComplete, refresh.InstancesToUpdate);
        refresh.Furthest = 0;
        Move(refresh, InstanceRefreshStatus.RollbackInProgress, reason);
    }

    private void Move(GroupInstanceRefresh refresh, InstanceRefreshStatus status, string? reason)
    {
        refresh.Status = status;
        refresh.StatusReason = reason;
        refresh.GoOn();
        if (status != InstanceRefreshStatus.Baking)
        {
            refresh.RestsUntil = null;
        }

        events.StatusChanged(refresh);
    }

    private static void CheckAutoRollback(AutoScalingGroup group, LaunchTemplateSpecification? desired)
    {
        if (desired is null)
        {
            throw AutoScalingErrors.Invalid("The request isn't valid. The AutoRollback parameter cannot be set to true when the DesiredConfiguration parameter is empty. Set AutoRollback to false or specify a desired configuration and try again.");
        }

        if (WhyIrreversible(group, desired) is { } why)
        {
            throw AutoScalingErrors.Invalid(why);
        }
    }

    private static string? WhyIrreversible(AutoScalingGroup group, LaunchTemplateSpecification? desired) =>
        desired is null ? "The instance refresh cannot be rolled back because a desired configuration was not specified."
        : group.LaunchTemplate.Version.StartsWith('$') ? $"The instance refresh cannot be rolled back because the Auto Scaling group uses the {group.LaunchTemplate.Version} version of its launch template."
        : null;

    private static AwsException NotFound(string message) => new("ActiveInstanceRefreshNotFound", message);
}
