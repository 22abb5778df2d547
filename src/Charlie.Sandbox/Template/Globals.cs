using System.Text.Json.Nodes;

namespace Charlie.Sandbox.Template;

/// <summary>SAM's way of putting <c>Globals</c> into a resource: maps are merged, lists joined, other values replaced.</summary>
internal static class Globals
{
    public static TemplateNode Merge(TemplateNode globals, TemplateNode own) => new(own.Path, Merge(globals.Value, own.Value));

    private static JsonNode? Merge(JsonNode? global, JsonNode? own)
    {
        switch (global, own)
        {
            case (null, _):
                return own?.DeepClone();
            case (_, null):
                return global.DeepClone();
            case (JsonArray first, JsonArray second):
                return new JsonArray([.. first.Concat(second).Select(element => element?.DeepClone())]);
            case (JsonObject first, JsonObject second) when !IsFunction(first) && !IsFunction(second):
                var merged = first.DeepClone().AsObject();
                foreach (var (name, value) in second)
                {
                    merged[name] = Merge(first[name], value);
                }

                return merged;
            default:
                return own.DeepClone();
        }
    }

    private static bool IsFunction(JsonObject node) =>
        node.Count == 1 && (node.First().Key == "Ref" || node.First().Key.StartsWith("Fn::", StringComparison.Ordinal));
}
