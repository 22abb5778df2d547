using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Charlie.Sandbox.Template;

/// <summary>A parameter of a template, with what it allows.</summary>
public sealed class ParameterDeclaration
{
    private readonly IReadOnlyList<string>? allowedValues;
    private readonly Regex? allowedPattern;
    private readonly double? minValue;
    private readonly double? maxValue;
    private readonly int? minLength;
    private readonly int? maxLength;
    private readonly string? constraintDescription;
    private readonly bool noEcho;
    private readonly string path;

    private ParameterDeclaration(string name, TemplateNode node)
    {
        path = node.Path;
        Name = name;
        Type = node["Type"].Required();
        Description = node["Description"].Text();
        Default = node["Default"].Text();
        allowedValues = node["AllowedValues"].IsAbsent ? null : [.. node["AllowedValues"].Elements().Select(value => value.Required())];
        allowedPattern = Pattern(node["AllowedPattern"]);
        minValue = Bound(node["MinValue"]);
        maxValue = Bound(node["MaxValue"]);
        minLength = node["MinLength"].Integer(0, int.MaxValue);
        maxLength = node["MaxLength"].Integer(0, int.MaxValue);
        constraintDescription = node["ConstraintDescription"].Text();
        noEcho = node["NoEcho"].Text() == "true";
    }

    public string Name { get; }

    /// <summary>CloudFormation's type, for example <c>Number</c> or <c>List&lt;AWS::EC2::Subnet::Id&gt;</c>.</summary>
    public string Type { get; }

    public string? Description { get; }

    public string? Default { get; }

    private bool IsList => Type == "CommaDelimitedList" || Type.StartsWith("List<", StringComparison.Ordinal);

    private bool IsNumber => Type is "Number" or "List<Number>";

    internal static ParameterDeclaration Read(string name, TemplateNode node)
    {
        node.Only(
            "a parameter", "Type", "Description", "Default", "AllowedValues", "AllowedPattern", "ConstraintDescription",
            "MinValue", "MaxValue", "MinLength", "MaxLength", "NoEcho");
        var declaration = new ParameterDeclaration(name, node);
        if (declaration.Type is not ("String" or "Number" or "CommaDelimitedList" or "List<Number>")
            && !declaration.Type.StartsWith("AWS::", StringComparison.Ordinal)
            && !declaration.Type.StartsWith("List<AWS::", StringComparison.Ordinal))
        {
            throw node["Type"].Wrong(
                $"is '{declaration.Type}' but must be String, Number, CommaDelimitedList, List<Number>, or a type of AWS");
        }

        return declaration;
    }

    /// <summary>The value that <c>Ref</c> gives: a text, or a list of texts.</summary>
    /// <exception cref="TemplateException">The value is not allowed.</exception>
    internal JsonNode Value(string text)
    {
        if (!IsList)
        {
            Check(text);
            return text;
        }

        var items = text.Split(',').Select(item => item.Trim()).ToList();
        items.ForEach(Check);
        return new JsonArray([.. items.Select(item => (JsonNode)item)]);
    }

    private void Check(string text)
    {
        if (IsNumber && !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
        {
            throw Refused(text, "a number");
        }

        if (allowedValues?.Contains(text) == false)
        {
            throw Refused(text, "one of " + string.Join(", ", allowedValues));
        }

        if (allowedPattern?.IsMatch(text) == false)
        {
            throw Refused(text, constraintDescription ?? $"what matches {allowedPattern}");
        }

        if (IsNumber && double.Parse(text, CultureInfo.InvariantCulture) is var number && (number < minValue || number > maxValue))
        {
            throw Refused(
                text, constraintDescription ?? $"at least {Invariant(minValue) ?? "any"} and at most {Invariant(maxValue) ?? "any"}");
        }

        if (text.Length < minLength || text.Length > maxLength)
        {
            throw Refused(text, constraintDescription ?? $"{minLength ?? 0} to {Invariant(maxLength) ?? "any number of"} characters");
        }
    }

    private TemplateException Refused(string text, string allowed) =>
        new(path, $"{(noEcho ? "the value" : $"'{text}'")} is not allowed; allowed is {allowed.TrimEnd('.')}");

    private static string? Invariant(double? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static double? Bound(TemplateNode node) =>
        node.Text() is not { } text ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
        : throw node.Wrong($"is '{text}' but must be a number");

    private static Regex? Pattern(TemplateNode node)
    {
        try
        {
            // CloudFormation matches the whole value.
            return node.Text() is { } pattern
                ? new Regex($@"\A(?:{pattern})\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1))
                : null;
        }
        catch (ArgumentException broken)
        {
            throw node.Wrong($"is not a regular expression: {broken.Message}");
        }
    }
}
