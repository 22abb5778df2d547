using Charlie.Sandbox.Ec2;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.AutoScaling;

/// <summary>Auto Scaling's Query API: which class serves which operation.</summary>
internal sealed class AutoScalingApi : IAwsApi
{
    private readonly Dictionary<string, Func<AwsRequest, QueryParameters, AwsResponse>> operations;

    public AutoScalingApi(CloudContext context, Ec2Resources ec2, AutoScalingGroupStore groups)
    {
        var settings = new GroupApi(context, ec2, groups);
        var capacity = new CapacityApi(context, groups);
        var hooks = new LifecycleHookApi(context, groups);
        var actions = new LifecycleActionApi(context, groups);
        var instances = new GroupInstanceApi(context, groups);
        var refreshes = new InstanceRefreshApi(ec2, groups);
        var schedules = new ScheduledActionApi(groups);
        operations = new(StringComparer.Ordinal)
        {
            ["CreateAutoScalingGroup"] = settings.Create,
            ["UpdateAutoScalingGroup"] = settings.Update,
            ["DeleteAutoScalingGroup"] = settings.Delete,
            ["DescribeAutoScalingGroups"] = settings.Describe,
            ["SetDesiredCapacity"] = capacity.SetDesired,
            ["SuspendProcesses"] = capacity.Suspend,
            ["ResumeProcesses"] = capacity.Resume,
            ["DescribeScalingActivities"] = capacity.DescribeActivities,
            ["PutLifecycleHook"] = hooks.Put,
            ["DeleteLifecycleHook"] = hooks.Delete,
            ["DescribeLifecycleHooks"] = hooks.Describe,
            ["CompleteLifecycleAction"] = actions.Complete,
            ["RecordLifecycleActionHeartbeat"] = actions.RecordHeartbeat,
            ["DescribeAutoScalingInstances"] = instances.Describe,
            ["TerminateInstanceInAutoScalingGroup"] = instances.Terminate,
            ["StartInstanceRefresh"] = refreshes.Start,
            ["CancelInstanceRefresh"] = refreshes.Cancel,
            ["RollbackInstanceRefresh"] = refreshes.Rollback,
            ["DescribeInstanceRefreshes"] = refreshes.Describe,
            ["SetInstanceHealth"] = instances.SetHealth,
            ["PutScheduledUpdateGroupAction"] = schedules.Put,
            ["BatchPutScheduledUpdateGroupAction"] = schedules.PutBatch,
            ["DescribeScheduledActions"] = schedules.Describe,
            ["DeleteScheduledAction"] = schedules.Delete,
            ["BatchDeleteScheduledAction"] = schedules.DeleteBatch,
        };
    }

    public string Service => "autoscaling";

    public AwsProtocol Protocol => AwsProtocol.Query;

    public AwsResponse Respond(AwsRequest request) =>
        operations.TryGetValue(request.Action, out var operation)
            ? operation(request, new QueryParameters(ParameterNode.Parse(request.Parameters), AutoScalingErrors.Instance))
            : throw WireErrors.UnknownAction(Protocol, request.Action, request.Parameters.GetValueOrDefault("Version"));
}
