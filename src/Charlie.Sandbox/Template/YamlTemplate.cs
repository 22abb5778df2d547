using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Charlie.Sandbox.Template;

/// <summary>Reads CloudFormation's YAML: version 1.1 with short forms of the functions, and without aliases and merge keys.</summary>
/// <remarks>Source of the rules: "CloudFormation template format" in the AWS CloudFormation user guide.</remarks>
internal sealed partial class YamlTemplate
{
    private const string Root = "Template";

    private readonly Parser parser;

    private YamlTemplate(TextReader text) => parser = new Parser(text);

    public static JsonNode? Read(string text)
    {
        using var reader = new StringReader(text);
        var template = new YamlTemplate(reader);
        try
        {
            return template.Document();
        }
        catch (YamlException broken)
        {
            // The scanner names the start of the text for a tab; what was read last is nearer.
            var last = template.parser.Current?.End ?? Mark.Empty;
            throw NotYaml(broken.Start.Index < last.Index ? last : broken.Start, broken.Message.TrimEnd('.'));
        }
        catch (InvalidOperationException)
        {
            // YamlDotNet's scanner ends like this in a flow collection that is not closed.
            throw NotYaml(template.parser.Current?.End ?? Mark.Empty, "the text after this place cannot be read");
        }
    }

    private JsonNode? Document()
    {
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _))
        {
            return null;
        }

        var root = Value(Root);
        parser.Consume<DocumentEnd>();
        return parser.Accept<DocumentStart>(out var second) ? throw Wrong(Root, second, "a template is one document") : root;
    }

    private JsonNode? Value(string path)
    {
        var next = parser.Consume<ParsingEvent>();
        if (next is not NodeEvent { Anchor.IsEmpty: true } node)
        {
            throw Wrong(path, next, "CloudFormation takes no anchors and aliases");
        }

        if (node.Tag.IsEmpty || node.Tag.IsNonSpecific)
        {
            return Untagged(path, node);
        }

        var tag = node.Tag.Value;
        if (!ShortForm().IsMatch(tag))
        {
            throw Wrong(path, node, $"{tag} is not the short form of a function");
        }

        var function = tag is "!Ref" or "!Condition" ? tag[1..] : $"Fn::{tag[1..]}";
        return new JsonObject { [function] = Argument(function, $"{path}.{function}", node) };
    }

    private JsonNode? Argument(string function, string path, NodeEvent node) => node switch
    {
        // The long form names the attribute apart; attributes have dots, logical ids have none.
        Scalar scalar when function == "Fn::GetAtt" => new JsonArray([.. scalar.Value.Split('.', 2).Select(part => (JsonNode)part)]),
        Scalar scalar => scalar.Value,
        _ => Untagged(path, node),
    };

    private JsonNode? Untagged(string path, NodeEvent node)
    {
        switch (node)
        {
            case MappingStart:
                var members = new JsonObject();
                while (!parser.TryConsume<MappingEnd>(out _))
                {
                    var name = Name(path, members);
                    members[name] = Value(path == Root ? name : $"{path}.{name}");
                }

                return members;
            case SequenceStart:
                var elements = new JsonArray();
                while (!parser.TryConsume<SequenceEnd>(out _))
                {
                    elements.Add(Value($"{path}[{elements.Count}]"));
                }

                return elements;
            default:
                return Plain(path, (Scalar)node);
        }
    }

    private string Name(string path, JsonObject members)
    {
        var key = parser.Consume<ParsingEvent>();
        if (key is not Scalar { Tag.IsEmpty: true, Anchor.IsEmpty: true } name || name.Value == "<<")
        {
            throw Wrong(path, key, "a name must be a text");
        }

        return members.ContainsKey(name.Value) ? throw Wrong(path, key, $"{name.Value} is given twice") : name.Value;
    }

    private static JsonNode? Plain(string path, Scalar scalar)
    {
        var text = scalar.Value;
        if (scalar.Style != ScalarStyle.Plain)
        {
            return text;
        }

        return text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" => true,
            "false" or "False" or "FALSE" => false,
            _ when Number().IsMatch(text) => JsonNode.Parse(text),
            _ when Surprise().IsMatch(text) => throw Wrong(path, scalar, $"YAML 1.1 reads {text} as another value; put it in quotes"),
            _ => text,
        };
    }

    private static TemplateException NotYaml(Mark mark, string problem) => new(Root, $"is not YAML: {Position(mark)}: {problem}");

    private static TemplateException Wrong(string path, ParsingEvent at, string problem) => new(path, $"{Position(at.Start)}: {problem}");

    private static string Position(Mark mark) => $"line {mark.Line}, column {mark.Column}";

    [GeneratedRegex(@"^![A-Za-z0-9]+\z")]
    private static partial Regex ShortForm();

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?\z")]
    private static partial Regex Number();

    /// <summary>Texts that YAML 1.1 takes for truth values, octal and other numbers, and times of day.</summary>
    [GeneratedRegex(
        """
        ^(y|n|yes|no|on|off                                     # truth values
        |[-+]?0x[0-9a-f_]+|[-+]?0b[01_]+                        # other bases
        |[-+]?[0-9][0-9_]*(\.[0-9_]*)?|[-+]?\.[0-9][0-9_]*      # octal, signed and grouped numbers
        |[-+]?[0-9]+(:[0-5]?[0-9])+                             # base 60
        |[-+]?\.inf|\.nan)\z
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Surprise();
}
