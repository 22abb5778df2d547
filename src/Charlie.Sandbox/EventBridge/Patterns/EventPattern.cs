using System.Text.Json.Nodes;

namespace Charlie.Sandbox.EventBridge.Patterns;

/// <summary>A rule's event pattern: every field of it must match, each by any one of its matchers.</summary>
public sealed class EventPattern
{
    private readonly FieldSet root;

    private EventPattern(string text, FieldSet root)
    {
        Text = text;
        this.root = root;
    }

    /// <summary>The pattern as it was written.</summary>
    public string Text { get; }

    /// <exception cref="InvalidEventPatternException">The text is no pattern.</exception>
    public static EventPattern Parse(string text) => new(text, EventPatternParser.Parse(text));

    public bool Matches(JsonObject @event) => root.Matches(@event);
}

/// <summary>The fields of one object of a pattern, and its <c>$or</c> alternatives: all must match.</summary>
internal sealed record FieldSet(
    List<(string Name, FieldSet Fields)> Objects,
    List<(string Name, IReadOnlyList<ValueMatcher> Matchers)> Values,
    IReadOnlyList<IReadOnlyList<FieldSet>> Alternatives)
{
    /// <param name="node">The event's value at this place; of an array, one element must match as a whole.</param>
    public bool Matches(JsonNode? node)
    {
        if (node is JsonArray { Count: > 0 } elements)
        {
            return elements.Any(Matches);
        }

        var found = node as JsonObject;
        // Scalars first: most patterns name a source, and most events have another.
        foreach (var (name, matchers) in Values)
        {
            if (!MatchesValue(found, name, matchers))
            {
                return false;
            }
        }

        foreach (var (name, fields) in Objects)
        {
            if (!fields.Matches(found?[name]))
            {
                return false;
            }
        }

        return Alternatives.All(either => either.Any(fields => fields.Matches(found)));
    }

    private static bool MatchesValue(JsonObject? found, string name, IReadOnlyList<ValueMatcher> matchers)
    {
        if (found is null || !found.TryGetPropertyValue(name, out var value))
        {
            return MatchesAny(matchers, []);
        }

        if (value is null or JsonValue)
        {
            foreach (var matcher in matchers)
            {
                if (matcher.MatchesOne((JsonValue?)value))
                {
                    return true;
                }
            }

            return false;
        }

        var leaves = new List<JsonValue?>();
        Collect(value, leaves);
        return MatchesAny(matchers, leaves);
    }

    private static bool MatchesAny(IReadOnlyList<ValueMatcher> matchers, IReadOnlyList<JsonValue?> leaves) =>
        matchers.Any(matcher => matcher.Matches(leaves));

    /// <summary>Only scalars count: an object at this place is "not a leaf", as if it were absent.</summary>
    private static void Collect(JsonNode? value, List<JsonValue?> leaves)
    {
        switch (value)
        {
            case JsonArray array:
                foreach (var element in array)
                {
                    Collect(element, leaves);
                }

                break;
            case JsonObject:
                break;
            default:
                leaves.Add(value as JsonValue);
                break;
        }
    }
}
