using System.Text.Json.Nodes;

namespace Charlie.Sandbox.AutoScaling.InstanceRefreshes;

/// <summary>The ways from one state of a refresh to the next, and the events that tell of them. Of a rollback none does.</summary>
internal sealed class RefreshEnds(Cloud cloud)
{
    private const string DetailType = "EC2 Auto Scaling Instance Refresh ";

    public void Began(InstanceRefresh refresh)
    {
        cloud.Record(
            "autoscaling", "InstanceRefreshStarted", refresh.Id,
            $"instance refresh of {refresh.Group.Name} started, to version {(refresh.Desired ?? refresh.Previous).Version}",
            new Dictionary<string, string>
            {
                ["group"] = refresh.Group.Name,
                ["version"] = (refresh.Desired ?? refresh.Previous).Version,
                ["previous"] = refresh.Previous.Version,
            });
        Put(refresh, "Started");
    }

    public void Move(InstanceRefresh refresh, InstanceRefreshStatus status, string? reason = null)
    {
        refresh.Status = status;
        refresh.StatusReason = reason;
        cloud.Record(
            "autoscaling", "InstanceRefreshStatusChanged", refresh.Id, $"instance refresh of {refresh.Group.Name} is {status}{(reason is null ? "" : $": {reason}")}",
            new Dictionary<string, string> { ["group"] = refresh.Group.Name, ["status"] = status.ToString(), ["version"] = (refresh.Desired ?? refresh.Previous).Version });
    }

    public void CheckpointReached(InstanceRefresh refresh, int percentage) =>
        cloud.PutEvent("aws.autoscaling", $"{DetailType}Checkpoint Reached", [refresh.Group.Arn], new JsonObject
        {
            ["InstanceRefreshId"] = refresh.Id,
            ["AutoScalingGroupName"] = refresh.Group.Name,
            ["CheckpointPercentage"] = $"{percentage}",
            ["CheckpointDelay"] = $"{refresh.Preferences.CheckpointDelay.TotalSeconds:0}",
        });

    /// <summary>Nothing is left to replace: it bakes, then it is done. The answer is whether nothing more is to do now.</summary>
    public bool Finish(InstanceRefresh refresh)
    {
        var now = cloud.Time.GetUtcNow();
        if (refresh.Status == InstanceRefreshStatus.RollbackInProgress)
        {
            refresh.Group.LaunchTemplate = refresh.Previous;
            End(refresh, InstanceRefreshStatus.RollbackSuccessful, refresh.StatusReason);
            return true;
        }

        if (refresh.Status == InstanceRefreshStatus.InProgress && refresh.Preferences.BakeTime > TimeSpan.Zero)
        {
            refresh.BakesSince = now;
            Move(refresh, InstanceRefreshStatus.Baking);
        }

        if (refresh.BakesSince is { } since && now - since < refresh.Preferences.BakeTime)
        {
            refresh.ProgressAt = now;
            return true;
        }

        if (refresh.Desired is { } desired && desired != refresh.Group.LaunchTemplate)
        {
            refresh.Group.LaunchTemplate = desired;
            cloud.AutoScaling.RecordPin(refresh.Group);
        }

        End(refresh, InstanceRefreshStatus.Successful);
        Put(refresh, "Succeeded");
        return true;
    }

    public void Cancelled(InstanceRefresh refresh)
    {
        End(refresh, InstanceRefreshStatus.Cancelled, "Cancelled via API call.");
        Put(refresh, "Cancelled");
    }

    /// <summary>AWS's own verdict: back to what was, where that was asked for and can be.</summary>
    public void GiveUp(InstanceRefresh refresh, string reason)
    {
        if (refresh.Status == InstanceRefreshStatus.RollbackInProgress)
        {
            End(refresh, InstanceRefreshStatus.RollbackFailed, reason);
            Put(refresh, "Failed");
        }
        else if (refresh.Preferences.AutoRollback && refresh.Desired is not null)
        {
            RollBack(refresh, $"Instance refresh automatically rolled back. {reason}");
        }
        else
        {
            End(refresh, InstanceRefreshStatus.Failed, reason);
            Put(refresh, "Failed");
        }
    }

    public void RollBack(InstanceRefresh refresh, string reason)
    {
        var now = cloud.Time.GetUtcNow();
        refresh.Rollback = new RollbackDetails(reason, now, refresh.PercentageComplete, refresh.InstancesToUpdate);
        refresh.ProgressAt = now;
        refresh.Group.LaunchTemplate = refresh.Previous;
        Move(refresh, InstanceRefreshStatus.RollbackInProgress, reason);
    }

    private void End(InstanceRefresh refresh, InstanceRefreshStatus status, string? reason = null)
    {
        refresh.EndTime = cloud.Time.GetUtcNow();
        Move(refresh, status, reason);
    }

    private void Put(InstanceRefresh refresh, string what) =>
        cloud.PutEvent("aws.autoscaling", DetailType + what, [refresh.Group.Arn], new JsonObject
        {
            ["InstanceRefreshId"] = refresh.Id,
            ["AutoScalingGroupName"] = refresh.Group.Name,
        });
}
