using System.Text.Json.Nodes;

namespace Charlie.Sandbox.Template;

/// <summary>The checked values of a template's parameters.</summary>
internal sealed class ParameterValues
{
    private readonly Dictionary<string, JsonNode> values = [];

    private ParameterValues()
    {
    }

    public static ParameterValues Read(
        IReadOnlyDictionary<string, ParameterDeclaration> declared, IReadOnlyDictionary<string, string> given)
    {
        if (given.Keys.FirstOrDefault(name => !declared.ContainsKey(name)) is { } unknown)
        {
            throw new TemplateException(
                $"Parameters.{unknown}", $"the template has no such parameter; it has {string.Join(", ", declared.Keys)}");
        }

        var missing = declared.Values
            .Where(declaration => declaration.Default is null && !given.ContainsKey(declaration.Name))
            .Select(declaration => declaration.Name).ToList();
        if (missing.Count > 0)
        {
            throw new TemplateException(
                "Parameters", $"no value is given for {string.Join(", ", missing)}, and the template has no default");
        }

        var made = new ParameterValues();
        foreach (var declaration in declared.Values)
        {
            made.values[declaration.Name] = declaration.Value(given.GetValueOrDefault(declaration.Name) ?? declaration.Default!);
        }

        return made;
    }

    public JsonNode? Find(string name) => values.GetValueOrDefault(name)?.DeepClone();
}
