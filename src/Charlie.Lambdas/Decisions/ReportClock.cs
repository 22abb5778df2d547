namespace Charlie.Lambdas.Decisions;

/// <summary>When to notify a lasting state of which no record keeps what was notified: the sweeps of certain minutes do.</summary>
internal static class ReportClock
{
    private const int MinutesBetweenReports = 15;

    public static bool IsTime(DateTimeOffset now) => now.Minute % MinutesBetweenReports == 0;

    /// <summary>What has no end is notified once a day, at noon UTC.</summary>
    public static bool IsTimeOfDay(DateTimeOffset now) => now.UtcDateTime is { Hour: 12, Minute: 0 };

    /// <summary>What can wait for a working day is notified on Monday at noon, UTC.</summary>
    public static bool IsTimeOfWeek(DateTimeOffset now) => IsTimeOfDay(now) && now.UtcDateTime.DayOfWeek is DayOfWeek.Monday;
}
