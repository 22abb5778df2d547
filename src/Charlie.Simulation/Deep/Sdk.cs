namespace Charlie.Simulation.Deep;

/// <summary>How the SDK reads what came over the wire.</summary>
internal static class Sdk
{
    /// <summary>A list without members is not set.</summary>
    public static List<T>? List<T>(IEnumerable<T> members)
    {
        var list = members.ToList();
        return list.Count == 0 ? null : list;
    }

    /// <summary>AWS writes milliseconds, in UTC.</summary>
    public static DateTime Time(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc);

    /// <inheritdoc cref="Time(DateTimeOffset)"/>
    public static DateTime? Time(DateTimeOffset? time) => time is { } known ? Time(known) : null;
}
