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
        var moves = new InstanceMoveApi(context, groups);
        var tags = new GroupTagApi(groups);
        var targets = new TargetGroupApi(groups);
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
            ["SetInstanceProtection"] = moves.SetProtection,
            ["EnterStandby"] = moves.EnterStandby,
            ["ExitStandby"] = moves.ExitStandby,
            ["DetachInstances"] = moves.Detach,
            ["AttachLoadBalancerTargetGroups"] = targets.Attach,
            ["DetachLoadBalancerTargetGroups"] = targets.Detach,
            ["DescribeLoadBalancerTargetGroups"] = targets.Describe,
            ["CreateOrUpdateTags"] = tags.CreateOrUpdate,
            ["DeleteTags"] = tags.Delete,
            ["DescribeTags"] = tags.Describe,
            ["DescribeTerminationPolicyTypes"] = (request, _) => XmlResponse.Query(
                request, xml => xml.List("TerminationPolicyTypes", "member", TerminationPolicies.Known)),
            ["PutScheduledUpdateGroupAction"] = schedules.Put,
            ["BatchPutScheduledUpdateGroupAction"] = schedules.PutBatch,
            ["DescribeScheduledActions"] = schedules.Describe,
            ["DeleteScheduledAction"] = schedules.Delete,
            ["BatchDeleteScheduledAction"] = schedules.DeleteBatch,
        };
    }

    public string Service => "autoscaling";

    public AwsProtocol Protocol => AwsProtocol.Query;

    public PlayedOperations Operations => AutoScalingOperations.Played;

    public AwsResponse Respond(AwsRequest request) =>
        operations[request.Action](
            request, new QueryParameters(ParameterNode.Parse(request.Parameters), AutoScalingErrors.Instance));
}
