using System.Globalization;
using System.Text.Json;
using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Events;

/// <summary>Reads single fields of a JSON object that may be anything.</summary>
internal static class Fields
{
    // As much of a wrong value as helps to find it.
    private const int MaxShown = 80;

    /// <summary>The field's text; <c>null</c> where it is missing or no text.</summary>
    public static string? Text(JsonElement document, string name)
    {
        try
        {
            return Find(document, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: JSON allows its escape, and no text has it.
            return null;
        }
    }

    public static long? Number(JsonElement document, string name) =>
        Find(document, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) ? number : null;

    public static DateTimeOffset? Instant(JsonElement document, string name) =>
        DateTimeOffset.TryParse(
            Text(document, name),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var at)
            ? at
            : null;

    public static JsonElement Object(JsonElement document, string name) =>
        Find(document, name) is { ValueKind: JsonValueKind.Object } value ? value : default;

    public static bool Has(JsonElement document, string name) =>
        Find(document, name) is { ValueKind: not JsonValueKind.Null };

    /// <summary>The field's value as a message may show it: shortened, and with no character that a terminal acts on.</summary>
    public static string Show(JsonElement document, string name) =>
        Find(document, name) is { } value ? SingleLineText.Of(value.GetRawText(), MaxShown) : "missing";

    private static JsonElement? Find(JsonElement document, string name) =>
        document.ValueKind == JsonValueKind.Object && document.TryGetProperty(name, out var value) ? value : null;
}
