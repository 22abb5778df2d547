using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.AutoScaling;

/// <summary>The operations on the lifecycle actions that are waiting.</summary>
internal sealed class LifecycleActionApi(CloudContext context, AutoScalingGroupStore groups)
{
    public AwsResponse Complete(AwsRequest request, QueryParameters parameters)
    {
        var result = parameters.Required("LifecycleActionResult");
        if (result is not (LifecycleHook.Continue or LifecycleHook.Abandon))
        {
            throw AutoScalingErrors.Invalid("Lifecycle Action Result must be one of CONTINUE or ABANDON");
        }

        var (instance, action) = Find(parameters);
        groups.Lifecycle.Complete(instance, action, result, $"Lifecycle Action Completed with {result} Result");
        return XmlResponse.Query(request, _ => { });
    }

    public AwsResponse RecordHeartbeat(AwsRequest request, QueryParameters parameters)
    {
        var (instance, action) = Find(parameters);
        groups.Lifecycle.Extend(instance, action);
        context.Record("autoscaling", "LifecycleActionHeartbeat", instance.Id, $"heartbeat for {action.Hook.Name} of {instance.Id}");
        return XmlResponse.Query(request, _ => { });
    }

    /// <summary>The waiting action that a request means, by its token or else by the instance.</summary>
    private (GroupInstance Instance, LifecycleAction Action) Find(QueryParameters parameters)
    {
        var group = groups.Get(parameters.Required("AutoScalingGroupName"));
        var hook = parameters.Required("LifecycleHookName");
        if (!group.Hooks.ContainsKey(hook))
        {
            throw AutoScalingErrors.Invalid($"No Lifecycle Hook found with name {hook} for Auto Scaling group {group.Name}");
        }

        var (token, id) = (parameters.Text("LifecycleActionToken"), parameters.Text("InstanceId"));
        if (token is null && id is null)
        {
            throw AutoScalingErrors.Invalid("Either a Lifecycle Action Token or an Instance ID must be specified");
        }

        var meant = token is not null ? group.Instances
            : groups.Lifecycle.Find(id!) is { } named && named.Group == group ? [named]
            : Array.Empty<GroupInstance>();
        var waiting = meant
            .SelectMany(instance => instance.Actions, (instance, action) => (instance, action))
            .Where(one => one.action.Hook.Name == hook && (token is null || one.action.Token == token));
        return waiting.FirstOrDefault() is { instance: not null } found
            ? found
            : throw AutoScalingErrors.Invalid(token is not null
                ? $"No active Lifecycle Action found with token {token}"
                : $"No active Lifecycle Action found with instance ID {id}");
    }
}
