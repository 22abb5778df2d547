using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.AutoScaling;

/// <summary>Groups and their instances as the Describe operations show them.</summary>
internal static class GroupXml
{
    private static readonly IReadOnlyDictionary<string, ParameterNode> Defaults = new Dictionary<string, ParameterNode>
    {
        ["DefaultCooldown"] = ParameterNode.Leaf("300"),
        ["HealthCheckType"] = ParameterNode.Leaf("EC2"),
        ["ServiceLinkedRoleARN"] =
            ParameterNode.Leaf($"arn:aws:iam::{Account.Id}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"),
        ["CapacityRebalance"] = ParameterNode.Leaf("false"),
    };

    private static readonly string[] EmptyLists = ["LoadBalancerNames", "TrafficSources"];

    public static void Write(XmlResponse xml, AutoScalingGroup group, bool withInstances)
    {
        xml.Element("AutoScalingGroupName", group.Name);
        xml.Element("AutoScalingGroupARN", group.Arn);
        if (!group.Settings.ContainsKey("MixedInstancesPolicy"))
        {
            xml.Element("LaunchTemplate", _ => Write(xml, group.LaunchTemplate));
        }

        xml.Element("MinSize", group.MinSize);
        xml.Element("MaxSize", group.MaxSize);
        xml.Element("DesiredCapacity", group.DesiredCapacity);
        xml.List("AvailabilityZones", "member", group.AvailabilityZones);
        foreach (var list in EmptyLists)
        {
            xml.List(list, "member", []);
        }

        xml.List("TargetGroupARNs", "member", group.TargetGroups);

        xml.Element("HealthCheckGracePeriod", group.HealthCheckGracePeriod);
        if (withInstances)
        {
            xml.List("Instances", "member", group.Instances, instance => Write(xml, instance));
        }

        xml.Element("CreatedTime", group.CreatedTime);
        xml.List("SuspendedProcesses", "member", group.Suspended, process =>
        {
            xml.Element("ProcessName", process.Key);
            xml.Element("SuspensionReason", process.Value);
        });
        xml.Element("VPCZoneIdentifier", group.VpcZoneIdentifier ?? string.Empty);
        xml.List("EnabledMetrics", "member", []);
        xml.Element("Status", group.IsDeleted ? "Delete in progress" : null);
        WriteTags(xml, group);
        xml.Element("NewInstancesProtectedFromScaleIn", group.NewInstancesProtectedFromScaleIn);
        if (!group.Settings.ContainsKey("TerminationPolicies"))
        {
            xml.List("TerminationPolicies", "member", ["Default"]);
        }

        WriteMembers(xml, Defaults.Where(setting => !group.Settings.ContainsKey(setting.Key)).Concat(group.Settings));
    }

    /// <summary>The members that a group's own list and DescribeAutoScalingInstances share.</summary>
    public static void Write(XmlResponse xml, GroupInstance instance, string? health = null)
    {
        xml.Element("InstanceId", instance.Id);
        xml.Element("InstanceType", instance.Machine.InstanceType);
        xml.Element("AvailabilityZone", instance.Machine.AvailabilityZone);
        xml.Element("LifecycleState", LifecycleStates.NameOf(instance.State));
        xml.Element("HealthStatus", health ?? instance.HealthStatus);
        var version = instance.Machine.Version;
        xml.Element("LaunchTemplate", _ =>
            Write(xml, new LaunchTemplateSpecification(version.Template.Id, version.Template.Name, $"{version.Number}")));
        xml.Element("ProtectedFromScaleIn", instance.ProtectedFromScaleIn);
    }

    public static void Write(XmlResponse xml, ScalingActivity activity, AutoScalingGroup? group)
    {
        xml.Element("ActivityId", activity.Id);
        xml.Element("AutoScalingGroupName", activity.GroupName);
        xml.Element("Description", activity.Description);
        xml.Element("Cause", activity.Cause);
        xml.Element("StartTime", activity.StartTime);
        xml.Element("EndTime", activity.EndTime);
        xml.Element("StatusCode", activity.StatusCode);
        xml.Element("StatusMessage", activity.StatusMessage);
        xml.Element("Progress", activity.Progress);
        xml.Element("Details", activity.SubnetId is { } subnet
            ? $$"""{"Subnet ID":"{{subnet}}","Availability Zone":"{{activity.AvailabilityZone}}"}"""
            : $$"""{"Availability Zone":"{{activity.AvailabilityZone}}"}""");
        xml.Element("AutoScalingGroupState", group is null ? "Deleted" : null);
        xml.Element("AutoScalingGroupARN", activity.GroupArn);
    }

    public static void Write(XmlResponse xml, LaunchTemplateSpecification template)
    {
        xml.Element("LaunchTemplateId", template.Id);
        xml.Element("LaunchTemplateName", template.Name);
        xml.Element("Version", template.Version);
    }

    public static void Write(XmlResponse xml, AutoScalingGroup group, GroupTag tag)
    {
        xml.Element("ResourceId", group.Name);
        xml.Element("ResourceType", GroupTagApi.ResourceType);
        xml.Element("Key", tag.Key);
        xml.Element("Value", tag.Value);
        xml.Element("PropagateAtLaunch", tag.PropagateAtLaunch);
    }

    private static void WriteTags(XmlResponse xml, AutoScalingGroup group) =>
        xml.List("Tags", "member", group.Tags.Values, tag => Write(xml, group, tag));

    /// <summary>What was kept as it was sent: requests and responses use the same names here.</summary>
    private static void WriteMembers(XmlResponse xml, IEnumerable<KeyValuePair<string, ParameterNode>> members)
    {
        foreach (var (name, node) in members)
        {
            if (node.Items is { Count: > 0 } items)
            {
                xml.List(name, "member", items, item => WriteValue(xml, item));
            }
            else if (node.Value is not "" || node.Children.Count > 0)
            {
                xml.Element(name, _ => WriteValue(xml, node));
            }
        }
    }

    private static void WriteValue(XmlResponse xml, ParameterNode node)
    {
        if (node.Children.Count > 0)
        {
            WriteMembers(xml, node.Children);
        }
        else
        {
            xml.Text(node.Value ?? string.Empty);
        }
    }
}
