using System.Globalization;
using System.Text.Json.Nodes;

namespace Charlie.Sandbox.AutoScaling;

/// <summary>What the default bus and the timeline show of a refresh.</summary>
internal sealed class InstanceRefreshEvents(CloudContext context)
{
    public static Dictionary<string, string> DataOf(GroupInstanceRefresh refresh)
    {
        var data = new Dictionary<string, string> { ["group"] = refresh.Group.Name, ["status"] = $"{refresh.Status}" };
        if (refresh.DesiredConfiguration is { } desired)
        {
            data["version"] = desired.Version;
        }

        return data;
    }

    public void StatusChanged(GroupInstanceRefresh refresh)
    {
        var reason = refresh.StatusReason is { } why ? $": {why}" : string.Empty;
        context.Record(
            "autoscaling", "InstanceRefreshStatusChanged", refresh.Id,
                $"instance refresh {refresh.Id} of {refresh.Group.Name} is {refresh.Status}{reason}",
            DataOf(refresh));
        if (EventOf(refresh.Status) is { } name)
        {
            Put(refresh, name, Detail(refresh));
        }
    }

    public void CheckpointReached(GroupInstanceRefresh refresh, int percentage, TimeSpan delay)
    {
        var detail = Detail(refresh);
        // Numbers as text, as AWS sends them.
        detail["CheckpointPercentage"] = percentage.ToString(CultureInfo.InvariantCulture);
        detail["CheckpointDelay"] = ((int)delay.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        Put(refresh, "Checkpoint Reached", detail);
    }

    private static string? EventOf(InstanceRefreshStatus status) => status switch
    {
        InstanceRefreshStatus.InProgress => "Started",
        InstanceRefreshStatus.Baking => "Started Baking",
        InstanceRefreshStatus.Successful => "Succeeded",
        InstanceRefreshStatus.Failed => "Failed",
        InstanceRefreshStatus.Cancelled => "Cancelled",
        InstanceRefreshStatus.RollbackInProgress => "Rollback Started",
        InstanceRefreshStatus.RollbackSuccessful => "Rollback Succeeded",
        InstanceRefreshStatus.RollbackFailed => "Rollback Failed",
        _ => null,
    };

    private static JsonObject Detail(GroupInstanceRefresh refresh) => new()
    {
        ["InstanceRefreshId"] = refresh.Id,
        ["AutoScalingGroupName"] = refresh.Group.Name,
    };

    private void Put(GroupInstanceRefresh refresh, string name, JsonObject detail) =>
        context.PutEvent("aws.autoscaling", $"EC2 Auto Scaling Instance Refresh {name}", [refresh.Group.Arn], detail);
}
