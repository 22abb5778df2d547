using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.AutoScaling.InstanceRefreshes;

/// <summary>
/// Moves a group's active refresh on, a step at each of the group's checks: what may go goes, what may come comes, and
/// nothing goes that would leave less than the healthy percentage. A refresh that replaces nothing may stand still for
/// an hour, then AWS gives it up.
/// </summary>
internal sealed class RefreshEngine(Cloud cloud, InstanceLifecycle lifecycle)
{
    private readonly RefreshEnds ends = new(cloud);

    /// <summary>Instances beyond the desired capacity that the active refresh may have.</summary>
    public static int Extra(AutoScalingGroup group) =>
        group.ActiveRefresh is { Status: not InstanceRefreshStatus.Cancelling } refresh ? Most(refresh) - group.DesiredCapacity : 0;

    public void Step(AutoScalingGroup group)
    {
        if (group.ActiveRefresh is not { } refresh || !group.Runs("InstanceRefresh"))
        {
            return;
        }

        if (refresh.Status == InstanceRefreshStatus.Pending)
        {
            ends.Move(refresh, InstanceRefreshStatus.InProgress);
        }

        if (refresh.Status == InstanceRefreshStatus.Cancelling)
        {
            if (!group.Instances.Any(instance => instance.State != LifecycleState.InService && refresh.IsUpdated(instance)))
            {
                ends.Cancelled(refresh);
            }

            return;
        }

        var counted = group.Instances.Where(instance => LifecycleStates.Counts(instance.State)).ToList();
        var stale = counted.Where(instance => !refresh.IsUpdated(instance) && !IsLeftAlone(refresh, instance)).ToList();
        var ready = counted.Count(instance => refresh.IsUpdated(instance) && IsReady(refresh, instance));
        if (Progress(refresh, counted, stale, ready) || StandsAtCheckpoint(refresh, stale))
        {
            return;
        }

        Replace(refresh, counted, stale, ready);
        if (cloud.Time.GetUtcNow() - refresh.ProgressAt >= cloud.Timings.RefreshPatience)
        {
            ends.GiveUp(refresh, "Instance refresh failed: no instance could be replaced within the time allowed.");
        }
    }

    private static int Least(InstanceRefresh refresh) => Share(refresh, refresh.Preferences.MinHealthyPercentage);

    private static int Most(InstanceRefresh refresh) => Math.Max(refresh.Group.DesiredCapacity, Share(refresh, refresh.Preferences.MaxHealthyPercentage));

    private static int Share(InstanceRefresh refresh, int percentage) => ((refresh.Group.DesiredCapacity * percentage) + 99) / 100;

    private static bool IsLeftAlone(InstanceRefresh refresh, GroupInstance instance) =>
        instance.ProtectedFromScaleIn && refresh.Preferences.ScaleInProtectedInstances == "Ignore";

    private bool IsReady(InstanceRefresh refresh, GroupInstance instance) =>
        instance.State == LifecycleState.InService
        && instance.Machine.IsAlive
        && (refresh.IsOriginal(instance) || cloud.Time.GetUtcNow() - instance.InServiceSince >= refresh.Preferences.InstanceWarmup);

    /// <summary>Writes down how far it is; the answer is whether it ended by that.</summary>
    private bool Progress(InstanceRefresh refresh, List<GroupInstance> counted, List<GroupInstance> stale, int ready)
    {
        var left = stale.Count + counted.Count(instance => refresh.IsUpdated(instance) && !IsReady(refresh, instance));
        left = Math.Max(left, refresh.Group.DesiredCapacity - ready - counted.Count(instance => !refresh.IsUpdated(instance)));
        var complete = refresh.Total == 0 ? 100 : Math.Clamp(100 * (refresh.Total - left) / refresh.Total, 0, 100);
        if (refresh.Status == InstanceRefreshStatus.RollbackInProgress)
        {
            complete = Math.Max(0, refresh.Rollback!.PercentageComplete - complete);
        }

        if (complete != refresh.PercentageComplete)
        {
            refresh.ProgressAt = cloud.Time.GetUtcNow();
        }

        (refresh.PercentageComplete, refresh.InstancesToUpdate) = (complete, left);
        return left == 0 && ends.Finish(refresh);
    }

    private bool StandsAtCheckpoint(InstanceRefresh refresh, List<GroupInstance> stale)
    {
        var (passed, until) = refresh.Checkpoint;
        var checkpoints = refresh.Preferences.CheckpointPercentages;
        if (refresh.Status != InstanceRefreshStatus.InProgress || checkpoints.Count == 0)
        {
            return false;
        }

        if (passed < checkpoints.Count && refresh.PercentageComplete >= checkpoints[passed])
        {
            until = cloud.Time.GetUtcNow() + refresh.Preferences.CheckpointDelay;
            refresh.Checkpoint = (passed + 1, until);
            ends.CheckpointReached(refresh, checkpoints[passed]);
        }

        // Past its last checkpoint it waits and then is done, whatever is left: only one of 100 replaces all.
        refresh.ProgressAt = cloud.Time.GetUtcNow() < until ? cloud.Time.GetUtcNow() : refresh.ProgressAt;
        return cloud.Time.GetUtcNow() < until || (refresh.Checkpoint.Passed == checkpoints.Count && stale.Count > 0 && ends.Finish(refresh));
    }

    private void Replace(InstanceRefresh refresh, List<GroupInstance> counted, List<GroupInstance> stale, int ready)
    {
        var group = refresh.Group;
        // What is not in service yet serves nobody: it goes at once.
        foreach (var unborn in stale.Where(instance => instance.State != LifecycleState.InService))
        {
            lifecycle.Terminate(unborn, Cause(unborn));
        }

        var old = stale.Where(instance => instance.State == LifecycleState.InService && MayGo(refresh, instance)).ToList();
        var most = Most(refresh);
        var begun = counted.Count(instance => refresh.IsUpdated(instance)) - ready;
        var allowed = Allowed(refresh, stale.Count);
        for (var extra = Math.Min(Math.Min(most - counted.Count, old.Count - begun), allowed); extra > 0 && group.Runs("Launch"); extra--)
        {
            if (cloud.Time.GetUtcNow() < group.FailedLaunches.Until || !lifecycle.Launch(group, $"At {Now()} an instance was launched in response to an instance refresh."))
            {
                break;
            }

            begun++;
        }

        // Where the percentages leave no room one at a time goes, once nothing is under way.
        var serving = stale.Count(instance => instance.State == LifecycleState.InService) + ready;
        var going = serving - Least(refresh);
        if (going <= 0 && most == group.DesiredCapacity && begun == 0 && counted.Count >= group.DesiredCapacity)
        {
            going = 1;
        }

        foreach (var instance in old.Take(Math.Min(Math.Max(going, 0), most > group.DesiredCapacity ? int.MaxValue : allowed)))
        {
            lifecycle.Terminate(instance, Cause(instance));
        }
    }

    /// <summary>How many more may be replaced before the next checkpoint.</summary>
    private static int Allowed(InstanceRefresh refresh, int stale)
    {
        var checkpoints = refresh.Preferences.CheckpointPercentages;
        return refresh.Status != InstanceRefreshStatus.InProgress || refresh.Checkpoint.Passed >= checkpoints.Count
            ? stale
            : Math.Max(0, (((refresh.Total * checkpoints[refresh.Checkpoint.Passed]) + 99) / 100) - (refresh.Total - stale));
    }

    private static bool MayGo(InstanceRefresh refresh, GroupInstance instance) =>
        !instance.ProtectedFromScaleIn || refresh.Preferences.ScaleInProtectedInstances == "Refresh";

    private string Cause(GroupInstance instance) =>
        $"At {Now()} an instance was taken out of service in response to an instance refresh.  At {Now()} instance {instance.Id} was selected for termination.";

    private string Now() => AwsTime.Seconds(cloud.Time.GetUtcNow());
}
