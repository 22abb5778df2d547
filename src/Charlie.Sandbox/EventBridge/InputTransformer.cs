using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Charlie.Sandbox.EventBridge;

/// <summary>
/// Makes a target's input from an event. As EventBridge does, it puts values in as they are: a quotation mark in a
/// value is not escaped in a string template, and a template that is a string keeps its outer quotation marks.
/// </summary>
public sealed partial record InputTransformer(IReadOnlyDictionary<string, string> InputPathsMap, string InputTemplate)
{
    /// <param name="event">The event's envelope.</param>
    public string Apply(JsonObject @event, EventRule rule, DateTimeOffset ingestionTime)
    {
        var isJson = InputTemplate.TrimStart() is ['{' or '[', ..];
        return Placeholder().Replace(InputTemplate, match =>
        {
            var value = Value(match.Groups[1].Value, @event, rule, ingestionTime);
            return Render(value, isJson, InString(match.Index));
        });
    }

    private static string Render(JsonNode? value, bool isJson, bool inString) => value switch
    {
        JsonArray list when !isJson => "[" + string.Join(',', list.Select(one => Render(one, isJson, inString: true))) + "]",
        JsonObject or JsonArray when isJson => EventJson.Write(value),
        JsonObject => EventJson.Write(value).Replace("\"", "", StringComparison.Ordinal),
        JsonValue text when text.GetValueKind() == JsonValueKind.String =>
            isJson && !inString ? EventJson.Write(value) : text.GetValue<string>(),
        null => isJson && !inString ? "\"\"" : "",
        _ => EventJson.Write(value),
    };

    private JsonNode? Value(string name, JsonObject @event, EventRule rule, DateTimeOffset ingestionTime)
    {
        switch (name)
        {
            case "aws.events.rule-arn":
                return rule.Arn;
            case "aws.events.rule-name":
                return rule.Name;
            case "aws.events.event.ingestion-time":
                return BusEvent.Seconds(ingestionTime);
            case "aws.events.event.json":
                return @event;
            case "aws.events.event":
                var envelope = @event.DeepClone().AsObject();
                envelope.Remove("detail");
                return envelope;
            default:
                return InputPathsMap.TryGetValue(name, out var path) ? JsonPath.Select(@event, path) : null;
        }
    }

    /// <summary>Whether a place of the template lies between quotation marks, where a value needs none of its own.</summary>
    private bool InString(int index)
    {
        var inside = false;
        for (var at = 0; at < index; at++)
        {
            if (InputTemplate[at] == '\\')
            {
                at++;
            }
            else if (InputTemplate[at] == '"')
            {
                inside = !inside;
            }
        }

        return inside;
    }

    [GeneratedRegex("<([A-Za-z0-9_.-]+)>")]
    private static partial Regex Placeholder();
}
