using System.Globalization;
using System.Text.Json.Nodes;

namespace Charlie.Sandbox.EventBridge;

/// <summary>The part of JSONPath that EventBridge takes: <c>$.detail.name</c>, array indices and wildcards.</summary>
internal static class JsonPath
{
    /// <summary>The value at the path, a list where it has a wildcard, or <c>null</c> where the event has none.</summary>
    public static JsonNode? Select(JsonNode? root, string path)
    {
        if (!path.StartsWith('$'))
        {
            return null;
        }

        var steps = path[1..].Replace("[", ".[", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries);
        List<JsonNode?> found = [root];
        foreach (var step in steps)
        {
            found = [.. found.SelectMany(node => Step(node, step))];
        }

        return path.Contains('*', StringComparison.Ordinal)
            ? new JsonArray([.. found.Select(node => node?.DeepClone())])
            : found.FirstOrDefault();
    }

    private static IEnumerable<JsonNode?> Step(JsonNode? node, string step) => (node, step) switch
    {
        (JsonArray list, "*" or "[*]") => list,
        (JsonObject members, "*") => members.Select(member => member.Value),
        (JsonArray list, ['[', .. var index, ']']) when int.TryParse(index, CultureInfo.InvariantCulture, out var at)
            && at >= 0 && at < list.Count => [list[at]],
        (JsonObject members, _) when members.TryGetPropertyValue(step, out var value) => [value],
        _ => [],
    };
}
