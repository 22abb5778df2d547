using System.Text.Json;
using System.Text.Json.Nodes;

namespace Charlie.Sandbox.EventBridge.Patterns;

/// <summary>Reads a pattern's text and refuses what EventBridge refuses.</summary>
internal static class EventPatternParser
{
    /// <summary>Below <c>$or</c> these names say that it is an ordinary field after all.</summary>
    private static readonly string[] ReservedInOr =
        ["exactly", "prefix", "suffix", "numeric", "anything-but", "exists", "cidr", "equals-ignore-case", "wildcard"];

    public static FieldSet Parse(string text)
    {
        JsonNode? node;
        try
        {
            node = EventJson.Parse(text);
        }
        catch (JsonException)
        {
            throw new InvalidEventPatternException("Invalid JSON");
        }

        return node is JsonObject fields ? Fields(fields) : throw new InvalidEventPatternException("Filter is not an object");
    }

    private static FieldSet Fields(JsonObject node)
    {
        if (node.Count == 0)
        {
            throw new InvalidEventPatternException("Empty objects are not allowed");
        }

        var objects = new List<(string, FieldSet)>();
        var values = new List<(string, IReadOnlyList<ValueMatcher>)>();
        var alternatives = new List<IReadOnlyList<FieldSet>>();
        foreach (var (name, value) in node)
        {
            switch (value)
            {
                case JsonObject inner:
                    objects.Add((name, Fields(inner)));
                    break;
                case JsonArray list when name == "$or" && IsOr(list):
                    alternatives.Add([.. list.Select(either => Fields((JsonObject)either!))]);
                    break;
                case JsonArray { Count: 0 }:
                    throw new InvalidEventPatternException("Empty arrays are not allowed");
                case JsonArray list:
                    values.Add((name, [.. list.Select(Matcher)]));
                    break;
                default:
                    throw new InvalidEventPatternException($"\"{name}\" must be an object or an array");
            }
        }

        return new FieldSet(objects, values, alternatives);
    }

    private static bool IsOr(JsonArray list) =>
        list.Count >= 2 && list.All(either => either is JsonObject fields && !fields.Any(field => ReservedInOr.Contains(field.Key)));

    private static ValueMatcher Matcher(JsonNode? node) => node switch
    {
        JsonObject { Count: 0 } => throw new InvalidEventPatternException("Match expression name not found"),
        JsonObject { Count: > 1 } => throw new InvalidEventPatternException("Only one key allowed in match expression"),
        JsonObject expression => MatchExpressions.Read(expression.First().Key, expression.First().Value),
        JsonArray => throw new InvalidEventPatternException("Match value must be String, number, true, false, or null"),
        JsonValue value when Values.Text(value) is { } wanted => new AnyMatcher(one => Values.Text(one) == wanted),
        _ => new AnyMatcher(value => Values.Same(value, (JsonValue?)node)),
    };
}
