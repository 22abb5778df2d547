using Amazon.AutoScaling.Model;
using Charlie.Lambdas.Aws;
using Charlie.Sandbox.AutoScaling;
using Charlie.Sandbox.Wire;
using AutoScalingGroup = Charlie.Sandbox.AutoScaling.AutoScalingGroup;
using LaunchTemplateSpecification = Amazon.AutoScaling.Model.LaunchTemplateSpecification;

namespace Charlie.Simulation.Deep;

/// <summary>Auto Scaling as the functions and operators call it: the sandbox's own operations, without a wire.</summary>
internal sealed class DeepAutoScaling(IApiCaller caller) : IAutoScaling
{
    private const string Service = "autoscaling";

    public Task<DescribeAutoScalingGroupsResponse> DescribeAutoScalingGroupsAsync(
        DescribeAutoScalingGroupsRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(
            "DescribeAutoScalingGroups",
            new Form(Form.QueryList) { { "AutoScalingGroupNames", request.AutoScalingGroupNames } },
            result => AutoScalingShapes.Groups((Page<AutoScalingGroup>)result!));

    public Task<DescribeInstanceRefreshesResponse> DescribeInstanceRefreshesAsync(
        DescribeInstanceRefreshesRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(
            "DescribeInstanceRefreshes",
            new Form(Form.QueryList) { { "AutoScalingGroupName", request.AutoScalingGroupName }, { "MaxRecords", request.MaxRecords } },
            result => AutoScalingShapes.Refreshes((Page<GroupInstanceRefresh>)result!));

    public Task<DescribeScalingActivitiesResponse> DescribeScalingActivitiesAsync(
        DescribeScalingActivitiesRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(
            "DescribeScalingActivities",
            new Form(Form.QueryList) { { "AutoScalingGroupName", request.AutoScalingGroupName }, { "MaxRecords", request.MaxRecords } },
            result => AutoScalingShapes.Activities((Page<ScalingActivity>)result!));

    public Task<DescribeScheduledActionsResponse> DescribeScheduledActionsAsync(
        DescribeScheduledActionsRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(
            "DescribeScheduledActions",
            new Form(Form.QueryList)
            {
                { "AutoScalingGroupName", request.AutoScalingGroupName },
                { "NextToken", request.NextToken },
            },
            result => AutoScalingShapes.Scheduled((Page<(AutoScalingGroup Group, ScheduledAction Action)>)result!));

    public Task<SetInstanceProtectionResponse> SetInstanceProtectionAsync(
        SetInstanceProtectionRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(
            "SetInstanceProtection",
            new Form(Form.QueryList)
            {
                { "AutoScalingGroupName", request.AutoScalingGroupName },
                { "InstanceIds", request.InstanceIds },
                { "ProtectedFromScaleIn", request.ProtectedFromScaleIn },
            },
            _ => new SetInstanceProtectionResponse());

    /// <summary>Only operators create a group.</summary>
    public Task<CreateAutoScalingGroupResponse> CreateAutoScalingGroupAsync(
        CreateAutoScalingGroupRequest request, CancellationToken cancellationToken = default)
    {
        var form = new Form(Form.QueryList)
        {
            { "AutoScalingGroupName", request.AutoScalingGroupName },
            { "DesiredCapacity", request.DesiredCapacity },
            { "MaxSize", request.MaxSize },
            { "MinSize", request.MinSize },
            { "VPCZoneIdentifier", request.VPCZoneIdentifier },
        };
        Add(form, "LaunchTemplate", request.LaunchTemplate);
        form.Add("LifecycleHookSpecificationList", request.LifecycleHookSpecificationList, (name, hook) =>
        {
            form.Add($"{name}.LifecycleHookName", hook.LifecycleHookName);
            form.Add($"{name}.LifecycleTransition", hook.LifecycleTransition);
            form.Add($"{name}.HeartbeatTimeout", hook.HeartbeatTimeout);
            form.Add($"{name}.DefaultResult", hook.DefaultResult);
        });
        return CallAsync("CreateAutoScalingGroup", form, _ => new CreateAutoScalingGroupResponse());
    }

    public Task<UpdateAutoScalingGroupResponse> UpdateAutoScalingGroupAsync(
        UpdateAutoScalingGroupRequest request, CancellationToken cancellationToken = default)
    {
        var form = new Form(Form.QueryList)
        {
            { "AutoScalingGroupName", request.AutoScalingGroupName },
            { "DesiredCapacity", request.DesiredCapacity },
            { "MinSize", request.MinSize },
        };
        Add(form, "LaunchTemplate", request.LaunchTemplate);
        return CallAsync("UpdateAutoScalingGroup", form, _ => new UpdateAutoScalingGroupResponse());
    }

    public Task<TerminateInstanceInAutoScalingGroupResponse> TerminateInstanceInAutoScalingGroupAsync(
        TerminateInstanceInAutoScalingGroupRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(
            "TerminateInstanceInAutoScalingGroup",
            new Form(Form.QueryList)
            {
                { "InstanceId", request.InstanceId },
                { "ShouldDecrementDesiredCapacity", request.ShouldDecrementDesiredCapacity },
            },
            result => new TerminateInstanceInAutoScalingGroupResponse { Activity = AutoScalingShapes.Activity((ScalingActivity)result!) });

    public Task<SuspendProcessesResponse> SuspendProcessesAsync(
        SuspendProcessesRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(
            "SuspendProcesses", Processes(request.AutoScalingGroupName, request.ScalingProcesses), _ => new SuspendProcessesResponse());

    public Task<ResumeProcessesResponse> ResumeProcessesAsync(
        ResumeProcessesRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(
            "ResumeProcesses", Processes(request.AutoScalingGroupName, request.ScalingProcesses), _ => new ResumeProcessesResponse());

    public Task<StartInstanceRefreshResponse> StartInstanceRefreshAsync(
        StartInstanceRefreshRequest request, CancellationToken cancellationToken = default)
    {
        var form = new Form(Form.QueryList) { { "AutoScalingGroupName", request.AutoScalingGroupName } };
        Add(form, "DesiredConfiguration.LaunchTemplate", request.DesiredConfiguration?.LaunchTemplate);
        if (request.Preferences is { } preferences)
        {
            form.Add("Preferences.AutoRollback", preferences.AutoRollback);
            form.Add("Preferences.InstanceWarmup", preferences.InstanceWarmup);
            form.Add("Preferences.MaxHealthyPercentage", preferences.MaxHealthyPercentage);
            form.Add("Preferences.MinHealthyPercentage", preferences.MinHealthyPercentage);
            form.Add("Preferences.ScaleInProtectedInstances", preferences.ScaleInProtectedInstances);
            form.Add("Preferences.SkipMatching", preferences.SkipMatching);
            form.Add("Preferences.StandbyInstances", preferences.StandbyInstances);
        }

        form.Add("Strategy", request.Strategy);
        return CallAsync("StartInstanceRefresh", form, result => new StartInstanceRefreshResponse { InstanceRefreshId = (string)result! });
    }

    public Task<CancelInstanceRefreshResponse> CancelInstanceRefreshAsync(
        CancelInstanceRefreshRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(
            "CancelInstanceRefresh",
            new Form(Form.QueryList)
            {
                { "AutoScalingGroupName", request.AutoScalingGroupName },
                { "WaitForTransitioningInstances", request.WaitForTransitioningInstances },
            },
            result => new CancelInstanceRefreshResponse { InstanceRefreshId = (string)result! });

    public Task<RollbackInstanceRefreshResponse> RollbackInstanceRefreshAsync(
        RollbackInstanceRefreshRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(
            "RollbackInstanceRefresh",
            new Form(Form.QueryList) { { "AutoScalingGroupName", request.AutoScalingGroupName } },
            result => new RollbackInstanceRefreshResponse { InstanceRefreshId = (string)result! });

    public Task<CompleteLifecycleActionResponse> CompleteLifecycleActionAsync(
        CompleteLifecycleActionRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(
            "CompleteLifecycleAction",
            new Form(Form.QueryList)
            {
                { "LifecycleHookName", request.LifecycleHookName },
                { "AutoScalingGroupName", request.AutoScalingGroupName },
                { "LifecycleActionResult", request.LifecycleActionResult },
                { "InstanceId", request.InstanceId },
            },
            _ => new CompleteLifecycleActionResponse());

    private Task<TResponse> CallAsync<TResponse>(string action, Form form, Func<object?, TResponse> read)
        where TResponse : class =>
        caller.CallAsync(new ApiCallRequest(Service, action, form.Parameters), read);

    private static Form Processes(string group, List<string> processes) =>
        new(Form.QueryList) { { "AutoScalingGroupName", group }, { "ScalingProcesses", processes } };

    private static void Add(Form form, string name, LaunchTemplateSpecification? template)
    {
        form.Add($"{name}.LaunchTemplateId", template?.LaunchTemplateId);
        form.Add($"{name}.Version", template?.Version);
    }
}
