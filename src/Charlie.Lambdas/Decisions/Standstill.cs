namespace Charlie.Lambdas.Decisions;

/// <summary>When people have to hear that the group does not get on. Nothing remembers what was told, so the clock does.</summary>
internal static class Standstill
{
    // Launches that fail for lack of capacity are tried again for minutes; what lasts longer needs a person.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private const int MinutesBetweenReports = 15;

    /// <summary>
    /// The target has no instance at all, neither in service nor on its way, long after it became the target.
    /// </summary>
    public static bool IsStuck(Records records, Target target, Group group, DateTimeOffset now) =>
        target.Since(records) is { } since
        && now - since >= Patience
        && !group.Instances.Any(instance =>
            (instance.IsInService || instance.IsOnItsWay) && records.Version(instance.Version)?.Release == target.Release);

    /// <summary>Whether the sweep of this minute is one that reports: four an hour do.</summary>
    public static bool IsTold(DateTimeOffset now) => now.Minute % MinutesBetweenReports == 0;
}
