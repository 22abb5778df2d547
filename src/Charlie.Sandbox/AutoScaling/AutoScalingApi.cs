using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.AutoScaling;

/// <summary>Auto Scaling's Query API: which operation is answered where.</summary>
internal sealed class AutoScalingApi : IAwsApi
{
    private readonly Dictionary<string, Func<AwsRequest, QueryParameters, AwsResponse>> operations;

    public AutoScalingApi(Cloud cloud)
    {
        var groups = new GroupApi(cloud);
        var capacity = new CapacityApi(cloud);
        var hooks = new LifecycleHookApi(cloud);
        var actions = new LifecycleActionApi(cloud);
        var instances = new GroupInstanceApi(cloud);
        var refreshes = new InstanceRefreshApi(cloud);
        operations = new(StringComparer.Ordinal)
        {
            ["CreateAutoScalingGroup"] = groups.Create,
            ["UpdateAutoScalingGroup"] = groups.Update,
            ["DeleteAutoScalingGroup"] = groups.Delete,
            ["DescribeAutoScalingGroups"] = groups.Describe,
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
        };
    }

    public string Service => "autoscaling";

    public AwsProtocol Protocol => AwsProtocol.Query;

    public AwsResponse Answer(AwsRequest request) =>
        operations.TryGetValue(request.Action, out var operation)
            ? operation(request, new QueryParameters(ParameterNode.Parse(request.Parameters), AutoScalingErrors.Instance))
            : throw AwsErrors.UnknownAction(Protocol, request.Action, request.Parameters.GetValueOrDefault("Version"));
}
