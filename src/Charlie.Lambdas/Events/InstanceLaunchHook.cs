using System.Text.RegularExpressions;

namespace Charlie.Lambdas.Events;

/// <summary>
/// <c>EC2 Instance-launch Lifecycle Action</c>: an instance waits at a launch hook. Only a hint where to look: the
/// state is read from the group. The token is not needed, since the instance id completes the action too.
/// </summary>
internal sealed partial record InstanceLaunchHook(string GroupName, string HookName, string InstanceId) : InboundEvent
{
    public const string Source = "aws.autoscaling";

    public const string DetailType = "EC2 Instance-launch Lifecycle Action";

    /// <exception cref="InvalidEventException">A needed field is missing or malformed.</exception>
    public static InstanceLaunchHook Read(EventEnvelope envelope)
    {
        var detail = envelope.Detail;
        return Fields.Text(detail, "AutoScalingGroupName") is { Length: > 0 } group
            && Fields.Text(detail, "LifecycleHookName") is { Length: > 0 } hook
            && Fields.Text(detail, "EC2InstanceId") is { } instance && Id().IsMatch(instance)
                ? new InstanceLaunchHook(group, hook, instance)
                : throw new InvalidEventException(
                    $"detail must name AutoScalingGroupName ({Fields.Show(detail, "AutoScalingGroupName")}),"
                    + $" LifecycleHookName ({Fields.Show(detail, "LifecycleHookName")})"
                    + $" and EC2InstanceId ({Fields.Show(detail, "EC2InstanceId")})");
    }

    [GeneratedRegex(@"\Ai-[0-9a-f]{8,17}\z")]
    private static partial Regex Id();
}
