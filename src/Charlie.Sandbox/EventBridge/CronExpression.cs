using System.Globalization;

namespace Charlie.Sandbox.EventBridge;

/// <summary>EventBridge's six cron fields without <c>L</c>, <c>W</c> and <c>#</c>, which are refused.</summary>
internal sealed class CronExpression
{
    private static readonly string[] Months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    private static readonly string[] Days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
    private readonly HashSet<int>[] fields;

    private CronExpression(HashSet<int>[] fields) => this.fields = fields;

    /// <exception cref="FormatException">A field is wrong, or one that the sandbox cannot do.</exception>
    public static CronExpression Parse(string text)
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

        return new CronExpression(
        [
            Field("minutes", parts[0], 0, 59, []),
            Field("hours", parts[1], 0, 23, []),
            Field("day-of-month", parts[2], 1, 31, []),
            Field("month", parts[3], 1, 12, Months),
            Field("day-of-week", parts[4], 1, 7, Days),
            Field("year", parts[5], 1970, 2199, []),
        ]);
    }

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
        while (at.Year <= 2199)
        {
            if (!fields[5].Contains(at.Year))
            {
                at = new DateTime(at.Year + 1, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);
            }
            else if (!fields[3].Contains(at.Month) || !fields[2].Contains(at.Day) || !fields[4].Contains((int)at.DayOfWeek + 1))
            {
                at = at.Date.AddDays(1);
            }
            else if (!fields[1].Contains(at.Hour))
            {
                at = at.Date.AddHours(at.Hour + 1);
            }
            else if (!fields[0].Contains(at.Minute))
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

    private static HashSet<int> Field(string name, string text, int min, int max, string[] names)
    {
        var values = new HashSet<int>();
        foreach (var item in text.Split(','))
        {
            var slash = item.Split('/');
            var range = slash[0] is "*" or "?" ? [min, max]
                : slash[0].Split('-').Select(end => Number(name, end, min, max, names)).ToArray();
            var step = slash.Length > 1 ? Number(name, slash[1], 1, max, []) : 1;
            if (range.Length > 2 || slash.Length > 2 || range[0] > range[^1])
            {
                throw new FormatException($"The cron field {name} '{text}' is not a list of values, ranges and steps.");
            }

            // "5/15" counts on from 5 to the field's end.
            var last = slash.Length > 1 && range.Length == 1 ? max : range[^1];
            for (var value = range[0]; value <= last; value += step)
            {
                values.Add(value);
            }
        }

        return values;
    }

    private static int Number(string name, string text, int min, int max, string[] names)
    {
        var named = Array.IndexOf(names, text.ToUpperInvariant());
        if (named >= 0)
        {
            return named + 1;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max
            ? value
            : throw new FormatException($"The cron field {name} has '{text}'; allowed are {min} to {max}, names, *, lists, ranges and steps (the sandbox does not know L, W and #).");
    }
}
