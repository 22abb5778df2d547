using System.Globalization;
using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;
using Amazon.Runtime;
using Charlie.Lambdas.Decisions;

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
            LaunchTemplate = new LaunchTemplateSpecification
            {
                LaunchTemplateId = templateId,
                Version = version.ToString(CultureInfo.InvariantCulture),
            },
        });

    /// <summary>Terminates an instance and has the group launch another.</summary>
    public Task TerminateAsync(string instanceId) =>
        autoScaling.TerminateInstanceInAutoScalingGroupAsync(new TerminateInstanceInAutoScalingGroupRequest
        {
            InstanceId = instanceId,
            ShouldDecrementDesiredCapacity = false,
        });

    /// <summary>Completes an instance's launch hook; <c>false</c> when the action was completed already or its time is over.</summary>
    public async Task<bool> CompleteAsync(string instanceId, LifecycleActionResult result)
    {
        try
        {
            await autoScaling.CompleteLifecycleActionAsync(new CompleteLifecycleActionRequest
            {
                AutoScalingGroupName = groupName,
                LifecycleHookName = hookName,
                InstanceId = instanceId,
                LifecycleActionResult = result == LifecycleActionResult.Continue ? "CONTINUE" : "ABANDON",
            });
            return true;
        }
        catch (AmazonServiceException error) when (AwsErrors.IsLifecycleActionGone(error))
        {
            return false;
        }
    }

    private static long? Number(string? version) =>
        long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
