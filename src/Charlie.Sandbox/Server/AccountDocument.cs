namespace Charlie.Sandbox.Server;

/// <summary>What there is on the account, by kind: the names only, sorted. Called under the cloud's lock.</summary>
internal static class AccountDocument
{
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Write(Cloud cloud, EventPlane plane) =>
        new Dictionary<string, IReadOnlyList<string>>
        {
            ["stacks"] = Sorted(cloud.Stacks.All.Select(stack => stack.Name)),
            ["groups"] = Sorted(cloud.AutoScaling.All.Where(group => !group.IsDeleted).Select(group => group.Name)),
            ["launchTemplates"] = Sorted(cloud.Ec2.LaunchTemplates.All.Select(template => template.Name)),
            ["addresses"] = Sorted(cloud.Ec2.Addresses.All.Select(address => address.PublicIp)),
            ["subnets"] = Sorted(cloud.Ec2.Networks.Subnets.Select(subnet => subnet.Id)),
            ["buckets"] = Sorted(cloud.Objects.Buckets),
            ["providers"] = Sorted(cloud.Providers.Arns),
            ["secrets"] = Sorted(cloud.Secrets.Secrets.Keys),
            ["parameters"] = Sorted(cloud.Secrets.Parameters.Keys),
            ["buses"] = Sorted(plane.Router.Buses.Select(bus => bus.Name)),
            ["rules"] = Sorted(plane.Router.Buses.SelectMany(bus => bus.Rules.Values.Select(rule => $"{bus.Name}/{rule.Name}"))),
            ["schedules"] = Sorted(plane.Scheduling.All.Select(schedule => schedule.Name)),
            ["functions"] = Sorted(plane.Functions.All.Select(function => function.Name)),
            ["topics"] = Sorted(plane.Topics.All.Select(topic => topic.Name)),
            ["queues"] = Sorted(plane.Queues.Names),
            ["logGroups"] = Sorted(plane.LogGroups.Names),
        };

    private static IReadOnlyList<string> Sorted(IEnumerable<string> names) => [.. names.Order(StringComparer.Ordinal)];
}
