using Amazon.AutoScaling.Model;
using Charlie.Sandbox.AutoScaling;
using Charlie.Sandbox.Wire;
using AutoScalingGroup = Charlie.Sandbox.AutoScaling.AutoScalingGroup;
using LaunchTemplateSpecification = Charlie.Sandbox.AutoScaling.LaunchTemplateSpecification;
using SdkGroup = Amazon.AutoScaling.Model.AutoScalingGroup;
using SdkSpecification = Amazon.AutoScaling.Model.LaunchTemplateSpecification;

namespace Charlie.Simulation.Deep;

/// <summary>Auto Scaling's responses as the SDK reads them from the wire, as far as Charlie reads them.</summary>
internal static class AutoScalingShapes
{
    public static DescribeAutoScalingGroupsResponse Groups(Page<AutoScalingGroup> page) =>
        new() { AutoScalingGroups = Sdk.List(page.Items.Select(Group)), NextToken = page.NextToken };

    public static DescribeInstanceRefreshesResponse Refreshes(Page<GroupInstanceRefresh> page) =>
        new() { InstanceRefreshes = Sdk.List(page.Items.Select(Refresh)), NextToken = page.NextToken };

    public static DescribeScalingActivitiesResponse Activities(Page<ScalingActivity> page) =>
        new() { Activities = Sdk.List(page.Items.Select(Activity)), NextToken = page.NextToken };

    public static DescribeScheduledActionsResponse Scheduled(Page<(AutoScalingGroup Group, ScheduledAction Action)> page) => new()
    {
        ScheduledUpdateGroupActions = Sdk.List(page.Items.Select(one => new ScheduledUpdateGroupAction
        {
            ScheduledActionName = one.Action.Name,
            StartTime = Sdk.Time(one.Action.StartTime),
        })),
        NextToken = page.NextToken,
    };

    public static Activity Activity(ScalingActivity activity) => new()
    {
        ActivityId = activity.Id,
        Description = activity.Description,
        StatusCode = activity.StatusCode,
        StatusMessage = activity.StatusMessage,
    };

    private static SdkGroup Group(AutoScalingGroup group)
    {
        // No plan draws a group that has such a setting, and Charlie reads two of them.
        if (group.Settings.Count > 0)
        {
            throw new NotSupportedException($"The deep tier does not show {string.Join(", ", group.Settings.Keys)} of a group.");
        }

        return new SdkGroup
        {
            AutoScalingGroupName = group.Name,
            LaunchTemplate = Template(group.LaunchTemplate),
            MinSize = group.MinSize,
            MaxSize = group.MaxSize,
            DesiredCapacity = group.DesiredCapacity,
            Instances = Sdk.List(group.Instances.Select(Instance)),
            SuspendedProcesses = Sdk.List(group.Suspended.Select(process =>
                new SuspendedProcess { ProcessName = process.Key, SuspensionReason = process.Value })),
        };
    }

    private static Instance Instance(GroupInstance instance)
    {
        var version = instance.Machine.Version;
        return new Instance
        {
            InstanceId = instance.Id,
            LifecycleState = LifecycleStates.NameOf(instance.State),
            ProtectedFromScaleIn = instance.ProtectedFromScaleIn,
            LaunchTemplate = new SdkSpecification
            {
                LaunchTemplateId = version.Template.Id,
                LaunchTemplateName = version.Template.Name,
                Version = $"{version.Number}",
            },
        };
    }

    private static InstanceRefresh Refresh(GroupInstanceRefresh refresh) => new()
    {
        InstanceRefreshId = refresh.Id,
        Status = $"{refresh.Status}",
        StatusReason = refresh.StatusReason,
        StartTime = Sdk.Time(refresh.StartTime),
        DesiredConfiguration = refresh.DesiredConfiguration is { } desired
            ? new DesiredConfiguration { LaunchTemplate = Template(desired) }
            : null,
        RollbackDetails = refresh.Rollback is { } rollback ? new RollbackDetails { RollbackReason = rollback.Reason } : null,
    };

    private static SdkSpecification Template(LaunchTemplateSpecification template) => new()
    {
        LaunchTemplateId = template.Id,
        LaunchTemplateName = template.Name,
        Version = template.Version,
    };
}
