using System.Text.Json.Nodes;

namespace Charlie.Sandbox.Template;

/// <summary>Values of <c>Ref</c> and <c>Fn::GetAtt</c>: parameters, pseudo parameters, resources, and what SAM makes.</summary>
/// <param name="made">What resources that are made already are called, by their logical id or <c>id.attribute</c>.</param>
internal sealed class References(
    TemplateDocument document, string stackName, ParameterValues parameters, IReadOnlyDictionary<string, string> made)
{
    private readonly HashSet<string> naming = [];

    public string StackName => stackName;

    public JsonNode Ref(string name, Intrinsics intrinsics, string path) => name switch
    {
        "AWS::Region" => Account.Region,
        "AWS::AccountId" => Account.Id,
        "AWS::Partition" => "aws",
        "AWS::URLSuffix" => "amazonaws.com",
        "AWS::StackName" => stackName,
        "AWS::StackId" => Account.Arn("cloudformation", $"stack/{stackName}/00000000-0000-4000-8000-000000000000"),
        "AWS::NotificationARNs" => new JsonArray(),
        _ => parameters.Find(name) ?? made.GetValueOrDefault(name) ?? Resource(name, intrinsics, path) switch
        {
            var (type, node) => ResourceTypes.Known[type].Ref(QualifiedName(name, type, node, intrinsics)),
        },
    };

    public string GetAtt(string name, string attribute, Intrinsics intrinsics, string path)
    {
        var (type, node) = Resource(name, intrinsics, path);
        if (made.TryGetValue($"{name}.{attribute}", out var known))
        {
            return known;
        }

        var attributes = ResourceTypes.Known[type].Attributes;
        if (attributes.TryGetValue(attribute, out var of))
        {
            return of(QualifiedName(name, type, node, intrinsics));
        }

        var all = attributes.Count == 0 ? "none" : string.Join(", ", attributes.Keys);
        throw new TemplateException(path, $"{type} has no attribute {attribute}; it has {all}");
    }

    /// <summary>The resource's own name: the one it is given, or a generated one.</summary>
    public string NameOf(string logicalId, string type, TemplateNode node, Intrinsics intrinsics)
    {
        if (ResourceTypes.Known[type].NameProperty is not { } property || node["Properties"][property] is not { IsAbsent: false } given)
        {
            return ResourceTypes.GeneratedName(stackName, logicalId);
        }

        if (!naming.Add(logicalId))
        {
            throw given.Wrong("the name refers to itself");
        }

        var name = intrinsics.Resolve(given).Required();
        naming.Remove(logicalId);
        return name;
    }

    private string QualifiedName(string logicalId, string type, TemplateNode node, Intrinsics intrinsics)
    {
        var name = type == ResourceTypes.Rule && node["Properties"]["RuleName"] is { IsAbsent: false } samName
            ? intrinsics.Resolve(samName).Required()
            : NameOf(logicalId, type, node, intrinsics);
        if (InfrastructureTypes.Versioned.Contains(type))
        {
            return $"{name}/{intrinsics.Resolve(node["Properties"]["Version"]).Required()}";
        }

        var bus = type == ResourceTypes.Rule ? intrinsics.Resolve(node["Properties"]["EventBusName"]).Text() : null;
        bus = bus?[(bus.LastIndexOf('/') + 1)..];
        return bus is null or EventBridge.EventBus.Default ? name : $"{bus}/{name}";
    }

    private (string Type, TemplateNode Node) Resource(string name, Intrinsics intrinsics, string path)
    {
        var resource = document["Resources"][name];
        if (!resource.IsAbsent)
        {
            if (resource["Condition"].Text() is { } condition && !intrinsics.Conditions.IsTrue(condition, resource["Condition"].Path))
            {
                throw new TemplateException(path, $"{name} is not made, because its condition {condition} is false");
            }

            return (resource["Type"].Required(), resource);
        }

        var functions = document["Resources"].Members().Where(member => member.Node["Type"].Text() == ResourceTypes.Function);
        foreach (var (logicalId, function) in functions)
        {
            if (name == logicalId + "Role" && function["Properties"]["Role"].IsAbsent)
            {
                return (ResourceTypes.Role, resource);
            }

            if (name.StartsWith(logicalId, StringComparison.Ordinal)
                && function["Properties"]["Events"][name[logicalId.Length..]] is { IsAbsent: false } made)
            {
                return (ResourceTypes.Rule, made);
            }
        }

        throw new TemplateException(path, $"there is no parameter or resource {name}");
    }
}
