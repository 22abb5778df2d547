using System.Text.Json;
using System.Text.Json.Nodes;
using Charlie.Sandbox.EventBridge;

namespace Charlie.Sandbox.Template;

/// <summary>A template's text as the one document that it means, whether it is written in JSON or in YAML.</summary>
public static class TemplateText
{
    /// <returns>The root, with every function in its long form (<c>Fn::Sub</c>, not <c>!Sub</c>).</returns>
    /// <exception cref="TemplateException">The text is neither; the message has the line and the column, both from 1.</exception>
    public static JsonObject Parse(string text)
    {
        // As `dotnet lambda deploy-serverless` distinguishes them.
        var root = text.AsSpan().TrimStart().StartsWith('{') ? ReadJson(text) : YamlTemplate.Read(text);
        return root as JsonObject ?? throw new TemplateException("Template", "must be an object");
    }

    private static JsonNode? ReadJson(string text)
    {
        try
        {
            return EventJson.Parse(text);
        }
        catch (JsonException broken)
        {
            var position = $"line {broken.LineNumber + 1}, column {broken.BytePositionInLine + 1}";
            throw new TemplateException("Template", $"is not JSON: {position}: {broken.Message.Split(" LineNumber:")[0]}");
        }
    }
}
