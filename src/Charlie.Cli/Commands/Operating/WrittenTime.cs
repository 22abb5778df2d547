using System.Globalization;
using Charlie.Operations;

namespace Charlie.Cli.Commands.Operating;

/// <summary>Times as an operator types them, with a time zone of the IANA database or this machine's own.</summary>
internal static class WrittenTime
{
    private const string Allowed = "a time such as 18:00, \"tomorrow 18:00 America/Sao_Paulo\" or 2026-12-01T18:00:00Z";

    /// <exception cref="OperationException">It is no time, its zone is unknown, or the zone's clocks skip it.</exception>
    public static DateTimeOffset Read(string text, TimeProvider time)
    {
        if (text.Contains('T', StringComparison.Ordinal)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var exact)
            && (text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal)))
        {
            return exact;
        }

        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var zone = words is [_, .., var last] && !char.IsAsciiDigit(last[0]) ? ZoneOf(last) : time.LocalTimeZone;
        var rest = zone == time.LocalTimeZone && !(words is [_, .., var named] && IsZone(named)) ? words : words[..^1];
        var today = TimeZoneInfo.ConvertTime(time.GetUtcNow(), zone);
        var (date, clock) = rest switch
        {
            [var only] => (DateOnly.FromDateTime(today.DateTime), Clock(only)),
            ["today", var at] => (DateOnly.FromDateTime(today.DateTime), Clock(at)),
            ["tomorrow", var at] => (DateOnly.FromDateTime(today.DateTime).AddDays(1), Clock(at)),
            [var day, var at] => (Day(day), Clock(at)),
            _ => (null, null),
        };
        if (date is not { } onDay || clock is not { } atTime)
        {
            throw new OperationException($"'{text}' is no time: it must be {Allowed}.");
        }

        var local = onDay.ToDateTime(atTime);
        return zone.IsInvalidTime(local)
            ? throw new OperationException($"There is no {local:yyyy-MM-dd HH:mm} in {zone.Id}: the clocks skip it.")
            : new DateTimeOffset(local, zone.GetUtcOffset(local));
    }

    private static bool IsZone(string word) => TimeZoneInfo.TryFindSystemTimeZoneById(word, out _);

    private static TimeZoneInfo ZoneOf(string word) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(word, out var zone)
            ? zone
            : throw new OperationException($"'{word}' is no time zone: it must be one as America/Sao_Paulo, Europe/Berlin or UTC.");

    private static TimeOnly? Clock(string text) =>
        TimeOnly.TryParseExact(text, ["H:mm", "HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock)
            ? clock
            : null;

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
