using Charlie.Sandbox.Ec2;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.AutoScaling;

/// <summary>Where a group's next instance goes, and the tags it gets there.</summary>
internal static class Placement
{
    /// <summary>The zone with the fewest instances, with its subnet if the group names subnets.</summary>
    public static (string AvailabilityZone, string? SubnetId) Next(AutoScalingGroup group)
    {
        var subnets = Subnets(group.VpcZoneIdentifier);
        var zones = group.AvailabilityZones;
        var next = Enumerable.Range(0, zones.Count)
            .MinBy(index => group.CountIn(zones[index]));
        return (zones[next], subnets.Count == 0 ? null : subnets[next % subnets.Count]);
    }

    public static IReadOnlyList<string> Subnets(string? vpcZoneIdentifier) =>
        vpcZoneIdentifier?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>The zones of subnets: the sandbox has one subnet in each zone, in the order in which they are named.</summary>
    public static IReadOnlyList<string> ZonesOf(IReadOnlyList<string> subnets) =>
        [.. subnets.Select((_, index) => ZoneOf(index)).Distinct()];

    public static string ZoneOf(int index) => $"{Account.Region}{(char)('a' + (index % 6))}";

    public static IEnumerable<KeyValuePair<string, string>> TagsFor(AutoScalingGroup group, LaunchTemplateVersion version) =>
        group.Tags.Values
            .Where(tag => tag.PropagateAtLaunch)
            .Select(tag => KeyValuePair.Create(tag.Key, tag.Value))
            .Concat(
            [
                KeyValuePair.Create("aws:autoscaling:groupName", group.Name),
                KeyValuePair.Create("aws:ec2launchtemplate:id", version.Template.Id),
                KeyValuePair.Create("aws:ec2launchtemplate:version", $"{version.Number}"),
            ]);
}
