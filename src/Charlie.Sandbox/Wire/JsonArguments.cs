using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Charlie.Sandbox.Wire;

/// <summary>The members of a request's document, read with AWS's own complaints.</summary>
internal readonly struct JsonArguments(JsonElement document)
{
    private static readonly long FirstSecond = DateTimeOffset.MinValue.ToUnixTimeSeconds();
    private static readonly long LastSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>The members of a call's document.</summary>
    public static JsonArguments Of(AwsRequest request) =>
        request.Body is { ValueKind: JsonValueKind.Object } body ? new JsonArguments(body)
            : throw new AwsException("SerializationException", "The request's body is not a JSON object.");

    /// <summary>Refuses a document in which a name or a text is no Unicode: a lone surrogate (\ud800) is well-formed JSON.</summary>
    public static void CheckTexts(JsonElement document)
    {
        try
        {
            Read(document);
        }
        catch (InvalidOperationException)
        {
            throw new AwsException("SerializationException", "A string is not valid Unicode.");
        }
    }

    public string? Text(string name) =>
        !Member(name, out var value) ? null
            : value.ValueKind == JsonValueKind.String ? value.GetString() : throw NotA("String", value);

    public bool Flag(string name) =>
        Member(name, out var value)
        && (value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw NotA("Boolean", value));

    /// <summary>A text of a length, the pattern matching all of it.</summary>
    public string? Text(string name, int maxLength, string? pattern = null)
    {
        var text = Text(name);
        if (text is not null && text.Length > maxLength)
        {
            throw Constraint(name, text, $"Member must have length less than or equal to {maxLength}");
        }

        if (text is not null && pattern is not null && !Regex.IsMatch(text, $@"\A(?:{pattern})\z"))
        {
            throw Constraint(name, text, text.Length == 0 ? "Member must have length greater than or equal to 1"
                : $"Member must satisfy regular expression pattern: {pattern}");
        }

        return text;
    }

    public string Required(string name, int maxLength = int.MaxValue, string? pattern = null) =>
        Text(name, maxLength, pattern) ?? throw Constraint(name, null, "Member must not be null");

    public int? Number(string name, int min, int max)
    {
        if (!Member(name, out var value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var number))
        {
            throw NotA("Integer", value);
        }

        var text = number.ToString(CultureInfo.InvariantCulture);
        return number < min ? throw Constraint(name, text, $"Member must have value greater than or equal to {min}")
            : number > max ? throw Constraint(name, text, $"Member must have value less than or equal to {max}")
            : number;
    }

    public long? Long(string name) =>
        !Member(name, out var value) ? null
            : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : throw NotA("Long", value);

    /// <summary>A timestamp: seconds since 1970, as JSON 1.1 has it, or ISO 8601.</summary>
    public DateTimeOffset? Time(string name)
    {
        if (!Member(name, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds)
            && seconds >= FirstSecond && seconds < LastSecond)
        {
            return DateTimeOffset.UnixEpoch.AddSeconds(seconds);
        }

        return value.ValueKind == JsonValueKind.String
            && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new AwsException("SerializationException", $"{name} is not a timestamp.");
    }

    public JsonArguments? Object(string name) =>
        !Member(name, out var value) ? null : value.ValueKind == JsonValueKind.Object ? new JsonArguments(value) : throw NotA("Map", value);

    public IReadOnlyList<JsonArguments>? Objects(string name) =>
        Items(name)?.Select(item => item.ValueKind == JsonValueKind.Object ? new JsonArguments(item) : throw NotA("Map", item)).ToList();

    public IReadOnlyList<string>? Texts(string name) =>
        Items(name)?.Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : throw NotA("String", item)).ToList();

    /// <summary>A map of texts; the last of two equal names counts.</summary>
    public IReadOnlyDictionary<string, string> Map(string name)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Member(name, out var value))
        {
            foreach (var member in value.ValueKind == JsonValueKind.Object ? value.EnumerateObject() : throw NotA("Map", value))
            {
                map[member.Name] = member.Value.ValueKind == JsonValueKind.String
                    ? member.Value.GetString()! : throw NotA("String", member.Value);
            }
        }

        return map;
    }

    public static AwsException Constraint(string name, string? value, string rule) => new(
        "ValidationException",
        $"1 validation error detected: Value {(value is null ? "null" : $"'{value}'")} at '{char.ToLowerInvariant(name[0])}{name[1..]}' failed to satisfy constraint: {rule}");

    private List<JsonElement>? Items(string name) =>
        !Member(name, out var value) ? null : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()]
            : throw NotA("List", value);

    private static void Read(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    _ = member.Name;
                    Read(member.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Read(item);
                }

                break;
            case JsonValueKind.String:
                _ = element.GetString();
                break;
        }
    }

    private bool Member(string name, out JsonElement value)
    {
        value = default;
        return document.ValueKind == JsonValueKind.Object && document.TryGetProperty(name, out value)
            && value.ValueKind != JsonValueKind.Null;
    }

    private static AwsException NotA(string wanted, JsonElement value) =>
        new("SerializationException", $"Expected a {wanted}, found {value.ValueKind}.");
}
