using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.AutoScaling;

/// <summary>The operations on a group's named instances: standby, detaching and scale-in protection.</summary>
internal sealed class InstanceMoveApi(CloudContext context, AutoScalingGroupStore groups)
{
    private const int MaxProtected = 50;
    private const int MaxDetached = 20;

    public AwsResponse EnterStandby(AwsRequest request, QueryParameters parameters)
    {
        var (group, members) = Named(parameters, int.MaxValue);
        Need(members, LifecycleState.InService);
        Shrink(group, members.Count, Decrement(parameters), "place into standby");
        return Respond(request, group, members, member =>
            groups.Moves.EnterStandby(member, "was moved to standby in response to a user request."));
    }

    public AwsResponse ExitStandby(AwsRequest request, QueryParameters parameters)
    {
        var (group, members) = Named(parameters, int.MaxValue);
        Need(members, LifecycleState.Standby);
        if (group.DesiredCapacity + members.Count > group.MaxSize)
        {
            throw Sizes(group, members.Count, "move out of standby");
        }

        groups.Resize(group, group.DesiredCapacity + members.Count, "a user request moved instances out of standby");
        return Respond(request, group, members, member =>
            groups.Moves.ExitStandby(member, "was moved out of standby in response to a user request."));
    }

    public AwsResponse Detach(AwsRequest request, QueryParameters parameters)
    {
        var (group, members) = Named(parameters, MaxDetached);
        if (members.Find(member => member.State is not (LifecycleState.InService or LifecycleState.Standby)) is { } busy)
        {
            throw AutoScalingErrors.Invalid($"The instance {busy.Id} is not in correct state.");
        }

        var serving = members.Count(member => member.State == LifecycleState.InService);
        Shrink(group, serving, Decrement(parameters), "detach");
        return Respond(request, group, members, member =>
            groups.Moves.Detach(member, "was detached in response to a user request."));
    }

    public AwsResponse SetProtection(AwsRequest request, QueryParameters parameters)
    {
        var (group, members) = Named(parameters, MaxProtected);
        if (members.Find(member => member.State is not (LifecycleState.InService or LifecycleState.Standby)) is { } other)
        {
            throw AutoScalingErrors.Invalid($"The instance {other.Id} is not in InService or EnteringStandby or Standby.");
        }

        var protects = parameters.Flag("ProtectedFromScaleIn") ?? throw AutoScalingErrors.Instance.Missing("ProtectedFromScaleIn");
        foreach (var member in members)
        {
            member.ProtectedFromScaleIn = protects;
            context.Record("autoscaling", "InstanceProtectionSet", member.Id,
                $"{member.Id} of {group.Name} is {(protects ? string.Empty : "not ")}protected from scale in");
        }

        return XmlResponse.Query(request, _ => { });
    }

    private (AutoScalingGroup Group, List<GroupInstance> Members) Named(QueryParameters parameters, int max)
    {
        var group = groups.Get(parameters.Required("AutoScalingGroupName"));
        var ids = parameters.List("InstanceIds").Distinct().ToList();
        if (ids.Count == 0 || ids.Count > max)
        {
            throw ids.Count == 0 ? AutoScalingErrors.Invalid("At least one instance id must be specified.")
                : AutoScalingErrors.Invalid($"The number of instance ids is limited to {max}.");
        }

        return (group, ids.ConvertAll(id => groups.Lifecycle.Find(id) is { } member && member.Group == group
            ? member
            : throw AutoScalingErrors.Invalid($"The instance {id} is not part of Auto Scaling group {group.Name}.")));
    }

    private static void Need(List<GroupInstance> members, LifecycleState state)
    {
        if (members.Find(member => member.State != state) is { } other)
        {
            throw AutoScalingErrors.Invalid($"The instance {other.Id} is not in {LifecycleStates.NameOf(state)}.");
        }
    }

    private static bool Decrement(QueryParameters parameters) => parameters.Flag("ShouldDecrementDesiredCapacity")
        ?? throw AutoScalingErrors.Instance.Missing("ShouldDecrementDesiredCapacity");

    private void Shrink(AutoScalingGroup group, int count, bool decrement, string what)
    {
        if (decrement && group.DesiredCapacity - count < group.MinSize)
        {
            throw Sizes(group, count, what);
        }

        if (decrement)
        {
            groups.Resize(group, group.DesiredCapacity - count, "a user request took instances out of service");
        }
    }

    private static AwsException Sizes(AutoScalingGroup group, int count, string what) => AutoScalingErrors.Invalid(
        $"AutoScalingGroup {group.Name} has min-size={group.MinSize}, max-size={group.MaxSize}, and desired-size={group.DesiredCapacity}. To {what} {count} instance(s), please update the AutoScalingGroup sizes appropriately.");

    private static AwsResponse Respond(
        AwsRequest request, AutoScalingGroup group, List<GroupInstance> members, Action<GroupInstance> move)
    {
        members.ForEach(move);
        return XmlResponse.Query(request, xml => xml.List("Activities", "member", members, member =>
            GroupXml.Write(xml, member.Activity, group)));
    }
}
