using Charlie.Operations;
using Charlie.Operations.Setup;
using Charlie.Sandbox.Template;

namespace Charlie.Cli.Commands.Setup;

/// <summary>The values of a stack's parameters as they come together, each checked as the template checks it.</summary>
internal sealed class StackValues(TemplateDocument template)
{
    // The deploy tool reads Name=Value;Name=Value.
    private static readonly char[] Separators = [';', '"', '\n'];

    private readonly SortedDictionary<string, string> values = new(StringComparer.Ordinal);

    /// <summary>By name; a parameter that keeps its default is not among them.</summary>
    public IReadOnlyDictionary<string, string> All => values;

    /// <summary>The parameters without a value and without a default, in the template's order.</summary>
    public IReadOnlyList<ParameterDeclaration> Missing =>
        [.. template.Parameters.Values.Where(one => one.Default is null && !values.ContainsKey(one.Name))];

    /// <summary>A parameter that nothing was said of yet; none where something was, or where the template has no such parameter.</summary>
    public IEnumerable<ParameterDeclaration> Unsaid(string name) =>
        !values.ContainsKey(name) && template.Parameters.TryGetValue(name, out var parameter) ? [parameter] : [];

    /// <summary>What is wrong with a value, as a sentence; <c>null</c> where nothing is.</summary>
    public static string? Violation(ParameterDeclaration parameter, string value)
    {
        if (value.IndexOfAny(Separators) >= 0)
        {
            return $"{parameter.Name}: '{value}' has a semicolon, a quotation mark or a new line, which the deploy tool cannot take";
        }

        // CloudFormation looks AWS's own types up in the account, and finds no empty one.
        if (value.Length == 0 && parameter.Default is null)
        {
            return $"{parameter.Name} needs a value";
        }

        try
        {
            _ = parameter.Value(value);
            return null;
        }
        catch (TemplateException error)
        {
            return error.Message.Replace("Parameters.", "", StringComparison.Ordinal);
        }
    }

    /// <exception cref="OperationException">The template has no such parameter, or does not allow the value.</exception>
    public void Put(string name, string value)
    {
        if (!template.Parameters.TryGetValue(name, out var parameter))
        {
            throw new OperationException($"The template has no parameter {name}; it has {string.Join(", ", template.Parameters.Keys)}.");
        }

        if (Violation(parameter, value) is { } violation)
        {
            throw new OperationException(violation + ".");
        }

        values[name] = value;
    }

    /// <summary>Takes what was found of the parameters that have no value yet.</summary>
    /// <exception cref="OperationException">The template does not allow a value.</exception>
    public void Take(FoundValues found)
    {
        foreach (var (name, one) in found.Values.Where(pair => !values.ContainsKey(pair.Key)))
        {
            Put(name, one.Value);
        }
    }

    /// <summary>Checks the values against each other, as the template's rules say.</summary>
    /// <exception cref="OperationException">A rule is broken.</exception>
    public void Check(string stack)
    {
        try
        {
            _ = template.Resolve(stack, values);
        }
        catch (TemplateException error)
        {
            throw new OperationException(error.Message);
        }
    }
}
