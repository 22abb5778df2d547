using System.Globalization;

namespace Charlie.Lambdas.Text;

/// <summary>Times in tags and reports: ISO 8601 in UTC with milliseconds and no spaces, so that they sort as text.</summary>
internal static class Iso8601
{
    private const string Form = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static string Write(DateTimeOffset at) => at.ToUniversalTime().ToString(Form, CultureInfo.InvariantCulture);

    /// <summary>The time as its written form has it.</summary>
    public static DateTimeOffset ToMilliseconds(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMillisecond));

    /// <summary>Reads the written form, with or without milliseconds; <c>null</c> for anything else.</summary>
    public static DateTimeOffset? Read(string? text) =>
        DateTimeOffset.TryParseExact(
            text,
            [Form, "yyyy-MM-dd'T'HH:mm:ss'Z'"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var at)
            ? at
            : null;
}
