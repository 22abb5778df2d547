using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.AutoScaling;

internal static class InstanceRefreshXml
{
    public static void Write(XmlResponse xml, GroupInstanceRefresh refresh)
    {
        xml.Element("InstanceRefreshId", refresh.Id);
        xml.Element("AutoScalingGroupName", refresh.Group.Name);
        xml.Element("Status", $"{refresh.Status}");
        xml.Element("StatusReason", refresh.StatusReason);
        xml.Element("StartTime", refresh.StartTime);
        xml.Element("EndTime", refresh.EndTime);
        xml.Element("PercentageComplete", refresh.PercentageComplete);
        xml.Element("InstancesToUpdate", refresh.InstancesToUpdate);
        xml.Element("Preferences", _ => Write(xml, refresh.Preferences));
        if (refresh.DesiredConfiguration is { } desired)
        {
            xml.Element("DesiredConfiguration", _ => xml.Element("LaunchTemplate", _ => GroupXml.Write(xml, desired)));
        }

        if (refresh.Rollback is { } rollback)
        {
            xml.Element("RollbackDetails", _ =>
            {
                xml.Element("RollbackReason", rollback.Reason);
                xml.Element("RollbackStartTime", rollback.StartTime);
                xml.Element("PercentageCompleteOnRollback", rollback.PercentageComplete);
                xml.Element("InstancesToUpdateOnRollback", rollback.InstancesToUpdate);
            });
        }

        xml.Element("Strategy", "Rolling");
    }

    private static void Write(XmlResponse xml, RefreshPreferences preferences)
    {
        xml.Element("MinHealthyPercentage", preferences.MinHealthyPercentage);
        xml.Element("MaxHealthyPercentage", preferences.MaxHealthyPercentage);
        xml.Element("InstanceWarmup", (int)preferences.InstanceWarmup.TotalSeconds);
        if (preferences.CheckpointPercentages.Count > 0)
        {
            xml.List("CheckpointPercentages", "member", preferences.CheckpointPercentages.Select(percentage => $"{percentage}"));
        }

        xml.Element("CheckpointDelay", (int?)preferences.CheckpointDelay?.TotalSeconds);
        xml.Element("SkipMatching", preferences.SkipMatching);
        xml.Element("AutoRollback", preferences.AutoRollback);
        xml.Element("BakeTime", (int?)preferences.BakeTime?.TotalSeconds);
        xml.Element("ScaleInProtectedInstances", preferences.ScaleInProtectedInstances);
        xml.Element("StandbyInstances", preferences.StandbyInstances);
    }
}
