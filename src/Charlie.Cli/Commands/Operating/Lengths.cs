using System.Globalization;
using Charlie.Operations;

namespace Charlie.Cli.Commands.Operating;

/// <summary>Lengths of time as they are typed: <c>90s</c>, <c>20m</c>, <c>8h</c>, <c>3d</c>.</summary>
internal static class Lengths
{
    private const int MaxDays = 366;

    /// <exception cref="OperationException">It is no length.</exception>
    public static TimeSpan Read(string option, string text)
    {
        TimeSpan? unit = text is [.., var last]
            ? last switch
            {
                's' => TimeSpan.FromSeconds(1),
                'm' => TimeSpan.FromMinutes(1),
                'h' => TimeSpan.FromHours(1),
                'd' => TimeSpan.FromDays(1),
                _ => null,
            }
            : null;
        return unit is { } one
            && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number > 0
            && number <= TimeSpan.FromDays(MaxDays) / one
                ? number * one
                : throw new OperationException($"{option} must be a length such as 90s, 20m, 8h or 3d; it is '{text}'.");
    }
}
