using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.AutoScaling;

/// <summary>Which instance a group gives up when it has too many.</summary>
internal static class TerminationPolicies
{
    private const string Default = "Default";

    public static readonly string[] Known =
    [
        "AllocationStrategy", "ClosestToNextInstanceHour", Default, "NewestInstance", "OldestInstance", "OldestLaunchConfiguration",
        "OldestLaunchTemplate",
    ];

    /// <summary>
    /// The instances to go, in their order: what a refresh replaces first, then from the zone that has the most, and there as the
    /// group's policies say, one after the other.
    /// </summary>
    public static IReadOnlyList<GroupInstance> Choose(
        AutoScalingGroup group, IEnumerable<GroupInstance> candidates, int count, DateTimeOffset now)
    {
        var rest = candidates.ToList();
        var byZone = rest.GroupBy(instance => instance.Machine.AvailabilityZone).ToDictionary(zone => zone.Key, zone => zone.Count());
        var going = new List<GroupInstance>();
        while (going.Count < count && rest.Count > 0)
        {
            var ordered = rest.OrderByDescending(instance => group.Refresh?.Replaces(instance) ?? false)
                .ThenByDescending(instance => byZone[instance.Machine.AvailabilityZone]);
            var next = Named(group).Aggregate(ordered, (order, policy) => Then(order, policy, now))
                .ThenBy(instance => instance.Machine.LaunchTime).First();
            rest.Remove(next);
            byZone[next.Machine.AvailabilityZone]--;
            going.Add(next);
        }

        return going;
    }

    /// <exception cref="AwsException">A policy is not one of AWS's, or a function, which the sandbox does not ask.</exception>
    public static void Check(IReadOnlyList<string?> policies)
    {
        if (policies.FirstOrDefault(policy => !Known.Contains(policy)) is { } unknown)
        {
            throw AutoScalingErrors.Invalid(
                $"Termination policy '{unknown}' is not valid. Valid policies are: {string.Join(", ", Known)}.");
        }
    }

    private static List<string> Named(AutoScalingGroup group) =>
        group.Settings.GetValueOrDefault("TerminationPolicies")?.Items.Select(item => item.Value).OfType<string>().ToList()
            is { Count: > 0 } named ? named : [Default];

    private static IOrderedEnumerable<GroupInstance> Then(
        IOrderedEnumerable<GroupInstance> order, string policy, DateTimeOffset now) => policy switch
        {
            "OldestInstance" => order.ThenBy(instance => instance.Machine.LaunchTime),
            "NewestInstance" => order.ThenByDescending(instance => instance.Machine.LaunchTime),
            "ClosestToNextInstanceHour" =>
                order.ThenByDescending(instance => (now - instance.Machine.LaunchTime).Ticks % TimeSpan.TicksPerHour),
            // There are neither launch configurations nor Spot Instances here.
            "AllocationStrategy" => order,
            _ => order.ThenBy(instance => instance.Machine.Version.Number),
        };
}
