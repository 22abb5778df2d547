using System.Text.RegularExpressions;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.AutoScaling;

/// <summary>The operations on lifecycle hooks.</summary>
internal sealed partial class LifecycleHookApi(CloudContext context, AutoScalingGroupStore groups)
{
    private const int MaxHooks = 50;

    public static LifecycleHook Read(QueryParameters parameters, LifecycleHook? before)
    {
        var name = parameters.Required("LifecycleHookName");
        if (!NameShape.IsMatch(name))
        {
            throw AutoScalingErrors.Invalid($"1 validation error detected: Value '{name}' at 'lifecycleHookName' failed to satisfy constraint: Member must satisfy regular expression pattern: [A-Za-z0-9\\-_\\/]+");
        }

        var transition = parameters.Text("LifecycleTransition") ?? before?.Transition
            ?? throw AutoScalingErrors.Instance.Missing("LifecycleTransition");
        if (transition is not (LifecycleHook.Launching or LifecycleHook.Terminating))
        {
            throw AutoScalingErrors.Invalid("Invalid Lifecycle Transition");
        }

        var result = parameters.Text("DefaultResult") ?? before?.DefaultResult ?? LifecycleHook.Abandon;
        if (result is not (LifecycleHook.Continue or LifecycleHook.Abandon))
        {
            throw AutoScalingErrors.Invalid("Default Lifecycle Action Result must be one of CONTINUE or ABANDON");
        }

        if (parameters.Text("NotificationMetadata") is { Length: > 4000 })
        {
            throw AutoScalingErrors.Invalid("1 validation error detected: Value at 'notificationMetadata' failed to satisfy constraint: Member must have length less than or equal to 4000");
        }

        var timeout = parameters.Integer("HeartbeatTimeout");
        if (timeout is < 30 or > 7200)
        {
            throw AutoScalingErrors.Invalid("Heartbeat Timeout must be between 30 and 7200 seconds");
        }

        return (before ?? new LifecycleHook(name, transition)) with
        {
            Transition = transition,
            DefaultResult = result,
            HeartbeatTimeout = timeout is { } seconds ? TimeSpan.FromSeconds(seconds) : before?.HeartbeatTimeout ?? TimeSpan.FromHours(1),
            NotificationMetadata = parameters.Text("NotificationMetadata") ?? before?.NotificationMetadata,
        };
    }

    public AwsResponse Put(AwsRequest request, QueryParameters parameters)
    {
        var group = groups.Get(parameters.Required("AutoScalingGroupName"));
        var hook = Read(parameters, group.Hooks.GetValueOrDefault(parameters.Required("LifecycleHookName")));
        if (!group.Hooks.ContainsKey(hook.Name) && group.Hooks.Count >= MaxHooks)
        {
            throw new AwsException("LimitExceeded", $"The Auto Scaling group already has {MaxHooks} lifecycle hooks.");
        }

        group.Put(hook);
        context.Record("autoscaling", "LifecycleHookPut", group.Name, $"lifecycle hook {hook.Name} of {group.Name} put");
        return XmlResponse.Query(request, _ => { });
    }

    /// <summary>Deletes a hook; what it holds goes on: launches are abandoned, terminations continue.</summary>
    public AwsResponse Delete(AwsRequest request, QueryParameters parameters)
    {
        var group = groups.Get(parameters.Required("AutoScalingGroupName"));
        var name = parameters.Required("LifecycleHookName");
        if (!group.RemoveHook(name))
        {
            throw AutoScalingErrors.Invalid($"No Lifecycle Hook found with name {name} for Auto Scaling group {group.Name}");
        }

        context.Record("autoscaling", "LifecycleHookDeleted", group.Name, $"lifecycle hook {name} of {group.Name} deleted");
        foreach (var instance in group.Instances.ToList())
        {
            foreach (var action in instance.Actions.Where(action => action.Hook.Name == name).ToList())
            {
                var result = action.Hook.Transition == LifecycleHook.Launching ? LifecycleHook.Abandon : LifecycleHook.Continue;
                groups.Lifecycle.Complete(instance, action, result, "Lifecycle Hook was deleted");
            }
        }

        return XmlResponse.Query(request, _ => { });
    }

    public AwsResponse Describe(AwsRequest request, QueryParameters parameters)
    {
        var group = groups.Get(parameters.Required("AutoScalingGroupName"));
        var names = parameters.List("LifecycleHookNames");
        var hooks = group.Hooks.Values.Where(hook => names.Count == 0 || names.Contains(hook.Name));
        return XmlResponse.Query(request, xml => xml.List("LifecycleHooks", "member", hooks, hook =>
        {
            xml.Element("LifecycleHookName", hook.Name);
            xml.Element("AutoScalingGroupName", group.Name);
            xml.Element("LifecycleTransition", hook.Transition);
            xml.Element("NotificationMetadata", hook.NotificationMetadata);
            xml.Element("HeartbeatTimeout", (int)hook.HeartbeatTimeout.TotalSeconds);
            xml.Element("GlobalTimeout", (int)hook.GlobalTimeout.TotalSeconds);
            xml.Element("DefaultResult", hook.DefaultResult);
        }));
    }

    [GeneratedRegex(@"^[A-Za-z0-9\-_/]{1,255}\z")]
    private static partial Regex NameShape { get; }
}
