using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Charlie.Deploy.Tests;

/// <summary>
/// Whoever takes a value takes what the others take: what one lets in, another refuses only after the push. SettingsTests
/// ask the functions the same, PutImagePushedTests the script.
/// </summary>
public sealed class PatternTests
{
    private const string Gitlab = "infrastructure/gitlab.template";
    private const string Production = "infrastructure/production.template";
    private const string Serverless = "serverless.template";

    [Theory]
    [InlineData("app", Serverless, "App")]
    [InlineData("group", Serverless, "GroupName")]
    [InlineData("launchTemplate", Serverless, "LaunchTemplateId")]
    [InlineData("launchHook", Serverless, "LaunchHookName")]
    [InlineData("repository", Serverless, "ImageRepository")]
    [InlineData("projectUrl", Serverless, "ProjectUrl")]
    [InlineData("opsRole", Serverless, "OpsRoleArns")]
    [InlineData("healthPath", Serverless, "HealthPath")]
    [InlineData("healthPath", Production, "HealthPath")]
    [InlineData("eventBus", Serverless, "EventBusName")]
    [InlineData("eventBus", Gitlab, "EventBusName")]
    public void A_template_takes_what_the_functions_take(string value, string template, string parameter) =>
        Agrees(value, Parameter(template, parameter));

    [Fact]
    public void The_component_takes_what_the_functions_take() =>
        Agrees("app", (string)TemplateReader.Read(Repository.Read("templates/deploy.yml"))["spec"]!["inputs"]!["app"]!["regex"]!);

    /// <summary>Resources of the group's stack have the app's name in theirs, and AWS's names are shorter.</summary>
    [Fact]
    public void The_groups_stack_takes_no_app_that_the_others_refuse()
    {
        var pattern = Whole(Parameter(Production, "App"));
        Assert.Matches(pattern, "charlie");
        Assert.All(Patterns.Of("app", "refused"), name => Assert.DoesNotMatch(pattern, name));
    }

    /// <summary>
    /// Of the branches that Refresh takes, the role of the pipeline takes those that its trust policy can name: the policy is
    /// put together as a text, a dollar sign begins a variable of IAM's, and IAM takes characters up to U+00FF.
    /// </summary>
    [Fact]
    public void The_role_of_the_pipeline_takes_the_branches_that_its_policy_can_name()
    {
        var pattern = Whole(Parameter(Gitlab, "Branch"));
        Assert.All(RefNames.Of("refused"), name => Assert.DoesNotMatch(pattern, name));
        Assert.All(
            RefNames.Of("allowed"),
            name => Assert.True(pattern.IsMatch(name) == name.All(one => one is not ('"' or '$') && one <= '\u00ff'), $"'{name}'"));

        var policy = (string)TemplateReader.Read(Repository.Read(Gitlab))["Resources"]!["Role"]!["Properties"]!
            ["AssumeRolePolicyDocument"]!["Fn::Sub"]![0]!;
        Assert.All(RefNames.Of("allowed").Where(name => pattern.IsMatch(name)), name =>
        {
            var conditions = JsonNode.Parse(policy.Replace("${Branch}", name, StringComparison.Ordinal))!
                ["Statement"]![0]!["Condition"]!["StringEquals"]!.AsObject();
            Assert.EndsWith($":ref:{name}", (string)conditions["${Host}:sub"]!, StringComparison.Ordinal);
            Assert.Equal(2, conditions.Count);
        });
    }

    private static string Parameter(string template, string name) =>
        (string)TemplateReader.Read(Repository.Read(template))["Parameters"]![name]!["AllowedPattern"]!;

    private static void Agrees(string value, string pattern)
    {
        Assert.All(Patterns.Of(value, "allowed"), one => Assert.Matches(Whole(pattern), one));
        Assert.All(Patterns.Of(value, "refused"), one => Assert.DoesNotMatch(Whole(pattern), one));
    }

    // CloudFormation and GitLab match the whole value, and know no end of a line in it.
    private static Regex Whole(string pattern) => new($@"\A(?:{pattern.TrimStart('^').TrimEnd('$')})\z");
}
