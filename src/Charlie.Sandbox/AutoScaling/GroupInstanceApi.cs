using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.AutoScaling;

/// <summary>The operations on instances as members of their groups.</summary>
internal sealed class GroupInstanceApi(CloudContext context, AutoScalingGroupStore groups)
{
    private const int LargestPage = 50;

    public AwsResponse Describe(AwsRequest request, QueryParameters parameters)
    {
        var ids = parameters.List("InstanceIds");
        if (ids.Count > LargestPage)
        {
            throw AutoScalingErrors.Invalid($"The number of instance IDs that may be passed in is limited to {LargestPage}");
        }

        var token = parameters.Text("NextToken");
        var page = Paging.Take(
            ids.Count == 0
                ? groups.Lifecycle.Members
                : ids.Distinct().Order(StringComparer.Ordinal).Select(groups.Lifecycle.Find).OfType<GroupInstance>(),
            member => member.Id, token, parameters.Integer("MaxRecords", 1, LargestPage) ?? LargestPage, () =>
                AutoScalingErrors.InvalidToken(token));
        return XmlResponse.Query(request, xml =>
        {
            xml.List("AutoScalingInstances", "member", page.Items, member =>
            {
                xml.Element("AutoScalingGroupName", member.Group.Name);
                // This operation alone writes the health in capitals.
                GroupXml.Write(xml, member, health: member.HealthStatus.ToUpperInvariant());
            });
            xml.Element("NextToken", page.NextToken);
        });
    }

    public AwsResponse Terminate(AwsRequest request, QueryParameters parameters)
    {
        var member = groups.GetInstance(parameters.Required("InstanceId"));
        var decrement = parameters.Flag("ShouldDecrementDesiredCapacity")
            ?? throw AutoScalingErrors.Instance.Missing("ShouldDecrementDesiredCapacity");
        var group = member.Group;
        if (member.State == LifecycleState.Pending || LifecycleStates.IsLeaving(member.State))
        {
            throw AutoScalingErrors.InProgress(
                $"Activity {member.Activity.Id} is in progress for instance {member.Id} and blocks this action");
        }

        // One in standby counts for no capacity.
        decrement = decrement && LifecycleStates.Counts(member.State);
        if (decrement && group.DesiredCapacity <= group.MinSize)
        {
            throw AutoScalingErrors.Invalid($"Currently, desiredSize equals minSize ({group.MinSize}). Terminating instance without replacement will violate group's min size constraint. Either set shouldDecrementDesiredCapacity flag to false or lower group's min size.");
        }

        var shrinking = string.Empty;
        if (decrement)
        {
            shrinking = $", shrinking the capacity from {group.DesiredCapacity} to {group.DesiredCapacity - 1}";
            groups.Resize(group, group.DesiredCapacity - 1, "a user request terminated an instance and");
        }

        groups.Lifecycle.Terminate(member, $"At {AwsTime.Seconds(context.Time.GetUtcNow())} instance {member.Id} was taken out of service in response to a user request{shrinking}.");
        return XmlResponse.Query(
            request, xml => xml.Element("Activity", _ => GroupXml.Write(xml, member.Activity, group)), member.Activity);
    }

    public AwsResponse SetHealth(AwsRequest request, QueryParameters parameters)
    {
        var member = groups.GetInstance(parameters.Required("InstanceId"));
        var status = parameters.Required("HealthStatus");
        if (status is not (GroupInstance.Healthy or GroupInstance.Unhealthy))
        {
            throw AutoScalingErrors.Invalid($"Instance Health Status '{status}' is not valid. Valid values are: Healthy, Unhealthy");
        }

        if (!(parameters.Flag("ShouldRespectGracePeriod") ?? true) || !GroupCapacity.IsInGrace(member, context.Time.GetUtcNow()))
        {
            member.HealthStatus = status;
            member.Judge = status == GroupInstance.Unhealthy ? HealthJudge.User : HealthJudge.Ec2;
            context.Record("autoscaling", "InstanceHealthSet", member.Id, $"{member.Id} is set {status}");
        }

        return XmlResponse.Query(request);
    }
}
