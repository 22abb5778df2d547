using Charlie.Sandbox.Ec2;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.AutoScaling;

/// <summary>The operations on groups as such.</summary>
internal sealed class GroupApi(CloudContext context, Ec2Resources ec2, AutoScalingGroupStore groups)
{
    private const int UsualPage = 50;
    private const int LargestPage = 100;
    private const int MaxName = 255;

    public AwsResponse Create(AwsRequest request, QueryParameters parameters)
    {
        var name = GroupSettings.Name(parameters, MaxName);
        if (groups.Find(name) is not null)
        {
            throw new AwsException(
                "AlreadyExists", $"AutoScalingGroup by this name already exists - A group with the name {name} already exists");
        }

        var template = GroupSettings.Template(parameters, ec2.LaunchTemplates)
            ?? throw AutoScalingErrors.Invalid("Valid requests must contain either LaunchTemplate, LaunchConfigurationName, InstanceId or MixedInstancesPolicy parameter.");
        var group = new AutoScalingGroup(name, groups.NewArn(name), context.Time.GetUtcNow()) { LaunchTemplate = template };
        var min = parameters.RequiredInteger("MinSize", 0);
        (group.MinSize, group.MaxSize, group.DesiredCapacity) =
            GroupSettings.Sizes(min, parameters.RequiredInteger("MaxSize", 0), parameters.Integer("DesiredCapacity", 0) ?? min);
        GroupSettings.Apply(parameters, group);
        if (group.AvailabilityZones.Count == 0)
        {
            throw AutoScalingErrors.Invalid("At least one Availability Zone or VPC Subnet is required.");
        }

        group.TargetGroups = TargetGroupApi.Check(parameters.List("TargetGroupARNs"));
        GroupTagApi.Put(group, GroupTagApi.Read(parameters.Structures("Tags"), name));
        foreach (var hook in parameters.Structures("LifecycleHookSpecificationList"))
        {
            group.Put(LifecycleHookApi.Read(hook, null));
        }

        groups.Add(group);
        RegisterSubnets(group);
        return XmlResponse.Query(request);
    }

    public AwsResponse Update(AwsRequest request, QueryParameters parameters)
    {
        var group = Live(parameters, "null");
        var template = GroupSettings.Template(parameters, ec2.LaunchTemplates);
        if (group.Refresh?.DesiredConfiguration is not null && (template is not null || parameters.Has("MixedInstancesPolicy")))
        {
            throw AutoScalingErrors.Invalid("An active instance refresh with a desired configuration exists. All configuration options derived from the desired configuration are not available for update while the instance refresh is active.");
        }

        var min = parameters.Integer("MinSize", 0) ?? group.MinSize;
        var max = parameters.Integer("MaxSize", 0) ?? group.MaxSize;
        // A bound that moves past the desired capacity takes it along, unless the caller names one.
        var desired = parameters.Integer("DesiredCapacity", 0) ?? Math.Max(min, Math.Min(max, group.DesiredCapacity));
        (group.MinSize, group.MaxSize, desired) = GroupSettings.Sizes(min, max, desired);
        GroupSettings.Apply(parameters, group);
        RegisterSubnets(group);
        groups.Resize(group, desired,
            $"a user request update of AutoScalingGroup constraints to min: {min}, max: {max}, desired: {desired}");
        if (template is not null && template != group.LaunchTemplate)
        {
            group.LaunchTemplate = template;
            groups.RecordPin(group);
        }

        return XmlResponse.Query(request);
    }

    public AwsResponse Delete(AwsRequest request, QueryParameters parameters)
    {
        groups.Delete(Live(parameters), parameters.Flag("ForceDelete") ?? false);
        return XmlResponse.Query(request);
    }

    public AwsResponse Describe(AwsRequest request, QueryParameters parameters)
    {
        var names = parameters.List("AutoScalingGroupNames");
        var filters = parameters.Structures("Filters")
            .Select(filter => (Name: filter.Required("Name"), Values: filter.List("Values"))).ToList();
        if (filters.Find(filter => !IsKnown(filter.Name)) is { Name: { } unknown })
        {
            throw AutoScalingErrors.Invalid(
                $"Filter type {unknown} is not correct. Allowed Filter types are: tag-key, tag-value, tag:<key>");
        }

        var found = groups.All
            .Where(group => names.Count == 0 || names.Contains(group.Name) || names.Contains(group.Arn))
            .Where(group => filters.TrueForAll(filter => group.Tags.Values.Any(tag => Matches(tag, filter.Name, filter.Values))));
        var token = parameters.Text("NextToken");
        var page = Paging.Take(
            found, group => group.Name, token, parameters.Integer("MaxRecords", 1, LargestPage) ?? UsualPage, () =>
                AutoScalingErrors.InvalidToken(token));
        var withInstances = parameters.Flag("IncludeInstances") ?? true;
        return XmlResponse.Query(request, xml =>
        {
            xml.List("AutoScalingGroups", "member", page.Items, group => GroupXml.Write(xml, group, withInstances));
            xml.Element("NextToken", page.NextToken);
        }, page);
    }

    private void RegisterSubnets(AutoScalingGroup group)
    {
        foreach (var (index, subnet) in Placement.Subnets(group.VpcZoneIdentifier).Index())
        {
            ec2.Networks.Register(subnet, Placement.ZoneOf(index));
        }
    }

    /// <summary>The group that a request names; one that is being deleted takes no more orders.</summary>
    private AutoScalingGroup Live(QueryParameters parameters, string? unknown = null)
    {
        var name = parameters.Required("AutoScalingGroupName");
        var group = groups.Find(name)
            ?? throw (unknown is null ? AutoScalingErrors.GroupNotFound(name)
                : AutoScalingErrors.Invalid($"AutoScalingGroup name not found - {unknown}"));
        return group.IsDeleted
            ? throw new AwsException("ScalingActivityInProgress", $"AutoScalingGroup '{name}' is pending delete and cannot be changed.")
            : group;
    }

    private static bool IsKnown(string filter) =>
        filter is "tag-key" or "tag-value" || filter.StartsWith("tag:", StringComparison.Ordinal);

    private static bool Matches(GroupTag tag, string filter, IReadOnlyList<string> values) => filter switch
    {
        "tag-key" => values.Contains(tag.Key),
        "tag-value" => values.Contains(tag.Value),
        _ => tag.Key == filter["tag:".Length..] && values.Contains(tag.Value),
    };
}
