using Charlie.Sandbox.Ec2;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.AutoScaling;

/// <summary>What happens to a group's instance from its launch to its end. All of it runs under the cloud's lock.</summary>
internal sealed class InstanceLifecycle
{
    private readonly CloudContext context;
    private readonly Ec2Resources ec2;
    private readonly ScalingActivities activities;
    private readonly AutoScalingEvents events;
    private readonly SortedDictionary<string, GroupInstance> members = new(StringComparer.Ordinal);

    public InstanceLifecycle(CloudContext context, Ec2Resources ec2, ScalingActivities activities)
    {
        this.context = context;
        this.ec2 = ec2;
        this.activities = activities;
        events = new AutoScalingEvents(context);
        ec2.Instances.StateChanged += MachineChanged;
    }

    /// <summary>Raised when the last step of an instance is done and it left its group.</summary>
    public event Action<GroupInstance>? Left;

    /// <summary>In the order of their ids.</summary>
    public IEnumerable<GroupInstance> Members => members.Values;

    public GroupInstance? Find(string id) => members.GetValueOrDefault(id);

    /// <summary>Launches one instance from what the group names at this moment; returns whether it could.</summary>
    public bool Launch(AutoScalingGroup group, string cause)
    {
        var place = Placement.Next(group);
        try
        {
            var version = group.LaunchesFrom.Resolve(ec2.LaunchTemplates);
            var machine = ec2.Instances.Launch(
                version, place.AvailabilityZone, place.SubnetId, Placement.TagsFor(group, version), group.InstanceType);
            var activity = activities.Begin(
                group, $"Launching a new EC2 instance: {machine.Id}", cause, place.AvailabilityZone, place.SubnetId);
            activity.StatusCode = ScalingActivity.PreInService;
            activity.Progress = 30;
            var member = new GroupInstance(group, machine, activity)
            {
                ProtectedFromScaleIn = group.NewInstancesProtectedFromScaleIn,
                LaunchedBy = group.Refresh is { IsForward: true } refresh ? refresh : null,
            };
            members.Add(member.Id, member);
            group.Add(member);
            RecordState(member, $"launching from version {version.Number} of {version.Template.Name}");
            return true;
        }
        catch (AwsException failure)
        {
            var activity = activities.Begin(group, "Launching a new EC2 instance", cause, place.AvailabilityZone, place.SubnetId);
            activities.End(activity, ScalingActivity.Failed, $"{failure.Message} Launching EC2 instance failed.");
            group.Refresh?.Hinder(context.Time.GetUtcNow(), $"{failure.Message} Launching EC2 instance failed.");
            context.Record("autoscaling", "LaunchFailed", group.Name, $"{group.Name} could not launch an instance: {failure.Message}");
            events.LaunchEnded(activity, null);
            return false;
        }
    }

    /// <summary>Takes an instance out of its group, through the group's terminate hooks unless they are to be left out.</summary>
    public void Terminate(GroupInstance member, string cause, bool throughHooks = true)
    {
        if (LifecycleStates.IsLeaving(member.State))
        {
            return;
        }

        foreach (var action in member.Actions.ToList())
        {
            member.LetGo(action);
        }

        FailLaunch(member, "The instance was terminated before it was in service.");
        member.MoveTo(LifecycleState.Terminating);
        member.Activity = activities.Begin(
            member.Group, $"Terminating EC2 instance: {member.Id}", cause, member.Machine.AvailabilityZone, member.Machine.SubnetId);
        RecordState(member, "terminating");
        if (!throughHooks || !Wait(member, LifecycleHook.Terminating, LifecycleState.TerminatingWait))
        {
            ShutDown(member);
        }
    }

    /// <summary>Ends one lifecycle action with <c>CONTINUE</c> or <c>ABANDON</c>.</summary>
    public void Complete(GroupInstance member, LifecycleAction action, string result, string why)
    {
        member.LetGo(action);
        context.Record(
            "autoscaling", "LifecycleActionCompleted", member.Id, $"{action.Hook.Name} of {member.Id} completed with {result}: {why}",
            new Dictionary<string, string> { ["hook"] = action.Hook.Name, ["result"] = result, ["token"] = action.Token });
        if (member.State == LifecycleState.PendingWait)
        {
            if (result == LifecycleHook.Abandon)
            {
                FailLaunch(member, $"Instance failed to complete user's Lifecycle Action: Lifecycle Action with token {action.Token} was abandoned: {why}");
                Terminate(member, $"At {AwsTime.Seconds(context.Time.GetUtcNow())} an instance was taken out of service in response to an abandoned lifecycle action.");
            }
            else if (member.Actions.Count == 0)
            {
                Proceed(member);
            }

            return;
        }

        if (result == LifecycleHook.Abandon)
        {
            // An abandoned terminate hook ends the other hooks' wait as well.
            member.Actions.ToList().ForEach(member.LetGo);
        }

        if (member.Actions.Count == 0)
        {
            member.MoveTo(LifecycleState.TerminatingProceed);
            RecordState(member, "leaves its terminate hooks");
            ShutDown(member);
        }
    }

    /// <summary>A heartbeat: the action's wait begins again, up to its global timeout.</summary>
    public void Extend(GroupInstance member, LifecycleAction action)
    {
        action.Timeout?.Dispose();
        var max = action.StartedAt + action.Hook.GlobalTimeout - context.Time.GetUtcNow();
        var wait = action.Hook.HeartbeatTimeout < max ? action.Hook.HeartbeatTimeout : max;
        action.Timeout = context.Scheduler.After(wait, () => Complete(member, action, action.Hook.DefaultResult, "Heartbeat Timeout"));
    }

    /// <summary>Ends a launch that did not get an instance into service, if one is under way.</summary>
    public void FailLaunch(GroupInstance member, string message)
    {
        if (LifecycleStates.Counts(member.State) && !member.Activity.IsOver)
        {
            activities.End(member.Activity, ScalingActivity.Cancelled, message);
            events.LaunchEnded(member.Activity, member.Id);
            HinderRefresh(member, message);
        }
    }

    /// <summary>A refresh that loses an instance which it did not want to replace gets nowhere for now.</summary>
    public void HinderRefresh(GroupInstance member, string message)
    {
        if (member.Group.Refresh is { } refresh && !refresh.Replaces(member))
        {
            refresh.Hinder(context.Time.GetUtcNow(), message);
        }
    }

    private void MachineChanged(Ec2Instance machine)
    {
        if (!members.TryGetValue(machine.Id, out var member))
        {
            return;
        }

        if (machine.State == InstanceState.Running && member.State == LifecycleState.Pending)
        {
            if (!Wait(member, LifecycleHook.Launching, LifecycleState.PendingWait))
            {
                EnterService(member);
            }
        }
        else if (machine.State == InstanceState.Terminated
            && member.State is LifecycleState.Terminating or LifecycleState.TerminatingProceed)
        {
            Leave(member);
        }
        else if (machine.State == InstanceState.Terminated
            && member.State is LifecycleState.EnteringStandby or LifecycleState.Standby or LifecycleState.Detaching)
        {
            // No health check looks at it, but there is nothing to come back.
            Terminate(member, $"At {AwsTime.Seconds(context.Time.GetUtcNow())} an instance was taken out of service because it was terminated.", throughHooks: false);
        }
    }

    /// <summary>Lets an instance out of its group and its machine run on.</summary>
    public void Release(GroupInstance member)
    {
        member.MoveTo(LifecycleState.Detached);
        members.Remove(member.Id);
        member.Group.Remove(member);
        member.Machine.Tags.Remove("aws:autoscaling:groupName", null);
        Left?.Invoke(member);
    }

    /// <summary>Lets the hooks of a transition hold an instance; returns whether there are any.</summary>
    private bool Wait(GroupInstance member, string transition, LifecycleState state)
    {
        var hooks = member.Group.Hooks.Values.Where(hook => hook.Transition == transition).ToList();
        if (hooks.Count == 0)
        {
            return false;
        }

        member.MoveTo(state);
        member.Activity.StatusCode = ScalingActivity.MidLifecycleAction;
        member.Activity.Progress = 60;
        RecordState(member, $"held by {string.Join(", ", hooks.Select(hook => hook.Name))}");
        var begun = hooks.ConvertAll(hook => new LifecycleAction(context.Ids.Uuid(), hook, context.Time.GetUtcNow()));
        foreach (var action in begun)
        {
            member.Hold(action);
            Extend(member, action);
        }

        begun.ForEach(action => events.LifecycleActionBegan(member, action));
        return true;
    }

    private void Proceed(GroupInstance member)
    {
        member.MoveTo(LifecycleState.PendingProceed);
        RecordState(member, "leaves its launch hooks");
        context.Scheduler.After(context.Timings.LifecycleStep, () =>
        {
            if (member.State == LifecycleState.PendingProceed)
            {
                EnterService(member);
            }
        });
    }

    private void EnterService(GroupInstance member)
    {
        member.MoveTo(LifecycleState.InService);
        member.InServiceSince = context.Time.GetUtcNow();
        member.Group.FailedLaunches = default;
        activities.End(member.Activity, ScalingActivity.Successful);
        RecordState(member, "in service");
        events.LaunchEnded(member.Activity, member.Id);
    }

    private void ShutDown(GroupInstance member)
    {
        if (member.Machine.State == InstanceState.Terminated)
        {
            Leave(member);
            return;
        }

        member.Activity.StatusCode = ScalingActivity.InProgress;
        member.Activity.Progress = 80;
        ec2.Instances.Terminate(member.Machine, "Client.UserInitiatedShutdown", "Client.UserInitiatedShutdown: User initiated shutdown");
    }

    private void Leave(GroupInstance member)
    {
        member.MoveTo(LifecycleState.Terminated);
        activities.End(member.Activity, ScalingActivity.Successful);
        members.Remove(member.Id);
        member.Group.Remove(member);
        RecordState(member, "left the group");
        events.TerminationEnded(member.Activity, member.Id);
        Left?.Invoke(member);
    }

    public void RecordState(GroupInstance member, string what) => context.Record(
        "autoscaling", "LifecycleStateChanged", member.Id,
            $"{member.Id} of {member.Group.Name} is {LifecycleStates.NameOf(member.State)}: {what}",
        new Dictionary<string, string>
        {
            ["group"] = member.Group.Name,
            ["state"] = LifecycleStates.NameOf(member.State),
            ["version"] = $"{member.Machine.Version.Number}",
        });
}
