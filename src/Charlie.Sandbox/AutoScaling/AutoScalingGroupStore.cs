using Charlie.Sandbox.Ec2;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.AutoScaling;

/// <summary>The account's Auto Scaling groups.</summary>
public sealed class AutoScalingGroupStore
{
    private readonly CloudContext context;
    private readonly GroupCapacity capacity;
    private readonly SortedDictionary<string, AutoScalingGroup> groups = new(StringComparer.Ordinal);

    internal AutoScalingGroupStore(CloudContext context, Ec2Resources ec2)
    {
        this.context = context;
        Activities = new ScalingActivities(context);
        Lifecycle = new InstanceLifecycle(context, ec2, Activities);
        Refreshes = new InstanceRefreshes(context, this);
        ScheduledActions = new ScheduledActions(context, this);
        Moves = new InstanceMoves(context, Activities, Lifecycle);
        capacity = new GroupCapacity(
            context, Lifecycle, new RefreshSteps(context, ec2.LaunchTemplates, Lifecycle, Refreshes), TargetHealth);
        Lifecycle.Left += member => RemoveIfEmpty(member.Group);
    }

    public ScalingActivities Activities { get; }

    /// <summary>By name.</summary>
    public IReadOnlyCollection<AutoScalingGroup> All => groups.Values;

    /// <summary>What the load balancers say of the groups' instances.</summary>
    public TargetHealth TargetHealth { get; } = new();

    internal InstanceLifecycle Lifecycle { get; }

    internal InstanceMoves Moves { get; }

    internal InstanceRefreshes Refreshes { get; }

    internal ScheduledActions ScheduledActions { get; }

    public AutoScalingGroup? Find(string name) => groups.GetValueOrDefault(name);

    /// <summary>A group by its name, or by its ARN as some operations take it.</summary>
    internal AutoScalingGroup Get(string nameOrArn) =>
        Find(nameOrArn) ?? groups.Values.FirstOrDefault(group => group.Arn == nameOrArn)
            ?? throw AutoScalingErrors.GroupNotFound(nameOrArn);

    internal GroupInstance GetInstance(string id) => Lifecycle.Find(id) ?? throw AutoScalingErrors.InstanceNotFound(id);

    internal string NewArn(string name) =>
        Account.Arn("autoscaling", $"autoScalingGroup:{context.Ids.Uuid()}:autoScalingGroupName/{name}");

    internal void Add(AutoScalingGroup group)
    {
        groups.Add(group.Name, group);
        group.PendingCause =
            $"At {Now()} a user request created an AutoScalingGroup changing the desired capacity from 0 to {group.DesiredCapacity}.  ";
        context.Record("autoscaling", "GroupCreated", group.Name,
            $"group {group.Name} created with a desired capacity of {group.DesiredCapacity}");
        RecordPin(group);
        group.Check = context.Scheduler.Every(context.Timings.GroupCheck, () => capacity.Check(group));
    }

    internal void RecordPin(AutoScalingGroup group) => context.Record(
        "autoscaling", "LaunchTemplatePinned", group.Name,
        $"{group.Name} launches from version {group.LaunchTemplate.Version} of {group.LaunchTemplate.Name}",
        new Dictionary<string, string> { ["template"] = group.LaunchTemplate.Id, ["version"] = group.LaunchTemplate.Version });

    /// <param name="group">Whose size changes.</param>
    /// <param name="desired">The new desired capacity, within the group's bounds.</param>
    /// <param name="request">The request, as part of a sentence.</param>
    /// <param name="more">What the cause says of it beside.</param>
    internal void Resize(AutoScalingGroup group, int desired, string request, string more = "")
    {
        if (desired != group.DesiredCapacity)
        {
            group.PendingCause = $"At {Now()} {request} changing the desired capacity from {group.DesiredCapacity} to {desired}.  {more}";
            group.DesiredCapacity = desired;
            context.Record("autoscaling", "DesiredCapacityChanged", group.Name, $"desired capacity of {group.Name} is {desired}");
        }
    }

    /// <summary>Deletes a group; with force its instances go too, past the terminate hooks.</summary>
    internal void Delete(AutoScalingGroup group, bool force)
    {
        if (!force && group.Instances.Count > 0)
        {
            throw group.Instances.Any(instance => !instance.Activity.IsOver)
                ? AutoScalingErrors.InProgress(
                    "You cannot delete an AutoScalingGroup while there are scaling activities in progress for that group.")
                : new AwsException("ResourceInUse", "You cannot delete an AutoScalingGroup while there are instances or pending Spot instance request(s) still in the group.");
        }

        group.IsDeleted = true;
        if (group.Refresh is { } refresh)
        {
            Refreshes.End(refresh, InstanceRefreshStatus.Cancelled, "The Auto Scaling group is being deleted.");
        }

        foreach (var name in group.ScheduledActions.Keys.ToList())
        {
            group.Unplan(name);
        }

        (group.MinSize, group.MaxSize, group.DesiredCapacity) = (0, 0, 0);
        context.Record("autoscaling", "GroupDeleted", group.Name, $"group {group.Name} is being deleted");
        foreach (var instance in group.Instances.ToList())
        {
            foreach (var action in instance.Actions.Where(action => action.Hook.Transition == LifecycleHook.Terminating).ToList())
            {
                Lifecycle.Complete(instance, action, LifecycleHook.Continue, "the group is deleted by force");
            }

            Lifecycle.Terminate(instance, $"At {Now()} instance {instance.Id} was taken out of service because its group was deleted by force.", throughHooks: false);
        }

        RemoveIfEmpty(group);
    }

    private void RemoveIfEmpty(AutoScalingGroup group)
    {
        if (group.IsDeleted && group.Instances.Count == 0)
        {
            group.Check?.Dispose();
            groups.Remove(group.Name);
        }
    }

    private string Now() => AwsTime.Seconds(context.Time.GetUtcNow());
}
