namespace Charlie.Sandbox.Crons;

/// <summary>The local minutes that a cron names.</summary>
/// <param name="Minutes">0 to 59.</param>
/// <param name="Hours">0 to 23.</param>
/// <param name="IsDay">Whether a date fits.</param>
/// <param name="IsYear">Whether a year fits.</param>
internal sealed record CronTimes(IReadOnlySet<int> Minutes, IReadOnlySet<int> Hours, Func<DateTime, bool> IsDay, Func<int, bool> IsYear)
{
    /// <summary>The last year that AWS's crons know.</summary>
    public const int LastYear = 2199;

    /// <summary>
    /// The first whole minute after a time that fits, or <c>null</c>. A local time that a change of the clocks leaves out is
    /// skipped; one that comes twice counts the first time (EventBridge Scheduler's rule).
    /// </summary>
    public DateTimeOffset? Next(DateTimeOffset after, TimeZoneInfo zone)
    {
        for (var local = NextLocal(TimeZoneInfo.ConvertTime(after, zone).DateTime); local is { } at; local = NextLocal(at))
        {
            if (!zone.IsInvalidTime(at))
            {
                var offset = zone.IsAmbiguousTime(at) ? zone.GetAmbiguousTimeOffsets(at).Max() : zone.GetUtcOffset(at);
                if (new DateTimeOffset(at, offset) is var due && due > after)
                {
                    return due.ToUniversalTime();
                }
            }
        }

        return null;
    }

    private DateTime? NextLocal(DateTime from)
    {
        var at = new DateTime(from.Year, from.Month, from.Day, from.Hour, from.Minute, 0, DateTimeKind.Unspecified).AddMinutes(1);
        while (at.Year <= LastYear)
        {
            if (!IsYear(at.Year))
            {
                at = new DateTime(at.Year + 1, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);
            }
            else if (!IsDay(at))
            {
                at = at.Date.AddDays(1);
            }
            else if (!Hours.Contains(at.Hour))
            {
                at = at.Date.AddHours(at.Hour + 1);
            }
            else if (!Minutes.Contains(at.Minute))
            {
                at = at.AddMinutes(1);
            }
            else
            {
                return at;
            }
        }

        return null;
    }
}
