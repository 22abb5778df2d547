using System.Text.Json.Nodes;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.AutoScaling;

/// <summary>The events that Auto Scaling puts on the default bus.</summary>
internal sealed class AutoScalingEvents(CloudContext context)
{
    private const string Source = "aws.autoscaling";

    public void LifecycleActionBegan(GroupInstance instance, LifecycleAction action)
    {
        var launching = action.Hook.Transition == LifecycleHook.Launching;
        var detail = new JsonObject
        {
            ["LifecycleActionToken"] = action.Token,
            ["AutoScalingGroupName"] = instance.Group.Name,
            ["LifecycleHookName"] = action.Hook.Name,
            ["EC2InstanceId"] = instance.Id,
            ["LifecycleTransition"] = action.Hook.Transition,
        };
        if (action.Hook.NotificationMetadata is { } metadata)
        {
            detail["NotificationMetadata"] = metadata;
        }

        AddWay(detail, launching);
        context.PutEvent(Source, launching ? "EC2 Instance-launch Lifecycle Action"
            : "EC2 Instance-terminate Lifecycle Action", [instance.Group.Arn], detail);
    }

    public void LaunchEnded(ScalingActivity activity, string? instanceId) => Ended(activity, instanceId, launching: true);

    public void TerminationEnded(ScalingActivity activity, string instanceId) => Ended(activity, instanceId, launching: false);

    private void Ended(ScalingActivity activity, string? instanceId, bool launching)
    {
        var successful = activity.StatusCode == ScalingActivity.Successful;
        var details = new JsonObject { ["Availability Zone"] = activity.AvailabilityZone };
        if (activity.SubnetId is { } subnet)
        {
            details["Subnet ID"] = subnet;
        }

        var detail = new JsonObject
        {
            // AWS says InProgress in the event of an activity that ended well.
            ["StatusCode"] = successful ? ScalingActivity.InProgress : activity.StatusCode,
            ["Description"] = activity.Description,
            ["AutoScalingGroupName"] = activity.GroupName,
            ["ActivityId"] = activity.Id,
            ["Details"] = details,
            ["RequestId"] = activity.Id,
            ["StatusMessage"] = activity.StatusMessage ?? string.Empty,
            ["EndTime"] = activity.EndTime is { } end ? AwsTime.Precise(end) : null,
            ["EC2InstanceId"] = instanceId ?? string.Empty,
            ["StartTime"] = AwsTime.Precise(activity.StartTime),
            ["Cause"] = activity.Cause,
        };
        AddWay(detail, launching);
        string[] resources = instanceId is null ? [activity.GroupArn] : [activity.GroupArn, Account.Arn("ec2", $"instance/{instanceId}")];
        context.PutEvent(Source,
            $"EC2 Instance {(launching ? "Launch" : "Terminate")} {(successful ? "Successful" : "Unsuccessful")}", resources, detail);
    }

    private static void AddWay(JsonObject detail, bool launching)
    {
        detail["Origin"] = launching ? "EC2" : "AutoScalingGroup";
        detail["Destination"] = launching ? "AutoScalingGroup" : "EC2";
    }
}
