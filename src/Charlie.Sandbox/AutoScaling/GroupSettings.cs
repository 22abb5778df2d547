using System.Globalization;
using Charlie.Sandbox.Ec2;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.AutoScaling;

/// <summary>Reads what a request says that a group shall be.</summary>
internal static class GroupSettings
{
    /// <summary>What is kept and shown as it was sent.</summary>
    private static readonly string[] Kept =
    [
        "DefaultCooldown", "HealthCheckType", "PlacementGroup", "TerminationPolicies", "CapacityRebalance",
        "MaxInstanceLifetime", "Context", "DesiredCapacityType", "DefaultInstanceWarmup", "InstanceMaintenancePolicy",
        "AvailabilityZoneDistribution", "AvailabilityZoneImpairmentPolicy", "CapacityReservationSpecification",
        "InstanceLifecyclePolicy", "DeletionProtection", "LoadBalancerNames", "TargetGroupARNs", "TrafficSources",
        "MixedInstancesPolicy", "ServiceLinkedRoleARN", "AvailabilityZoneIds",
    ];

    private static readonly HashSet<string> Numbers =
    [
        "DefaultCooldown", "MaxInstanceLifetime", "DefaultInstanceWarmup", "MinHealthyPercentage", "MaxHealthyPercentage",
        "OnDemandBaseCapacity", "OnDemandPercentageAboveBaseCapacity", "SpotInstancePools", "Min", "Max",
    ];

    private static readonly HashSet<string> Booleans = ["CapacityRebalance", "ZonalShiftEnabled"];

    public static string Name(QueryParameters parameters, int maxLength)
    {
        var name = parameters.Required("AutoScalingGroupName");
        return name.Length > maxLength
            ? throw AutoScalingErrors.TooLong("autoScalingGroupName", name, maxLength)
            : name.Contains(':', StringComparison.Ordinal)
                ? throw AutoScalingErrors.Invalid("Auto Scaling group name must not contain a colon.")
                : name;
    }

    /// <summary>What the group launches from: <c>LaunchTemplate</c>, or the template inside <c>MixedInstancesPolicy</c>.</summary>
    public static LaunchTemplateSpecification? Template(QueryParameters parameters, LaunchTemplates templates)
    {
        if (parameters.Has("LaunchConfigurationName"))
        {
            throw AutoScalingErrors.Invalid($"Launch configuration name not found - A launch configuration with the name: {parameters.Text("LaunchConfigurationName")} does not exist");
        }

        return LaunchTemplateSpecification.Read(parameters, templates)
            ?? (parameters.Structure("MixedInstancesPolicy")?.Structure("LaunchTemplate") is { } mixed
                && mixed.Node["LaunchTemplateSpecification"] is { } inner
                ? LaunchTemplateSpecification.Read(new QueryParameters(Wrapped(inner), parameters.Errors), templates)
                : null);
    }

    public static (int Min, int Max, int Desired) Sizes(int min, int max, int desired)
    {
        if (min > max)
        {
            throw AutoScalingErrors.Invalid($"Max bound, {max}, must be greater than or equal to min bound, {min}");
        }

        return desired >= min && desired <= max
            ? (min, max, desired)
            : throw AutoScalingErrors.Invalid(
                $"Desired capacity:{desired} must be between the specified min size:{min} and max size:{max}");
    }

    public static void Apply(QueryParameters parameters, AutoScalingGroup group)
    {
        var settings = new Dictionary<string, ParameterNode>(group.Settings, StringComparer.Ordinal);
        foreach (var name in Kept)
        {
            if (parameters.Node[name] is { } node)
            {
                Check(name, node);
                settings[name] = node;
            }
        }

        group.Settings = settings;
        group.VpcZoneIdentifier = parameters.Text("VPCZoneIdentifier") ?? group.VpcZoneIdentifier;
        group.HealthCheckGracePeriod = parameters.Integer("HealthCheckGracePeriod", 0) ?? group.HealthCheckGracePeriod;
        group.NewInstancesProtectedFromScaleIn = parameters.Flag("NewInstancesProtectedFromScaleIn")
            ?? group.NewInstancesProtectedFromScaleIn;
        var zones = parameters.List("AvailabilityZones");
        if (zones.Count > 0 || parameters.Has("VPCZoneIdentifier"))
        {
            group.AvailabilityZones = zones.Count > 0 ? zones : Placement.ZonesOf(Placement.Subnets(group.VpcZoneIdentifier));
        }
    }

    private static ParameterNode Wrapped(ParameterNode specification) => ParameterNode.Parse(specification.Children
        .Where(child => child.Value.Value is not null)
        .ToDictionary(child => $"LaunchTemplate.{child.Key}", child => child.Value.Value!));

    private static void Check(string name, ParameterNode node)
    {
        if (node.Children.Count == 0 && Numbers.Contains(name)
            && !int.TryParse(node.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
        {
            throw AutoScalingErrors.Instance.Malformed(name, node.Value ?? string.Empty, "an integer");
        }

        if (node.Children.Count == 0 && Booleans.Contains(name) && node.Value is not ("true" or "false"))
        {
            throw AutoScalingErrors.Instance.Malformed(name, node.Value ?? string.Empty, "a boolean");
        }

        foreach (var (childName, child) in node.Children)
        {
            Check(childName, child);
        }
    }
}
