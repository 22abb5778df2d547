using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.AutoScaling.InstanceRefreshes;

/// <summary>How a refresh replaces instances. Percentages are of the desired capacity.</summary>
public sealed record RefreshPreferences(
    int MinHealthyPercentage,
    int MaxHealthyPercentage,
    TimeSpan InstanceWarmup,
    IReadOnlyList<int> CheckpointPercentages,
    TimeSpan CheckpointDelay,
    TimeSpan BakeTime,
    bool SkipMatching,
    bool AutoRollback,
    string ScaleInProtectedInstances,
    string StandbyInstances)
{
    private const int LongestDelay = 172_800;
    private const int UsualCheckpointDelay = 3600;

    internal static RefreshPreferences Read(QueryParameters? given, AutoScalingGroup group)
    {
        var least = given?.Integer("MinHealthyPercentage", 0, 100);
        var most = given?.Integer("MaxHealthyPercentage", 100, 200);
        if (most is not null && least is null)
        {
            throw AutoScalingErrors.Invalid("You must specify MinHealthyPercentage when you specify MaxHealthyPercentage.");
        }

        var policy = group.Settings.GetValueOrDefault("InstanceMaintenancePolicy");
        var (min, max) = (least ?? Kept(policy, "MinHealthyPercentage") ?? 90, most ?? Kept(policy, "MaxHealthyPercentage") ?? 100);
        if (max - min > 100)
        {
            throw AutoScalingErrors.Invalid("The difference between MaxHealthyPercentage and MinHealthyPercentage cannot be greater than 100.");
        }

        var checkpoints = Checkpoints(given);
        if (checkpoints.Count == 0 && given?.Has("CheckpointDelay") == true)
        {
            throw AutoScalingErrors.Invalid("You must specify CheckpointPercentages when you specify CheckpointDelay.");
        }

        return new RefreshPreferences(
            min,
            max,
            Seconds(given?.Integer("InstanceWarmup", 0) ?? Kept(group.Settings.GetValueOrDefault("DefaultInstanceWarmup")) ?? group.HealthCheckGracePeriod),
            checkpoints,
            Seconds(given?.Integer("CheckpointDelay", 0, LongestDelay) ?? UsualCheckpointDelay),
            Seconds(given?.Integer("BakeTime", 0, LongestDelay) ?? 0),
            given?.Flag("SkipMatching") ?? false,
            given?.Flag("AutoRollback") ?? false,
            OneOf(given, "ScaleInProtectedInstances", "Refresh", "Ignore", "Wait"),
            OneOf(given, "StandbyInstances", "Terminate", "Ignore", "Wait"));
    }

    private static List<int> Checkpoints(QueryParameters? given)
    {
        var percentages = (given?.List("CheckpointPercentages") ?? []).Select(text => int.TryParse(text, out var percent) ? percent : -1).ToList();
        return percentages.TrueForAll(percent => percent is >= 1 and <= 100) && percentages.Zip(percentages.Skip(1)).All(pair => pair.First < pair.Second)
            ? percentages
            : throw AutoScalingErrors.Invalid("CheckpointPercentages must be unique integers from 1 to 100 in ascending order.");
    }

    private static string OneOf(QueryParameters? given, string name, params string[] allowed) =>
        given?.Text(name) is not { } value ? "Wait"
        : allowed.Contains(value) ? value
        : throw AutoScalingErrors.Invalid($"1 validation error detected: Value '{value}' at 'preferences.{char.ToLowerInvariant(name[0])}{name[1..]}' failed to satisfy constraint: Member must satisfy enum value set: [{string.Join(", ", allowed)}]");

    private static int? Kept(ParameterNode? setting, string? name = null) =>
        int.TryParse((name is null ? setting : setting?[name])?.Value, out var number) && number >= 0 ? number : null;

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);
}
