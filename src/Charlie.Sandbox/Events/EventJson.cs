using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Charlie.Sandbox.Events;

/// <summary>
/// JSON as EventBridge and Lambda treat it: the last of two equal names counts, nesting goes to 1000 levels, nothing
/// is escaped without need.
/// </summary>
internal static class EventJson
{
    private const int Depth = 1000;

    private static readonly JsonSerializerOptions Compact =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = Depth + 10 };

    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static JsonNode? Parse(string text)
    {
        using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = Depth });
        try
        {
            return From(document.RootElement);
        }
        catch (InvalidOperationException lone)
        {
            // A lone surrogate (\ud800) is well-formed JSON, but no text.
            throw new JsonException("A string is not valid Unicode.", lone);
        }
    }

    /// <summary>The document if the text is a JSON object, else <c>null</c>.</summary>
    public static JsonObject? ParseObject(string text)
    {
        try
        {
            return Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static string Write(JsonNode? node) => node?.ToJsonString(Compact) ?? "null";

    private static JsonNode? From(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var made = new JsonObject();
                foreach (var member in element.EnumerateObject())
                {
                    made[member.Name] = From(member.Value);
                }

                return made;
            case JsonValueKind.Array:
                return new JsonArray([.. element.EnumerateArray().Select(From)]);
            case JsonValueKind.String:
                return JsonValue.Create(element.GetString());
            case JsonValueKind.Null:
                return null;
            default:
                return JsonValue.Create(element.Clone());
        }
    }
}
