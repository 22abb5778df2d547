namespace Charlie.Sandbox.Crons;

/// <summary>Time zones by their IANA names, the only ones that AWS takes.</summary>
internal static class TimeZones
{
    /// <summary>The zone, or <c>null</c> where this machine's zone database does not have it.</summary>
    public static TimeZoneInfo? Find(string name) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId && zone.Id == name ? zone : null;
}
