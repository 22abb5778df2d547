using System.Collections.Immutable;

namespace Charlie.Lambdas.Decisions;

/// <summary>The Auto Scaling group as it was read.</summary>
/// <param name="Pin">The launch template version of its next launch; <c>null</c> for <c>$Latest</c> and <c>$Default</c>.</param>
internal sealed record Group(string Name, int DesiredCapacity, long? Pin, ImmutableArray<GroupInstance> Instances)
{
    /// <summary>Auto Scaling's word for the process that launches instances.</summary>
    public const string LaunchProcess = "Launch";

    public bool IsLaunchSuspended => Traits.Suspended.Contains(LaunchProcess);

    public GroupTraits Traits { get; init; } = GroupTraits.Plain;

    public int MinSize { get; init; } = 1;

    public int MaxSize { get; init; } = 1;

    /// <summary>When its next scheduled action is due; read with strategy Handover only, <c>null</c> where there is none.</summary>
    public DateTimeOffset? NextScheduledAction { get; init; }

    /// <summary>The newest one; read with strategy Rolling only, <c>null</c> where there was none.</summary>
    public InstanceRefresh? Refresh { get; init; }
}

/// <summary>The group's configuration, as far as Charlie has preconditions for it.</summary>
/// <param name="Suspended">The suspended scaling processes.</param>
/// <param name="LaunchesFirst">Its maintenance policy may launch a replacement before it terminates.</param>
internal sealed record GroupTraits(ImmutableArray<string> Suspended, bool HasWarmPool, bool HasMixedInstancesPolicy, bool LaunchesFirst)
{
    public static readonly GroupTraits Plain = new([], false, false, false);
}
