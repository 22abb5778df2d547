using System.Globalization;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.AutoScaling;

/// <summary>How a refresh goes about it, AWS's defaults filled in.</summary>
public sealed record RefreshPreferences
{
    private const int MaxWait = 172800;

    /// <summary>0 to 100, of the desired capacity.</summary>
    public required int MinHealthyPercentage { get; init; }

    /// <summary>100 to 200, of the desired capacity; 100 where the request does not say.</summary>
    public int? MaxHealthyPercentage { get; init; }

    public required TimeSpan InstanceWarmup { get; init; }

    public bool SkipMatching { get; init; }

    public bool AutoRollback { get; init; }

    public TimeSpan? BakeTime { get; init; }

    /// <summary>Ascending, each 1 to 100.</summary>
    public IReadOnlyList<int> CheckpointPercentages { get; init; } = [];

    /// <summary>An hour where there are checkpoints and the request does not say.</summary>
    public TimeSpan? CheckpointDelay { get; init; }

    /// <summary><c>Wait</c>, <c>Ignore</c> or <c>Refresh</c>.</summary>
    public string ScaleInProtectedInstances { get; init; } = "Wait";

    /// <summary><c>Wait</c>, <c>Ignore</c> or <c>Terminate</c>.</summary>
    public string StandbyInstances { get; init; } = "Wait";

    /// <summary>How much of the group a refresh replaces: all of it, or as much as the last checkpoint says.</summary>
    public int LastPercentage => CheckpointPercentages is [.., var last] ? last : 100;

    internal static RefreshPreferences Read(QueryParameters? given, AutoScalingGroup group)
    {
        var policy = group.Settings.GetValueOrDefault("InstanceMaintenancePolicy");
        var (min, max) = (given?.Integer("MinHealthyPercentage", 0, 100), given?.Integer("MaxHealthyPercentage", 100, 200));
        if (max is not null && min is null)
        {
            throw AutoScalingErrors.Invalid("MinHealthyPercentage must be specified when MaxHealthyPercentage is specified.");
        }

        // The group's policy counts only where the request names neither, or a range could result that no one requested.
        max ??= min is null ? Setting(policy?["MaxHealthyPercentage"]) : null;
        min ??= Setting(policy?["MinHealthyPercentage"]) ?? 90;
        if ((max ?? 100) - min > 100)
        {
            throw AutoScalingErrors.Invalid(
                "The difference between MaxHealthyPercentage and MinHealthyPercentage cannot be greater than 100.");
        }

        if (given?.Structure("AlarmSpecification")?.List("Alarms") is { Count: > 0 })
        {
            throw AutoScalingErrors.Invalid("This sandbox has no CloudWatch: leave AlarmSpecification out.");
        }

        var checkpoints = Checkpoints(given);
        var delay = given?.Integer("CheckpointDelay", 0, MaxWait);
        if (delay is not null && checkpoints.Count == 0)
        {
            throw AutoScalingErrors.Invalid("CheckpointPercentages must be specified when CheckpointDelay is specified.");
        }

        var warmup = given?.Integer("InstanceWarmup", 0) ?? Setting(group.Settings.GetValueOrDefault("DefaultInstanceWarmup"))
            ?? group.HealthCheckGracePeriod;
        return new RefreshPreferences
        {
            MinHealthyPercentage = min.Value,
            MaxHealthyPercentage = max,
            InstanceWarmup = TimeSpan.FromSeconds(warmup),
            SkipMatching = given?.Flag("SkipMatching") ?? false,
            AutoRollback = given?.Flag("AutoRollback") ?? false,
            BakeTime = Seconds(given?.Integer("BakeTime", 0, MaxWait)),
            CheckpointPercentages = checkpoints,
            CheckpointDelay = Seconds(delay ?? (checkpoints.Count > 0 ? 3600 : null)),
            ScaleInProtectedInstances = OneOf(given, "ScaleInProtectedInstances", "Refresh", "Ignore", "Wait"),
            StandbyInstances = OneOf(given, "StandbyInstances", "Terminate", "Ignore", "Wait"),
        };
    }

    private static List<int> Checkpoints(QueryParameters? given)
    {
        var percentages = (given?.List("CheckpointPercentages") ?? []).Select(Percentage).ToList();
        return percentages.Zip(percentages.Skip(1)).All(pair => pair.First < pair.Second)
            ? percentages
            : throw AutoScalingErrors.Invalid("CheckpointPercentages must be unique and in ascending order.");
    }

    private static int Percentage(string text) =>
        !int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? throw AutoScalingErrors.Instance.Malformed("CheckpointPercentages", text, "an integer")
            : value is >= 1 and <= 100
                ? value
                : throw AutoScalingErrors.Instance.OutOfRange("CheckpointPercentages", value, 1, 100);

    private static string OneOf(QueryParameters? given, string name, params string[] allowed)
    {
        var value = given?.Text(name) ?? "Wait";
        return allowed.Contains(value) ? value : throw AutoScalingErrors.NotInSet(name, value, allowed);
    }

    /// <summary>A number of the group's settings; -1 clears it.</summary>
    private static int? Setting(ParameterNode? node) =>
        int.TryParse(node?.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= 0 ? value : null;

    private static TimeSpan? Seconds(int? seconds) => seconds is { } value ? TimeSpan.FromSeconds(value) : null;
}
