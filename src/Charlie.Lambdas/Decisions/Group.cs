using System.Collections.Immutable;

namespace Charlie.Lambdas.Decisions;

/// <summary>The Auto Scaling group as it was seen.</summary>
/// <param name="Pin">The launch template version that its next launch takes; <c>null</c> for <c>$Latest</c> and <c>$Default</c>.</param>
internal sealed record Group(string Name, int DesiredCapacity, long? Pin, ImmutableArray<GroupInstance> Instances)
{
    public GroupTraits Traits { get; init; } = GroupTraits.Plain;

    /// <summary>The newest one; read with strategy Rolling only, <c>null</c> where there was none.</summary>
    public InstanceRefresh? Refresh { get; init; }
}

/// <summary>How a group is set up, as far as Charlie cannot work with every way.</summary>
/// <param name="Suspended">The suspended scaling processes.</param>
/// <param name="LaunchesFirst">Its maintenance policy may launch a replacement before it terminates.</param>
internal sealed record GroupTraits(ImmutableArray<string> Suspended, bool HasWarmPool, bool HasMixedInstancesPolicy, bool LaunchesFirst)
{
    public static readonly GroupTraits Plain = new([], false, false, false);
}

/// <summary>An instance as its group lists it.</summary>
/// <param name="Version">Its launch template version; <c>null</c> for one that was not launched from Charlie's template.</param>
internal sealed record GroupInstance(string Id, string LifecycleState, long? Version)
{
    public const string PendingWait = "Pending:Wait";

    public bool IsInService => LifecycleState == "InService";

    /// <summary>Held at a launch hook. <c>Warmed:Pending:Wait</c> is another state, of a warm pool.</summary>
    public bool IsWaitingAtLaunch => LifecycleState == PendingWait;

    public bool IsOnItsWay => LifecycleState.StartsWith("Pending", StringComparison.Ordinal);
}
