using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Charlie.Deploy.Tests;

/// <summary>A template with values for its parameters: what CloudFormation makes of its conditions, references and policies.</summary>
internal sealed partial class ResolvedTemplate
{
    public const string Account = "123456789012";

    private static readonly Dictionary<string, string> Pseudo = new()
    {
        ["AWS::AccountId"] = Account,
        ["AWS::Partition"] = "aws",
        ["AWS::Region"] = "us-east-1",
        ["AWS::StackName"] = "charlie",
        ["AWS::URLSuffix"] = "amazonaws.com",
    };

    private readonly JsonObject root;
    private readonly Dictionary<string, string> parameters;

    /// <param name="path">The template's path in the repository.</param>
    /// <param name="values">Values of parameters; the others have their defaults, and one without a default its own name.</param>
    public ResolvedTemplate(string path, params (string Name, string Value)[] values)
    {
        root = TemplateReader.Read(Repository.Read(path));
        parameters = root["Parameters"]!.AsObject().ToDictionary(
            one => one.Key, one => one.Value!["Default"]?.ToString() ?? one.Key, StringComparer.Ordinal);
        foreach (var (name, value) in values)
        {
            Assert.True(parameters.ContainsKey(name), $"{path} has no parameter {name}.");
            parameters[name] = value;
        }
    }

    private JsonObject Declared => root["Resources"]!.AsObject();

    /// <returns>The resources that are made, in order.</returns>
    public IEnumerable<string> Made => Declared
        .Where(one => one.Value!["Condition"] is not { } condition || Condition((string)condition!)).Select(one => one.Key);

    /// <returns>What the template's rules say against the values.</returns>
    public IEnumerable<string> Violations => root["Rules"]!.AsObject()
        .Where(rule => rule.Value!["RuleCondition"] is not { } condition || Test(condition))
        .SelectMany(rule => rule.Value!["Assertions"]!.AsArray())
        .Where(assertion => !Test(assertion!["Assert"]!))
        .Select(assertion => (string)assertion!["AssertDescription"]!);

    public string TypeOf(string resource) => (string)Declared[resource]!["Type"]!;

    /// <returns>A resource's properties, without references.</returns>
    public JsonObject Properties(string resource) => Resolve(Declared[resource]!["Properties"])!.AsObject();

    /// <returns>The statements of a role's own policies, and of the policies that name the role.</returns>
    public IReadOnlyList<JsonNode> Statements(string role)
    {
        var attached = Made
            .Where(id => TypeOf(id) is "AWS::IAM::Policy" or "AWS::IAM::RolePolicy")
            .Select(Properties)
            .Where(policy => Template.Strings(policy["Roles"] ?? policy["RoleName"]).Contains(Name(role)))
            .Select(policy => policy["PolicyDocument"]!);
        return [.. (Properties(role)["Policies"]?.AsArray() ?? []).Select(policy => policy!["PolicyDocument"]!).Concat(attached)
            .SelectMany(document => document["Statement"]!.AsArray()).Select(one => one!)];
    }

    private bool Condition(string name) => Test(root["Conditions"]![name]!);

    private bool Test(JsonNode node) => node.AsObject().Single() switch
    {
        { Key: "Condition", Value: { } name } => Condition((string)name!),
        { Key: "Fn::Equals", Value: JsonArray two } => Text(two[0]) == Text(two[1]),
        { Key: "Fn::Not", Value: JsonArray one } => !Test(one[0]!),
        { Key: "Fn::And", Value: JsonArray all } => all.All(one => Test(one!)),
        { Key: "Fn::Or", Value: JsonArray any } => any.Any(one => Test(one!)),
        var other => throw new InvalidDataException($"{other.Key} is no condition that is known here."),
    };

    private string Text(JsonNode? node) => Resolve(node)?.ToString() ?? "";

    private JsonNode? Resolve(JsonNode? node) => node switch
    {
        JsonObject { Count: 1 } one when one.Single().Key is var key
            && (key is "Ref" || key.StartsWith("Fn::", StringComparison.Ordinal)) =>
            Call(key, one[key]!),
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Resolve(member.Value)))
            .Where(member => member.Value is not null)),
        JsonArray items => new JsonArray([.. items.Select(Resolve).Where(item => item is not null)]),
        _ => node?.DeepClone(),
    };

    private JsonNode? Call(string function, JsonNode argument) => function switch
    {
        "Ref" => Reference((string)argument!),
        "Fn::GetAtt" => Attribute((string)argument[0]!, (string)argument[1]!),
        "Fn::If" => Resolve(Condition((string)argument[0]!) ? argument[1] : argument[2]),
        "Fn::Sub" => argument is JsonArray pair ? Substitute((string)pair[0]!, pair[1]!.AsObject()) : Substitute((string)argument!, []),
        "Fn::Join" => string.Join((string)argument[0]!, Resolve(argument[1])!.AsArray().Select(item => item!.ToString())),
        "Fn::Split" => new JsonArray([.. Text(argument[1]).Split((string)argument[0]!).Select(part => (JsonNode)part)]),
        "Fn::Select" => Resolve(argument[1])!.AsArray()[(int)argument[0]!]!.DeepClone(),
        "Fn::Base64" => Resolve(argument),
        "Fn::Cidr" or "Fn::GetAZs" => new JsonArray([.. Enumerable.Range(0, 4).Select(one => (JsonNode)$"{function} {one}")]),
        _ => throw new InvalidDataException($"{function} is not known here."),
    };

    private JsonNode? Reference(string name) => name == "AWS::NoValue" ? null
        : Pseudo.TryGetValue(name, out var fact) ? fact
        : parameters.TryGetValue(name, out var value) ? value
        : Name(name);

    private string Name(string resource) => TypeOf(resource) == "AWS::EC2::VPC" ? $"vpc-of-{resource}" : resource;

    private string Attribute(string resource, string attribute) => (TypeOf(resource), attribute) switch
    {
        ("AWS::IAM::Role", "Arn") => $"arn:aws:iam::{Account}:role/{resource}",
        ("AWS::Logs::LogGroup", "Arn") => $"arn:aws:logs:us-east-1:{Account}:log-group:{resource}:*",
        (var type, "Arn") => $"arn:aws:{type.Split("::")[1].ToLowerInvariant()}:us-east-1:{Account}:{resource}",
        _ => $"{resource}.{attribute}",
    };

    private string Substitute(string text, JsonObject values) => Placeholder().Replace(text, name =>
        name.Groups[1].Value is var key && values[key] is { } value ? Text(value)
        : key.Split('.') is [var resource, var attribute] ? Attribute(resource, attribute)
        : Reference(key)!.ToString());

    [GeneratedRegex(@"\$\{([A-Za-z0-9:.]+)\}")]
    private static partial Regex Placeholder();
}
