using System.Collections;
using System.Globalization;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>How a template's argument reads in the text.</summary>
internal static class LogValue
{
    public const string TimeFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";

    // Longer byte strings are cut and their length is added.
    private const int MaxBytesShown = 16;

    /// <summary>Null where the text keeps its placeholder: for null, lists and dictionaries.</summary>
    public static string ToText(object value, string format) => value switch
    {
        null => null,
        byte[] bytes => Hex(bytes),
        ReadOnlyMemory<byte> bytes => Hex(bytes.Span),
        Memory<byte> bytes => Hex(bytes.Span),
        IList or IDictionary => null,
        IFormattable formattable when format is not null => Formatted(formattable, format),
        DateTime time => time.ToString(TimeFormat, CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString(TimeFormat, CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private static string Formatted(IFormattable value, string format)
    {
        try
        {
            return value.ToString(format, CultureInfo.InvariantCulture);
        }
        catch (FormatException)
        {
            // A wrong format must not cost the line.
            return value.ToString(null, CultureInfo.InvariantCulture);
        }
    }

    private static string Hex(ReadOnlySpan<byte> bytes) => bytes.Length <= MaxBytesShown
        ? Convert.ToHexString(bytes)
        : $"{Convert.ToHexString(bytes[..MaxBytesShown])}... ({bytes.Length} bytes)";
}
