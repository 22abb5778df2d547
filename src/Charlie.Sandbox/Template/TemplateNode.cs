using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Charlie.Sandbox.EventBridge;

namespace Charlie.Sandbox.Template;

/// <summary>A value of a template together with its place, so that what is wrong with it can be said.</summary>
internal readonly record struct TemplateNode(string Path, JsonNode? Value)
{
    public bool IsAbsent => Value is null;

    public TemplateNode this[string name] => new($"{Path}.{name}", Value is JsonObject members ? members[name] : null);

    /// <summary>The members of an object; none when it is absent.</summary>
    public IEnumerable<(string Name, TemplateNode Node)> Members()
    {
        var path = Path;
        return Value switch
        {
            null => [],
            JsonObject members => members.Select(member => (member.Key, new TemplateNode($"{path}.{member.Key}", member.Value))),
            _ => throw Wrong("must be an object"),
        };
    }

    /// <summary>The elements of a list; none when it is absent.</summary>
    public IEnumerable<TemplateNode> Elements()
    {
        var path = Path;
        return Value switch
        {
            null => [],
            JsonArray list => list.Select((element, at) => new TemplateNode($"{path}[{at}]", element)),
            _ => throw Wrong("must be a list"),
        };
    }

    /// <summary>An object with no other members than these.</summary>
    public TemplateNode Only(string what, params IReadOnlyCollection<string> names)
    {
        foreach (var (name, node) in Members())
        {
            if (!names.Contains(name))
            {
                throw node.Wrong($"is not a property of {what} that the sandbox knows; known are {string.Join(", ", names)}");
            }
        }

        return this;
    }

    /// <summary>A scalar as text, as CloudFormation takes numbers and booleans for strings too.</summary>
    public string? Text() => Value switch
    {
        null => null,
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        JsonValue value => value.ToJsonString(),
        _ => throw Wrong("must be a string"),
    };

    public string Required() => Text() ?? throw Wrong("is missing");

    public int? Integer(int min, int max)
    {
        if (Text() is not { } text)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= min && number <= max
            ? number
            : throw Wrong($"is '{text}' but must be a whole number from {min} to {max}");
    }

    public string? OneOf(params IReadOnlyCollection<string> allowed) =>
        Text() is not { } text || allowed.Contains(text)
            ? Text() : throw Wrong($"is '{text}' but must be one of {string.Join(", ", allowed)}");

    /// <summary>A document that AWS takes as an object or as a JSON text.</summary>
    public string? Json() => Value is JsonObject or JsonArray ? EventJson.Write(Value) : Text();

    public TemplateException Wrong(string problem) => new(Path, problem);
}
