using System.Text.Json.Nodes;

namespace Charlie.Sandbox.Template;

/// <summary>A template as it was written: its sections, checked as far as they can be without values for its parameters.</summary>
public sealed class TemplateDocument
{
    private const string Serverless = "AWS::Serverless-2016-10-31";

    private static readonly string[] Sections =
    [
        "AWSTemplateFormatVersion", "Transform", "Description", "Metadata", "Parameters", "Rules", "Mappings", "Conditions",
        "Globals", "Resources", "Outputs",
    ];

    private static readonly string[] ResourceAttributes =
    [
        "Type", "Properties", "Condition", "DependsOn", "Metadata", "DeletionPolicy", "UpdateReplacePolicy", "CreationPolicy",
        "UpdatePolicy",
    ];

    private readonly TemplateNode root;

    private TemplateDocument(TemplateNode root, IReadOnlyDictionary<string, ParameterDeclaration> parameters)
    {
        this.root = root;
        Parameters = parameters;
    }

    public IReadOnlyDictionary<string, ParameterDeclaration> Parameters { get; }

    internal TemplateNode this[string section] => new(section, root[section].Value);

    /// <exception cref="TemplateException">The text is not a template that the sandbox can deploy.</exception>
    public static TemplateDocument Parse(string text)
    {
        var root = new TemplateNode("Template", TemplateText.Parse(text));
        root.Only("a template", Sections);
        var document = new TemplateDocument(root, new TemplateNode("Parameters", root["Parameters"].Value).Members().ToDictionary(
            member => member.Name,
            member => ParameterDeclaration.Read(member.Name, member.Node)));
        if (document["AWSTemplateFormatVersion"].Text() is { } version and not "2010-09-09")
        {
            throw document["AWSTemplateFormatVersion"].Wrong($"is '{version}' but must be 2010-09-09");
        }

        document.CheckResources();
        return document;
    }

    /// <summary>What the template makes with these values for its parameters.</summary>
    /// <exception cref="TemplateException">A value is missing or not allowed, or a resource cannot be made of them.</exception>
    public StackModel Resolve(string stackName, IReadOnlyDictionary<string, string> parameters) =>
        Resolve(stackName, parameters, new Dictionary<string, string>());

    /// <inheritdoc cref="Resolve(string, IReadOnlyDictionary{string, string})"/>
    /// <param name="made">What resources that are made already are called, by their logical id or <c>id.attribute</c>.</param>
    public StackModel Resolve(
        string stackName, IReadOnlyDictionary<string, string> parameters, IReadOnlyDictionary<string, string> made) =>
        StackReader.Read(this, stackName, ParameterValues.Read(Parameters, parameters), made);

    private void CheckResources()
    {
        var resources = this["Resources"];
        if (!resources.Members().Any())
        {
            throw resources.Wrong("at least one resource is needed");
        }

        foreach (var (_, resource) in resources.Members())
        {
            resource.Only("a resource", ResourceAttributes);
            var type = resource["Type"].Required();
            if (!ResourceTypes.Known.ContainsKey(type))
            {
                throw resource["Type"].Wrong($"the sandbox does not know {type}; known are {string.Join(", ", ResourceTypes.Known.Keys)}");
            }

            if (type.StartsWith("AWS::Serverless::", StringComparison.Ordinal)
                && this["Transform"].Json()?.Contains(Serverless, StringComparison.Ordinal) != true)
            {
                throw this["Transform"].Wrong($"must be {Serverless}, because the template has {type}");
            }

            var dependsOn = resource["DependsOn"];
            foreach (var dependency in dependsOn.Value is JsonArray ? dependsOn.Elements() : dependsOn.IsAbsent ? [] : [dependsOn])
            {
                if (resources[dependency.Required()].IsAbsent)
                {
                    throw dependency.Wrong($"there is no resource {dependency.Text()}");
                }
            }
        }
    }
}
