using System.Globalization;
using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;
using Amazon.Runtime;
using Charlie.Lambdas.Decisions;
using InstanceRefresh = Charlie.Lambdas.Decisions.InstanceRefresh;

namespace Charlie.Lambdas.Aws;

/// <summary>How a launch hook is completed.</summary>
internal enum LifecycleActionResult
{
    Continue,
    Abandon,
}

/// <summary>Reads the one group that Charlie deploys to, and moves it.</summary>
internal sealed class AutoScalingGroups(IAmazonAutoScaling autoScaling, string groupName, string hookName, string templateId)
{
    /// <exception cref="InvalidOperationException">The group is not there, or does not launch from Charlie's template.</exception>
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
                    instance.LaunchTemplate?.LaunchTemplateId == templateId ? Number(instance.LaunchTemplate.Version) : null)),
            ])
        {
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
                newest.DesiredConfiguration?.LaunchTemplate is { } template && template.LaunchTemplateId == templateId ? Number(template.Version) : null,
                newest.StartTime is { } started ? new DateTimeOffset(started.ToUniversalTime()) : DateTimeOffset.MaxValue,
                newest.RollbackDetails?.RollbackReason ?? newest.StatusReason)
            : null;
    }

    /// <summary>The group's own word on its newest scaling activity: no capacity, a machine image that is gone, and the like.</summary>
    public async Task<string?> ReadLastActivityAsync()
    {
        var response = await autoScaling.DescribeScalingActivitiesAsync(
            new DescribeScalingActivitiesRequest { AutoScalingGroupName = groupName, MaxRecords = 1 });
        return response.Activities is [var newest, ..] ? newest.StatusMessage ?? newest.Description : null;
    }

    /// <summary>Pins a version: launches that begin from now on take it.</summary>
    public Task PinAsync(long version) =>
        autoScaling.UpdateAutoScalingGroupAsync(new UpdateAutoScalingGroupRequest
        {
            AutoScalingGroupName = groupName,
            LaunchTemplate = Template(version),
        });

    /// <summary>Terminates an instance and has the group launch another.</summary>
    public Task TerminateAsync(string instanceId) =>
        autoScaling.TerminateInstanceInAutoScalingGroupAsync(new TerminateInstanceInAutoScalingGroupRequest
        {
            InstanceId = instanceId,
            ShouldDecrementDesiredCapacity = false,
        });

    /// <summary>Has the group replace its instances by ones of a version; <c>false</c> when another refresh runs.</summary>
    public Task<bool> StartRefreshAsync(RefreshStep.Start start) =>
        Unless(AwsErrors.IsRefreshInProgress, () => autoScaling.StartInstanceRefreshAsync(new StartInstanceRefreshRequest
        {
            AutoScalingGroupName = groupName,
            Strategy = RefreshStrategy.Rolling,
            DesiredConfiguration = new DesiredConfiguration { LaunchTemplate = Template(start.Version.Number) },
            Preferences = new RefreshPreferences
            {
                AutoRollback = start.AutoRollback,
                InstanceWarmup = (int)start.Way.Warmup.TotalSeconds,
                MaxHealthyPercentage = start.Way.MaxHealthyPercentage,
                MinHealthyPercentage = start.Way.MinHealthyPercentage,
                ScaleInProtectedInstances = ScaleInProtectedInstances.Refresh,
                SkipMatching = true,
                StandbyInstances = StandbyInstances.Ignore,
            },
        }));

    /// <summary>
    /// Cancels the running instance refresh, without waiting for a launch that only its own deadline would end;
    /// <c>false</c> when it ended.
    /// </summary>
    public Task<bool> CancelRefreshAsync() =>
        Unless(AwsErrors.IsRefreshGone, () => autoScaling.CancelInstanceRefreshAsync(
            new CancelInstanceRefreshRequest { AutoScalingGroupName = groupName, WaitForTransitioningInstances = false }));

    /// <summary>Rolls the running instance refresh back; cancels one that cannot be; <c>false</c> when it ended.</summary>
    public async Task<bool> RollBackRefreshAsync()
    {
        try
        {
            return await Unless(AwsErrors.IsRefreshGone, () => autoScaling.RollbackInstanceRefreshAsync(
                new RollbackInstanceRefreshRequest { AutoScalingGroupName = groupName }));
        }
        catch (AmazonServiceException error) when (AwsErrors.IsRefreshIrreversible(error))
        {
            return await CancelRefreshAsync();
        }
    }

    /// <summary>Completes an instance's launch hook; <c>false</c> when the action was completed already or its time is over.</summary>
    public Task<bool> CompleteAsync(string instanceId, LifecycleActionResult result) =>
        Unless(AwsErrors.IsLifecycleActionGone, () => autoScaling.CompleteLifecycleActionAsync(new CompleteLifecycleActionRequest
        {
            AutoScalingGroupName = groupName,
            LifecycleHookName = hookName,
            InstanceId = instanceId,
            LifecycleActionResult = result == LifecycleActionResult.Continue ? "CONTINUE" : "ABANDON",
        }));

    private static async Task<bool> Unless(Func<AmazonServiceException, bool> isTooLate, Func<Task> act)
    {
        try
        {
            await act();
            return true;
        }
        catch (AmazonServiceException error) when (isTooLate(error))
        {
            return false;
        }
    }

    private LaunchTemplateSpecification Template(long version) =>
        new() { LaunchTemplateId = templateId, Version = version.ToString(CultureInfo.InvariantCulture) };

    private static long? Number(string? version) =>
        long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
