using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.AutoScaling;

/// <summary>Plans the scheduled actions of all groups, and runs each when it is due.</summary>
internal sealed class ScheduledActions(CloudContext context, AutoScalingGroupStore groups)
{
    private const int MaxActions = 125;

    /// <summary>What a request asks for; nothing is changed yet.</summary>
    public ScheduledAction Read(AutoScalingGroup group, QueryParameters parameters)
    {
        var before = parameters.Text("ScheduledActionName") is { } name ? group.ScheduledActions.GetValueOrDefault(name)?.Action : null;
        var action = ScheduledAction.Read(parameters, before, NewArn(group, parameters), context.Time.GetUtcNow());
        if (before is null && group.ScheduledActions.Count >= MaxActions)
        {
            throw new AwsException("LimitExceeded", $"The Auto Scaling group already has {MaxActions} scheduled actions.");
        }

        return group.ScheduledActions.Values.Any(other => other.Action.Name != action.Name && other.Action.StartTime == action.StartTime)
            ? throw new AwsException("AlreadyExists", "A scheduled action with this scheduled start time already exists for the group.")
            : action;
    }

    public void Put(AutoScalingGroup group, ScheduledAction action)
    {
        Plan(group, action);
        context.Record("autoscaling", "ScheduledActionPut", group.Name,
            $"scheduled action {action.Name} of {group.Name} comes at {AwsTime.Seconds(action.StartTime)}");
    }

    public void Delete(AutoScalingGroup group, string name)
    {
        if (!group.Unplan(name))
        {
            throw AutoScalingErrors.Invalid("Scheduled action name not found");
        }

        context.Record("autoscaling", "ScheduledActionDeleted", group.Name, $"scheduled action {name} of {group.Name} deleted");
    }

    private void Plan(AutoScalingGroup group, ScheduledAction action) => group.Plan(action, context.Scheduler.After(
        action.StartTime - context.Time.GetUtcNow(), () => Run(group, action)));

    private void Run(AutoScalingGroup group, ScheduledAction action)
    {
        group.Unplan(action.Name);
        if (action.Next() is { } next)
        {
            Plan(group, next);
        }

        if (!group.Runs("ScheduledActions"))
        {
            Record("ScheduledActionSkipped", "is not run: the process ScheduledActions is suspended");
            return;
        }

        try
        {
            Apply(group, action);
            Record("ScheduledActionRun", $"set min: {group.MinSize}, max: {group.MaxSize}, desired: {group.DesiredCapacity}");
        }
        catch (AwsException error)
        {
            Record("ScheduledActionFailed", $"failed: {error.Message}");
        }

        void Record(string kind, string what) =>
            context.Record("autoscaling", kind, group.Name, $"scheduled action {action.Name} of {group.Name} {what}");
    }

    private void Apply(AutoScalingGroup group, ScheduledAction action)
    {
        var (min, max) = (action.MinSize ?? group.MinSize, action.MaxSize ?? group.MaxSize);
        var desired = action.DesiredCapacity ?? Math.Max(min, Math.Min(max, group.DesiredCapacity));
        (min, max, desired) = GroupSettings.Sizes(min, max, desired);
        var changes = Change("min size", group.MinSize, min) + Change("max size", group.MaxSize, max)
            + Change("desired capacity", group.DesiredCapacity, desired);
        (group.MinSize, group.MaxSize) = (min, max);
        groups.Resize(
            group, desired, $"a scheduled action update of AutoScalingGroup constraints to min: {min}, max: {max}, desired: {desired}",
            $"At {AwsTime.Seconds(context.Time.GetUtcNow())} the scheduled action {action.Name} executed. {changes} ");
    }

    private static string Change(string what, int before, int now) =>
        before == now ? string.Empty : $"Setting {what} from {before} to {now}. ";

    private string NewArn(AutoScalingGroup group, QueryParameters parameters) => Account.Arn(
        "autoscaling", $"scheduledUpdateGroupAction:{context.Ids.Uuid()}:autoScalingGroupName/{group.Name}:scheduledActionName/{parameters.Text("ScheduledActionName")}");
}

/// <summary>A scheduled action that waits for its time.</summary>
internal sealed record PlannedAction(ScheduledAction Action, IDisposable Turn);
