namespace Charlie.Sandbox.Crons;

/// <summary>Unix's five cron fields without <c>L</c>, <c>W</c> and <c>#</c>, which are refused.</summary>
internal static class UnixCron
{
    private static readonly CronField Minutes = new("minutes", 0, 59, []);
    private static readonly CronField Hours = new("hours", 0, 23, []);
    private static readonly CronField DaysOfMonth = new("day-of-month", 1, 31, []);
    private static readonly CronField Months = new("month", 1, 12, CronField.Months);
    private static readonly CronField DaysOfWeek = new("day-of-week", 0, 7, CronField.Days, FirstNamed: 0);

    /// <summary>A day that is restricted in both of its fields fits where one of them does, as in every Unix.</summary>
    /// <exception cref="FormatException">A field is wrong, or one that the sandbox cannot do.</exception>
    public static CronTimes Parse(string text)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 5)
        {
            throw new FormatException(
                $"The cron '{text}' has {parts.Length} fields; it needs five: minutes, hours, day-of-month, month, day-of-week.");
        }

        var days = DaysOfMonth.Parse(parts[2]);
        var months = Months.Parse(parts[3]);
        var weekdays = DaysOfWeek.Parse(parts[4]).Select(day => (DayOfWeek)(day % 7)).ToHashSet();
        var either = parts[2][0] != '*' && parts[4][0] != '*';
        return new CronTimes(
            Minutes.Parse(parts[0]),
            Hours.Parse(parts[1]),
            date => months.Contains(date.Month) && (either
                ? days.Contains(date.Day) || weekdays.Contains(date.DayOfWeek)
                : days.Contains(date.Day) && weekdays.Contains(date.DayOfWeek)),
            _ => true);
    }
}
