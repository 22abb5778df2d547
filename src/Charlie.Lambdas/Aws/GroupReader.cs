using System.Globalization;
using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;
using Charlie.Lambdas.Decisions;
using InstanceRefresh = Charlie.Lambdas.Decisions.InstanceRefresh;

namespace Charlie.Lambdas.Aws;

/// <summary>Reads the one group that Charlie deploys to.</summary>
internal sealed class GroupReader(IAutoScaling autoScaling, string groupName, string templateId)
{
    // One whose time came may still have to be executed.
    private static readonly TimeSpan JustNow = TimeSpan.FromMinutes(1);

    /// <exception cref="InvalidOperationException">The group does not exist, or does not launch from Charlie's template.</exception>
    public async Task<Group> ReadAsync()
    {
        var response = await autoScaling.DescribeAutoScalingGroupsAsync(
            new DescribeAutoScalingGroupsRequest { AutoScalingGroupNames = [groupName] });
        if (response.AutoScalingGroups is not [var group])
        {
            throw new InvalidOperationException($"There is no Auto Scaling group '{groupName}': check CHARLIE_GROUP.");
        }

        if (group.MixedInstancesPolicy is null && group.LaunchTemplate?.LaunchTemplateId != templateId)
        {
            throw new InvalidOperationException(
                $"Auto Scaling group '{groupName}' does not launch from launch template {templateId}: check CHARLIE_LAUNCH_TEMPLATE.");
        }

        return new Group(
            groupName,
            group.DesiredCapacity ?? 0,
            Number(group.LaunchTemplate?.Version),
            [
                .. (group.Instances ?? []).Select(instance => new GroupInstance(
                    instance.InstanceId,
                    instance.LifecycleState.Value,
                    instance.LaunchTemplate?.LaunchTemplateId == templateId ? Number(instance.LaunchTemplate.Version) : null)
                {
                    IsProtected = instance.ProtectedFromScaleIn == true,
                }),
            ])
        {
            MinSize = group.MinSize ?? 0,
            MaxSize = group.MaxSize ?? 0,
            Traits = new GroupTraits(
                [.. (group.SuspendedProcesses ?? []).Select(process => process.ProcessName)],
                group.WarmPoolConfiguration is not null,
                group.MixedInstancesPolicy is not null,
                group.InstanceMaintenancePolicy?.MaxHealthyPercentage > 100),
        };
    }

    /// <summary>The group's newest instance refresh; <c>null</c> where there was none yet.</summary>
    public async Task<InstanceRefresh?> ReadRefreshAsync()
    {
        var response = await autoScaling.DescribeInstanceRefreshesAsync(
            new DescribeInstanceRefreshesRequest { AutoScalingGroupName = groupName, MaxRecords = 1 });
        return response.InstanceRefreshes is [var newest, ..]
            ? new InstanceRefresh(
                newest.InstanceRefreshId,
                newest.Status.Value,
                newest.DesiredConfiguration?.LaunchTemplate is { } template && template.LaunchTemplateId == templateId
                    ? Number(template.Version)
                    : null,
                newest.StartTime is { } started ? new DateTimeOffset(started.ToUniversalTime()) : DateTimeOffset.MaxValue,
                newest.RollbackDetails?.RollbackReason ?? newest.StatusReason)
            : null;
    }

    /// <summary>When the group's next scheduled action is due; <c>null</c> without one.</summary>
    /// <remarks>Of an action that repeats itself AWS gives the next time as its start.</remarks>
    public async Task<DateTimeOffset?> ReadNextScheduledActionAsync(DateTimeOffset now)
    {
        DateTimeOffset? next = null;
        string? token = null;
        do
        {
            var response = await autoScaling.DescribeScheduledActionsAsync(
                new DescribeScheduledActionsRequest { AutoScalingGroupName = groupName, NextToken = token });
            foreach (var action in response.ScheduledUpdateGroupActions ?? [])
            {
                if (action.StartTime is { } start
                    && new DateTimeOffset(start.ToUniversalTime()) is var due
                    && due > now - JustNow
                    && !(due >= next))
                {
                    next = due;
                }
            }

            token = response.NextToken;
        }
        while (!string.IsNullOrEmpty(token));

        return next;
    }

    /// <summary>The group's newest scaling activity.</summary>
    public async Task<ScalingActivity> ReadLastActivityAsync()
    {
        var response = await autoScaling.DescribeScalingActivitiesAsync(
            new DescribeScalingActivitiesRequest { AutoScalingGroupName = groupName, MaxRecords = 1 });
        return new ScalingActivity(response.Activities is [var newest, ..] ? newest.StatusMessage ?? newest.Description : null);
    }

    private static long? Number(string? version) =>
        long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
