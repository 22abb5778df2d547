using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Charlie.Sandbox.Template;

/// <summary>CloudFormation's functions that give values; <see cref="ConditionLogic"/> has those that give truth.</summary>
internal sealed partial class Intrinsics
{
    private readonly TemplateDocument document;
    private readonly References references;

    public Intrinsics(TemplateDocument document, References references)
    {
        this.document = document;
        this.references = references;
        Conditions = new ConditionLogic(document, this);
    }

    public ConditionLogic Conditions { get; }

    /// <summary>The value with all functions put in; members and elements that come to <c>AWS::NoValue</c> are gone.</summary>
    public TemplateNode Resolve(TemplateNode node) => new(node.Path, Value(node));

    private JsonNode? Value(TemplateNode node)
    {
        switch (node.Value)
        {
            case JsonObject members when members.Count == 1 && IsFunction(members.First().Key):
                return Call(members.First().Key, new TemplateNode($"{node.Path}.{members.First().Key}", members.First().Value));
            case JsonObject:
                var made = new JsonObject();
                foreach (var (name, member) in node.Members())
                {
                    if (Value(member) is { } value)
                    {
                        made[name] = value;
                    }
                }

                return made;
            case JsonArray:
                return new JsonArray([.. node.Elements().Select(Value).Where(value => value is not null)]);
            default:
                return node.Value?.DeepClone();
        }
    }

    private static bool IsFunction(string name) => name == "Ref" || name.StartsWith("Fn::", StringComparison.Ordinal);

    /// <returns><c>null</c> stands for <c>AWS::NoValue</c>.</returns>
    private JsonNode? Call(string function, TemplateNode argument) => function switch
    {
        "Ref" when argument.Text() == "AWS::NoValue" => null,
        "Ref" => references.Ref(argument.Required(), this, argument.Path),
        "Fn::GetAtt" => GetAtt(argument),
        "Fn::Sub" => Sub(argument),
        "Fn::Join" => Join(argument),
        "Fn::If" => If(argument),
        "Fn::Select" => Select(argument),
        "Fn::Split" => Split(argument),
        "Fn::FindInMap" => FindInMap(argument),
        "Fn::Base64" => Convert.ToBase64String(Encoding.UTF8.GetBytes(Resolve(argument).Required())),
        "Fn::GetAZs" => NetworkIntrinsics.Zone(Resolve(argument)),
        "Fn::Cidr" => Cidr(argument),
        _ => throw argument.Wrong($"the sandbox does not know {function} here; known are Ref, Fn::GetAtt, Fn::Sub, Fn::Join, Fn::If, "
            + "Fn::Select, Fn::Split, Fn::FindInMap, Fn::Base64, Fn::GetAZs and Fn::Cidr"),
    };

    private string GetAtt(TemplateNode argument)
    {
        var parts = argument.Value is JsonArray
            ? [.. argument.Elements().Select(element => Resolve(element).Required())]
            : argument.Required().Split('.', 2);
        return parts.Length == 2
            ? references.GetAtt(parts[0], parts[1], this, argument.Path)
            : throw argument.Wrong("must name a resource and an attribute");
    }

    private string Sub(TemplateNode argument)
    {
        var parts = argument.Value is JsonArray ? argument.Elements().ToList() : [argument];
        if (parts.Count is 0 or > 2)
        {
            throw argument.Wrong("must be a text, or a list of a text and an object of variables");
        }

        var variables = parts.Count == 2
            ? parts[1].Members().ToDictionary(member => member.Name, member => Resolve(member.Node).Required())
            : [];
        return Variable().Replace(parts[0].Required(), match =>
        {
            var name = match.Groups[1].Value;
            if (name.StartsWith('!'))
            {
                return $"${{{name[1..]}}}";
            }

            if (variables.TryGetValue(name, out var value))
            {
                return value;
            }

            var dot = name.IndexOf('.', StringComparison.Ordinal);
            return dot > 0
                ? references.GetAtt(name[..dot], name[(dot + 1)..], this, argument.Path)
                : new TemplateNode(argument.Path, references.Ref(name, this, argument.Path)).Required();
        });
    }

    private string Join(TemplateNode argument)
    {
        var parts = Arguments(argument, 2, "a separator and a list");
        return string.Join(parts[0].Required(), Resolve(parts[1]).Elements().Select(element => element.Required()));
    }

    private JsonNode? If(TemplateNode argument)
    {
        var parts = Arguments(argument, 3, "a condition's name and two values");
        return Value(Conditions.IsTrue(parts[0].Required(), parts[0].Path) ? parts[1] : parts[2]);
    }

    private JsonNode Select(TemplateNode argument)
    {
        var parts = Arguments(argument, 2, "an index and a list");
        var list = Resolve(parts[1]).Elements().ToList();
        var index = Resolve(parts[0]).Integer(0, int.MaxValue) ?? throw parts[0].Wrong("is missing");
        return index < list.Count
            ? list[index].Value!.DeepClone()
            : throw argument.Wrong($"there is no element {index.ToString(CultureInfo.InvariantCulture)}; the list has {list.Count}");
    }

    private JsonArray Split(TemplateNode argument)
    {
        var parts = Arguments(argument, 2, "a separator and a text");
        return new JsonArray([.. Resolve(parts[1]).Required().Split(parts[0].Required()).Select(part => (JsonNode)part)]);
    }

    private JsonArray Cidr(TemplateNode argument)
    {
        var parts = Arguments(argument, 3, "a range, a count and a number of bits").Select(Resolve).ToList();
        return NetworkIntrinsics.Ranges(parts[0], parts[1], parts[2]);
    }

    private JsonNode FindInMap(TemplateNode argument)
    {
        var keys = Arguments(argument, 3, "a map and two keys").Select(part => Resolve(part).Required()).ToList();
        var found = document["Mappings"][keys[0]][keys[1]][keys[2]];
        return found.IsAbsent ? throw argument.Wrong($"there is no {string.Join('.', keys)} in Mappings") : found.Value!.DeepClone();
    }

    private static List<TemplateNode> Arguments(TemplateNode argument, int count, string what)
    {
        var parts = argument.Elements().ToList();
        return parts.Count == count ? parts : throw argument.Wrong($"must be a list of {what}");
    }

    [GeneratedRegex(@"\$\{([^${}]+)\}")]
    private static partial Regex Variable();
}
