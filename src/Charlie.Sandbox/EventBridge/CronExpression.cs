using Charlie.Sandbox.Crons;

namespace Charlie.Sandbox.EventBridge;

/// <summary>EventBridge's six cron fields without <c>L</c>, <c>W</c> and <c>#</c>, which are refused.</summary>
internal static class CronExpression
{
    private static readonly CronField Minutes = new("minutes", 0, 59, []);
    private static readonly CronField Hours = new("hours", 0, 23, []);
    private static readonly CronField DaysOfMonth = new("day-of-month", 1, 31, []);
    private static readonly CronField Months = new("month", 1, 12, CronField.Months);
    private static readonly CronField DaysOfWeek = new("day-of-week", 1, 7, CronField.Days);
    private static readonly CronField Years = new("year", 1970, CronTimes.LastYear, []);

    /// <exception cref="FormatException">A field is wrong, or one that the sandbox cannot do.</exception>
    public static CronTimes Parse(string text)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 6)
        {
            throw new FormatException(
                $"cron({text}) has {parts.Length} fields; it needs six: minutes, hours, day-of-month, month, day-of-week, year.");
        }

        if ((parts[2] == "?") == (parts[4] == "?"))
        {
            throw new FormatException($"cron({text}) must have ? in one of day-of-month and day-of-week, and only in one.");
        }

        var days = DaysOfMonth.Parse(parts[2]);
        var months = Months.Parse(parts[3]);
        var weekdays = DaysOfWeek.Parse(parts[4]);
        return new CronTimes(
            Minutes.Parse(parts[0]),
            Hours.Parse(parts[1]),
            date => months.Contains(date.Month) && days.Contains(date.Day) && weekdays.Contains((int)date.DayOfWeek + 1),
            Years.Parse(parts[5]).Contains);
    }
}
