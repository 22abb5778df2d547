using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Charlie.Deploy.Tests;

/// <summary>Reads a YAML template as JSON with the long forms of the functions, independently of the sandbox's reader.</summary>
internal static class TemplateReader
{
    public static YamlStream Load(string text)
    {
        var stream = new YamlStream();
        using var reader = new StringReader(text);
        stream.Load(reader);
        return stream;
    }

    public static JsonObject Read(string text) => Value(Load(text).Documents[0].RootNode)!.AsObject();

    private static JsonNode? Value(YamlNode node)
    {
        if (node.Tag.IsEmpty || node.Tag.IsNonSpecific)
        {
            return Untagged(node);
        }

        var name = node.Tag.Value.TrimStart('!');
        return name switch
        {
            "Ref" or "Condition" => new JsonObject { [name] = ((YamlScalarNode)node).Value },
            "GetAtt" => new JsonObject
            {
                ["Fn::GetAtt"] =
                new JsonArray([.. node.ToString().Split('.', 2).Select(part => (JsonNode)part)])
            },
            _ => new JsonObject { [$"Fn::{name}"] = node is YamlScalarNode scalar ? scalar.Value : Untagged(node) },
        };
    }

    private static JsonNode? Untagged(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Select(member =>
            KeyValuePair.Create(member.Key.ToString(), Value(member.Value)))),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Select(Value)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" or "false" } scalar => scalar.Value == "true",
        YamlScalarNode { Style: ScalarStyle.Plain } scalar when scalar.Value!.All(char.IsAsciiDigit) => JsonNode.Parse(scalar.Value!),
        YamlScalarNode scalar => scalar.Value,
        _ => throw new InvalidDataException($"{node.Start}: {node.NodeType}"),
    };
}
