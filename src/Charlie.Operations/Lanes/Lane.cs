using System.Collections.Immutable;

namespace Charlie.Operations.Lanes;

/// <summary>What an instance did for a time.</summary>
internal enum LaneState
{
    /// <summary>It is launched and not in service yet.</summary>
    Pending,

    /// <summary>In service; healthy as far as it is probed from here.</summary>
    InService,

    /// <summary>In service, and its response to a probe says that it is not healthy.</summary>
    Unhealthy,

    /// <summary>It is being terminated, or taken out of service.</summary>
    Ending,
}

/// <summary>Whether the app was in service for a time.</summary>
internal enum ServiceState
{
    /// <summary>At least one instance was in service, healthy as far as it is probed from here.</summary>
    Up,

    /// <summary>None was, and one should have been.</summary>
    Down,

    /// <summary>None should have been: the app was stopped, or the desired capacity was 0.</summary>
    Off,

    /// <summary>No one read it.</summary>
    Unknown,
}

/// <summary>A stretch of time in one state.</summary>
/// <param name="Until"><c>null</c> while it lasts.</param>
internal sealed record Stretch<T>(T State, DateTimeOffset From, DateTimeOffset? Until)
    where T : struct, Enum;

/// <summary>One instance over time.</summary>
/// <param name="Release">Its release; <c>null</c> where its launch template version is not Charlie's.</param>
/// <param name="Stretches">The oldest first, one behind the other.</param>
internal sealed record Lane(string Id, string? Release, ImmutableArray<Stretch<LaneState>> Stretches)
{
    public DateTimeOffset From => Stretches[0].From;

    /// <summary>When it left the group; <c>null</c> while it is in it.</summary>
    public DateTimeOffset? EndedAt => Stretches[^1].Until;
}
