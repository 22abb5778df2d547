using System.Globalization;

namespace Charlie.Lambdas.Text;

/// <summary>Durations for people: <c>45 s</c>, <c>5 min</c>, <c>2 min 10 s</c>, <c>3 h 5 min</c>.</summary>
internal static class Duration
{
    public static string Of(TimeSpan duration)
    {
        var (hours, minutes, seconds) = ((int)duration.TotalHours, duration.Minutes, duration.Seconds);
        return hours > 0 ? Join(hours, "h", minutes, "min")
            : minutes > 0 ? Join(minutes, "min", seconds, "s")
            : string.Create(CultureInfo.InvariantCulture, $"{seconds} s");
    }

    private static string Join(int large, string largeUnit, int small, string smallUnit) =>
        small == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{large} {largeUnit}")
            : string.Create(CultureInfo.InvariantCulture, $"{large} {largeUnit} {small} {smallUnit}");
}
