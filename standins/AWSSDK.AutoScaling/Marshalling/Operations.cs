using Amazon.AutoScaling.Model;

namespace Amazon.AutoScaling.Marshalling;

/// <summary>The small operations; the two that write a whole group are in GroupOperations.</summary>
internal static class Operations
{
    public static readonly Operation<DescribeAutoScalingGroupsRequest, DescribeAutoScalingGroupsResponse> DescribeAutoScalingGroups = new(
        "DescribeAutoScalingGroups",
        (query, request) =>
        {
            query.AddList("AutoScalingGroupNames", request.AutoScalingGroupNames);
            query.AddList("Filters", request.Filters, Writing.Filter);
            query.Add("IncludeInstances", request.IncludeInstances);
            query.Add("MaxRecords", request.MaxRecords);
            query.Add("NextToken", request.NextToken);
        },
        xml => new DescribeAutoScalingGroupsResponse
        {
            AutoScalingGroups = xml.List("AutoScalingGroups", Reading.Group),
            NextToken = xml.Text("NextToken"),
        },
        "InvalidNextToken",
        "ResourceContention");

    public static readonly Operation<DescribeAutoScalingInstancesRequest,
        DescribeAutoScalingInstancesResponse> DescribeAutoScalingInstances = new(
        "DescribeAutoScalingInstances",
        (query, request) =>
        {
            query.AddList("InstanceIds", request.InstanceIds);
            query.Add("MaxRecords", request.MaxRecords);
            query.Add("NextToken", request.NextToken);
        },
        xml => new DescribeAutoScalingInstancesResponse
        {
            AutoScalingInstances = xml.List("AutoScalingInstances", Reading.InstanceDetails),
            NextToken = xml.Text("NextToken"),
        },
        "InvalidNextToken",
        "ResourceContention");

    public static readonly Operation<TerminateInstanceInAutoScalingGroupRequest, TerminateInstanceInAutoScalingGroupResponse>
        TerminateInstanceInAutoScalingGroup = new(
            "TerminateInstanceInAutoScalingGroup",
            (query, request) =>
            {
                query.Add("InstanceId", request.InstanceId);
                query.Add("ShouldDecrementDesiredCapacity", request.ShouldDecrementDesiredCapacity);
            },
            xml => new TerminateInstanceInAutoScalingGroupResponse { Activity = xml.Object("Activity", Reading.Activity) },
            "ResourceContention",
            "ScalingActivityInProgress");

    public static readonly Operation<CompleteLifecycleActionRequest, CompleteLifecycleActionResponse> CompleteLifecycleAction = new(
        "CompleteLifecycleAction",
        (query, request) =>
        {
            query.Add("LifecycleHookName", request.LifecycleHookName);
            query.Add("AutoScalingGroupName", request.AutoScalingGroupName);
            query.Add("LifecycleActionToken", request.LifecycleActionToken);
            query.Add("LifecycleActionResult", request.LifecycleActionResult);
            query.Add("InstanceId", request.InstanceId);
        },
        _ => new CompleteLifecycleActionResponse(),
        "ResourceContention");

    public static readonly Operation<DescribeLifecycleHooksRequest, DescribeLifecycleHooksResponse> DescribeLifecycleHooks = new(
        "DescribeLifecycleHooks",
        (query, request) =>
        {
            query.Add("AutoScalingGroupName", request.AutoScalingGroupName);
            query.AddList("LifecycleHookNames", request.LifecycleHookNames);
        },
        xml => new DescribeLifecycleHooksResponse { LifecycleHooks = xml.List("LifecycleHooks", Reading.LifecycleHook) },
        "ResourceContention");

    public static readonly Operation<DescribeScalingActivitiesRequest, DescribeScalingActivitiesResponse> DescribeScalingActivities = new(
        "DescribeScalingActivities",
        (query, request) =>
        {
            query.AddList("ActivityIds", request.ActivityIds);
            query.Add("AutoScalingGroupName", request.AutoScalingGroupName);
            query.AddList("Filters", request.Filters, Writing.Filter);
            query.Add("IncludeDeletedGroups", request.IncludeDeletedGroups);
            query.Add("MaxRecords", request.MaxRecords);
            query.Add("NextToken", request.NextToken);
        },
        xml => new DescribeScalingActivitiesResponse
        {
            Activities = xml.List("Activities", Reading.Activity),
            NextToken = xml.Text("NextToken"),
        },
        "InvalidNextToken",
        "ResourceContention");

    public static readonly Operation<SetDesiredCapacityRequest, SetDesiredCapacityResponse> SetDesiredCapacity = new(
        "SetDesiredCapacity",
        (query, request) =>
        {
            query.Add("AutoScalingGroupName", request.AutoScalingGroupName);
            query.Add("DesiredCapacity", request.DesiredCapacity);
            query.Add("HonorCooldown", request.HonorCooldown);
        },
        _ => new SetDesiredCapacityResponse(),
        "ResourceContention",
        "ScalingActivityInProgress");

    public static readonly Operation<SuspendProcessesRequest, SuspendProcessesResponse> SuspendProcesses = new(
        "SuspendProcesses",
        (query, request) =>
        {
            query.Add("AutoScalingGroupName", request.AutoScalingGroupName);
            query.AddList("ScalingProcesses", request.ScalingProcesses);
        },
        _ => new SuspendProcessesResponse(),
        "ResourceContention",
        "ResourceInUse");

    public static readonly Operation<SetInstanceProtectionRequest, SetInstanceProtectionResponse> SetInstanceProtection = new(
        "SetInstanceProtection",
        (query, request) =>
        {
            query.AddList("InstanceIds", request.InstanceIds);
            query.Add("AutoScalingGroupName", request.AutoScalingGroupName);
            query.Add("ProtectedFromScaleIn", request.ProtectedFromScaleIn);
        },
        _ => new SetInstanceProtectionResponse(),
        "LimitExceeded",
        "ResourceContention");

    public static readonly Operation<ResumeProcessesRequest, ResumeProcessesResponse> ResumeProcesses = new(
        "ResumeProcesses",
        (query, request) =>
        {
            query.Add("AutoScalingGroupName", request.AutoScalingGroupName);
            query.AddList("ScalingProcesses", request.ScalingProcesses);
        },
        _ => new ResumeProcessesResponse(),
        "ResourceContention",
        "ResourceInUse");

    public static readonly Operation<DeleteAutoScalingGroupRequest, DeleteAutoScalingGroupResponse> DeleteAutoScalingGroup = new(
        "DeleteAutoScalingGroup",
        (query, request) =>
        {
            query.Add("AutoScalingGroupName", request.AutoScalingGroupName);
            query.Add("ForceDelete", request.ForceDelete);
        },
        _ => new DeleteAutoScalingGroupResponse(),
        "ResourceContention",
        "ResourceInUse",
        "ScalingActivityInProgress");
}
