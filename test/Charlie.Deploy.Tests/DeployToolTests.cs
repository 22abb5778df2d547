using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Charlie.Deploy.Tests;

/// <summary>
/// What <c>dotnet lambda deploy-serverless</c> (Amazon.Lambda.Tools 6.0.6) does to the template before it hands it to CloudFormation:
/// YamlTemplateParser.cs and UpdatableResource.cs of aws/aws-extensions-for-dotnet-cli.
/// </summary>
public sealed class DeployToolTests
{
    private const string Uploaded = "s3://bucket/charlie/charlie-lambdas.zip";

    private static readonly string Text = Repository.Read("serverless.template");

    [Fact]
    public void Tool_changes_CodeUri_of_every_function_and_nothing_else()
    {
        var expected = TemplateReader.Read(Text);
        foreach (var function in (string[])["Refresh", "Lifecycle", "Notify", "GitLab"])
        {
            Assert.Equal("./src/Charlie.Lambdas", (string?)expected["Resources"]![function]!["Properties"]!["CodeUri"]);
            expected["Resources"]![function]!["Properties"]!["CodeUri"] = Uploaded;
        }

        var saved = TemplateReader.Read(Saved());

        Assert.True(JsonNode.DeepEquals(expected, saved), saved.ToJsonString());
    }

    [Fact]
    public async Task Template_that_the_tool_saved_passes_the_lint()
    {
        var folder = Directory.CreateTempSubdirectory("charlie-saved-").FullName;
        var path = Path.Combine(folder, "saved.template");
        await File.WriteAllTextAsync(path, Saved(), TestContext.Current.CancellationToken);

        var ran = await Repository.Run("cfn-lint", [path]);

        Directory.Delete(folder, recursive: true);
        Assert.Equal(new Ran(0, "", ""), ran);
    }

    /// <summary>The tool reads with YamlDotNet 5.2.1, which throws <c>find unexpected ':'</c> where newer versions do not.</summary>
    [Fact]
    public void Text_with_a_colon_is_quoted_inside_brackets_and_braces()
    {
        using var reader = new StringReader(Text);
        var parser = new Parser(reader);
        var collections = new Stack<bool>([false]);
        while (parser.MoveNext())
        {
            switch (parser.Current)
            {
                case MappingStart mapping:
                    collections.Push(mapping.Style == MappingStyle.Flow);
                    break;
                case SequenceStart sequence:
                    collections.Push(sequence.Style == SequenceStyle.Flow);
                    break;
                case MappingEnd or SequenceEnd:
                    collections.Pop();
                    break;
                case Scalar { Style: ScalarStyle.Plain } scalar when collections.Peek():
                    Assert.False(scalar.Value.Contains(':', StringComparison.Ordinal), $"line {scalar.Start.Line}: {scalar.Value}");
                    break;
                default:
                    break;
            }
        }
    }

    private static string Saved()
    {
        var template = TemplateReader.Load(Text);
        foreach (var (_, resource) in (YamlMappingNode)template.Documents[0].RootNode["Resources"])
        {
            // The tool takes both members of every resource for granted.
            var type = ((YamlScalarNode)resource["Type"]).Value;
            var properties = (YamlMappingNode)resource["Properties"];
            if (type == "AWS::Serverless::Function")
            {
                properties.Children.Remove("CodeUri");
                properties.Children.Add("CodeUri", new YamlScalarNode(Uploaded));
            }
        }

        using var writer = new StringWriter();
        template.Save(writer, assignAnchors: false);
        return writer.ToString();
    }
}
