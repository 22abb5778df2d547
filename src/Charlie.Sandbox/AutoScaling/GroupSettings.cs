using System.Globalization;
using Charlie.Sandbox.Ec2;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.AutoScaling;

/// <summary>Reads what a request says that a group shall be.</summary>
internal static class GroupSettings
{
    private const int Day = 86_400;
    private const int MaxCooldown = 86_400;
    private const int UsualCooldown = 300;

    /// <summary>What is kept as it was sent, for the group's own steps and to be shown.</summary>
    private static readonly string[] Kept =
    [
        "DefaultCooldown", "HealthCheckType", "TerminationPolicies", "MaxInstanceLifetime", "Context", "DesiredCapacityType",
        "DefaultInstanceWarmup", "InstanceMaintenancePolicy", "MixedInstancesPolicy", "ServiceLinkedRoleARN",
    ];

    private static readonly HashSet<string> Numbers =
    [
        "DefaultCooldown", "MaxInstanceLifetime", "DefaultInstanceWarmup", "MinHealthyPercentage", "MaxHealthyPercentage",
        "OnDemandBaseCapacity", "OnDemandPercentageAboveBaseCapacity",
    ];

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

        if (parameters.Has("LaunchTemplate"))
        {
            settings.Remove("MixedInstancesPolicy");
        }

        CheckValues(parameters);

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

    /// <summary>How long a group rests after a scaling activity, for the callers that honor it.</summary>
    public static TimeSpan CooldownOf(AutoScalingGroup group) => TimeSpan.FromSeconds(
        int.TryParse(group.Settings.GetValueOrDefault("DefaultCooldown")?.Value, CultureInfo.InvariantCulture, out var seconds)
            ? seconds : UsualCooldown);

    private static void CheckValues(QueryParameters parameters)
    {
        if (parameters.Text("HealthCheckType") is { Length: > 0 } type and not ("EC2" or "ELB"))
        {
            throw AutoScalingErrors.Invalid($"Health check type '{type}' is not valid. The sandbox plays EC2 and ELB.");
        }

        if (parameters.Text("DesiredCapacityType") is { Length: > 0 } unit and not "units")
        {
            throw AutoScalingErrors.Invalid($"DesiredCapacityType '{unit}' is not valid. The sandbox plays units.");
        }

        parameters.Integer("DefaultCooldown", 0, MaxCooldown);
        parameters.Integer("DefaultInstanceWarmup", -1);
        if (parameters.Integer("MaxInstanceLifetime") is not (null or 0) and (< Day or > 365 * Day))
        {
            throw AutoScalingErrors.Invalid("Maximum instance lifetime must be equal to 0 or between 86400 and 31536000 seconds (inclusive)");
        }

        TerminationPolicies.Check(parameters.List("TerminationPolicies"));
        if (parameters.Structure("InstanceMaintenancePolicy") is { } policy)
        {
            CheckMaintenance(policy.Integer("MinHealthyPercentage", -1, 100), policy.Integer("MaxHealthyPercentage", -1, 200));
        }

        if (parameters.Structure("MixedInstancesPolicy")?.Structure("InstancesDistribution") is { } distribution)
        {
            CheckDistribution(distribution);
        }
    }

    private static void CheckDistribution(QueryParameters distribution)
    {
        if (distribution.Text("OnDemandAllocationStrategy") is { Length: > 0 } strategy and not ("lowest-price" or "prioritized"))
        {
            throw AutoScalingErrors.Invalid($"Invalid value for OnDemandAllocationStrategy: {strategy}");
        }

        distribution.Integer("OnDemandBaseCapacity", 0);
        if (distribution.Integer("OnDemandPercentageAboveBaseCapacity", 0, 100) is not (null or 100))
        {
            throw AutoScalingErrors.Invalid("The sandbox has no Spot Instances: OnDemandPercentageAboveBaseCapacity must be 100.");
        }
    }

    private static void CheckMaintenance(int? min, int? max)
    {
        // -1 for both takes the policy away.
        if ((min is -1 && max is -1) || (min is null && max is null))
        {
            return;
        }

        if (min is null or < 0 || max is null or < 100)
        {
            throw AutoScalingErrors.Invalid("MinHealthyPercentage must be from 0 to 100 and MaxHealthyPercentage from 100 to 200, or both -1.");
        }

        if (max - min > 100)
        {
            throw AutoScalingErrors.Invalid("The difference between MinHealthyPercentage and MaxHealthyPercentage cannot be greater than 100.");
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

        foreach (var (childName, child) in node.Children)
        {
            Check(childName, child);
        }
    }
}
