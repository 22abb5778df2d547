using System.Globalization;
using System.Text.RegularExpressions;
using Charlie.Sandbox.Crons;

namespace Charlie.Sandbox.EventBridge;

/// <summary>A schedule, <c>rate(1 minute)</c> or <c>cron(0 10 * * ? *)</c>; a rule's is in UTC.</summary>
public sealed partial class ScheduleExpression
{
    private readonly int minutes;
    private readonly CronTimes? cron;

    private ScheduleExpression(string text, int minutes, CronTimes? cron)
    {
        Text = text;
        this.minutes = minutes;
        this.cron = cron;
    }

    public string Text { get; }

    /// <exception cref="FormatException">It is not one of the two forms, or uses a part of cron that the sandbox does not know.</exception>
    public static ScheduleExpression Parse(string text)
    {
        if (Cron().Match(text) is { Success: true } cron)
        {
            return new ScheduleExpression(text, 0, CronExpression.Parse(cron.Groups[1].Value));
        }

        if (Rate().Match(text) is { Success: true } rate
            && int.TryParse(rate.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var count)
            && count > 0
            && (count == 1) != rate.Groups[2].Value.EndsWith('s'))
        {
            var unit = rate.Groups[2].Value.TrimEnd('s') switch { "minute" => 1, "hour" => 60, _ => 1440 };
            return new ScheduleExpression(text, checked(count * unit), null);
        }

        throw new FormatException($"'{text}' is not a schedule: write rate(1 minute), rate(5 minutes), rate(2 hours), or cron(minutes hours day-of-month month day-of-week year).");
    }

    /// <summary>The wait from one turn to the next, or <c>null</c> when a cron has no turn left.</summary>
    /// <param name="minute">What a minute of a rate lasts; a cron keeps to the clock.</param>
    /// <param name="zone">The time zone in which a cron is read; UTC by default.</param>
    public TimeSpan? Wait(DateTimeOffset now, TimeSpan minute, TimeZoneInfo? zone = null) =>
        cron is null ? minutes * minute : cron.Next(now, zone ?? TimeZoneInfo.Utc) - now;

    [GeneratedRegex(@"^rate\((\d{1,6}) (minutes?|hours?|days?)\)\z")]
    private static partial Regex Rate();

    [GeneratedRegex(@"^cron\((.*)\)\z")]
    private static partial Regex Cron();
}
