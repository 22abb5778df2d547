using System.Globalization;
using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;
using Amazon.Runtime;
using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Aws;

/// <summary>Changes the one group that Charlie deploys to.</summary>
internal sealed class GroupWriter(IAutoScaling autoScaling, string groupName, string hookName, string templateId)
{
    /// <summary>Pins a version: launches that begin from now on take it.</summary>
    public Task PinAsync(long version) =>
        autoScaling.UpdateAutoScalingGroupAsync(new UpdateAutoScalingGroupRequest
        {
            AutoScalingGroupName = groupName,
            LaunchTemplate = Template(version),
        });

    /// <summary>Pins a version and sets the desired capacity, in one call.</summary>
    public Task ResizeAsync(long version, int desiredCapacity) =>
        autoScaling.UpdateAutoScalingGroupAsync(new UpdateAutoScalingGroupRequest
        {
            AutoScalingGroupName = groupName,
            LaunchTemplate = Template(version),
            DesiredCapacity = desiredCapacity,
        });

    /// <summary>Says whether a lowered desired capacity may take an instance; <c>false</c> when it is not in service any more.</summary>
    public Task<bool> ProtectAsync(string instanceId, bool isProtected) =>
        Unless(AwsErrors.IsInstanceGone, () => autoScaling.SetInstanceProtectionAsync(new SetInstanceProtectionRequest
        {
            AutoScalingGroupName = groupName,
            InstanceIds = [instanceId],
            ProtectedFromScaleIn = isProtected,
        }));

    /// <summary>
    /// Terminates an instance and lowers the desired capacity by one; <c>false</c> when it is being terminated already, or the
    /// desired capacity was lowered to the group's minimum before.
    /// </summary>
    public Task<bool> HandOverAsync(string instanceId) =>
        Unless(
            error => AwsErrors.IsScalingActivityInProgress(error) || AwsErrors.IsInstanceGone(error) || AwsErrors.IsBelowMinimum(error),
            () => autoScaling.TerminateInstanceInAutoScalingGroupAsync(new TerminateInstanceInAutoScalingGroupRequest
            {
                InstanceId = instanceId,
                ShouldDecrementDesiredCapacity = true,
            }));

    /// <summary>Terminates an instance and has the group launch another; <c>false</c> when it is being terminated already.</summary>
    public Task<bool> TerminateAsync(string instanceId) =>
        Unless(AwsErrors.IsScalingActivityInProgress, () => autoScaling.TerminateInstanceInAutoScalingGroupAsync(
            new TerminateInstanceInAutoScalingGroupRequest
            {
                InstanceId = instanceId,
                ShouldDecrementDesiredCapacity = false,
            }));

    public Task SuspendLaunchesAsync() =>
        autoScaling.SuspendProcessesAsync(new SuspendProcessesRequest
        {
            AutoScalingGroupName = groupName,
            ScalingProcesses = [Group.LaunchProcess],
        });

    public Task ResumeLaunchesAsync() =>
        autoScaling.ResumeProcessesAsync(new ResumeProcessesRequest
        {
            AutoScalingGroupName = groupName,
            ScalingProcesses = [Group.LaunchProcess],
        });

    /// <summary>Has the group replace its instances by ones of a version; <c>false</c> when another refresh runs.</summary>
    public Task<bool> StartRefreshAsync(AwsAction.StartRefresh start) =>
        Unless(AwsErrors.IsRefreshInProgress, () => autoScaling.StartInstanceRefreshAsync(new StartInstanceRefreshRequest
        {
            AutoScalingGroupName = groupName,
            Strategy = RefreshStrategy.Rolling,
            DesiredConfiguration = new DesiredConfiguration { LaunchTemplate = Template(start.Version.Number) },
            Preferences = new RefreshPreferences
            {
                AutoRollback = start.AutoRollback,
                InstanceWarmup = (int)start.Rolling.Warmup.TotalSeconds,
                MaxHealthyPercentage = start.Rolling.MaxHealthyPercentage,
                MinHealthyPercentage = start.Rolling.MinHealthyPercentage,
                ScaleInProtectedInstances = ScaleInProtectedInstances.Refresh,
                SkipMatching = !start.IsRestart,
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

    /// <summary>
    /// Completes an instance's launch hook with CONTINUE; <c>false</c> when it was completed already or its time is over.
    /// </summary>
    public Task<bool> ContinueAsync(string instanceId) => CompleteAsync(instanceId, "CONTINUE");

    /// <summary>Completes an instance's launch hook with ABANDON; <c>false</c> when it was completed already or its time is over.</summary>
    public Task<bool> AbandonAsync(string instanceId) => CompleteAsync(instanceId, "ABANDON");

    private Task<bool> CompleteAsync(string instanceId, string result) =>
        Unless(AwsErrors.IsLifecycleActionGone, () => autoScaling.CompleteLifecycleActionAsync(new CompleteLifecycleActionRequest
        {
            AutoScalingGroupName = groupName,
            LifecycleHookName = hookName,
            InstanceId = instanceId,
            LifecycleActionResult = result,
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
}
