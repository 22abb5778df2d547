using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Charlie.Deploy.Tests;

public sealed class ParameterTests
{
    /// <summary>CloudFormation's own rule for the two times that are bounded by nothing but the template.</summary>
    private const long MaxLambdaRunSeconds = 900;

    // The least of infrastructure/production.template's HookSeconds, and the most of its LockSeconds.
    private const long MinHookSeconds = 1800;
    private const long MaxLockSeconds = 300;

    public static TheoryData<string> Names => new(Template.Parameters.Select(parameter => parameter.Key));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_parameter_says_what_it_is_and_a_default_obeys_its_own_constraints(string name)
    {
        var parameter = Template.Parameters[name]!.AsObject();
        Assert.NotEmpty((string)parameter["Description"]!);
        var type = (string)parameter["Type"]!;
        if (type.Contains("AWS::", StringComparison.Ordinal))
        {
            return; // CloudFormation itself looks these up in the account.
        }

        Assert.NotEmpty((string)parameter["ConstraintDescription"]!);
        if (parameter["Default"]?.ToString() is not { } value)
        {
            return;
        }

        if (parameter["AllowedPattern"] is { } pattern)
        {
            Assert.Matches(new Regex((string)pattern!), value);
        }

        if (parameter["AllowedValues"] is JsonArray allowed)
        {
            Assert.Contains(value, allowed.Select(one => one!.ToString()));
        }

        if (type == "Number")
        {
            Assert.InRange(long.Parse(value, CultureInfo.InvariantCulture),
                Bound(name, "MinValue", long.MinValue), Bound(name, "MaxValue", long.MaxValue));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_parameter_is_used_and_grouped_and_told_of_in_the_docs_with_its_default(string name)
    {
        var references = Template.Descendants(Template.Root["Globals"]).Concat(Template.Descendants(Template.Resources))
            .Concat(Template.Descendants(Template.Root["Conditions"]))
            .Any(node => node is JsonObject o
                ? (string?)o["Ref"] == name
                : node is JsonValue && node.ToString().Contains($"${{{name}}}", StringComparison.Ordinal));
        Assert.True(references, $"{name} is referred to nowhere");

        var groups = Template.Root["Metadata"]!["AWS::CloudFormation::Interface"]!["ParameterGroups"]!.AsArray();
        Assert.Single(groups.SelectMany(group => Template.Strings(group!["Parameters"])), grouped => grouped == name);

        var row = Assert.Single(Repository.Read("docs/deploying.md").Split('\n'), line => line.StartsWith("| `", StringComparison.Ordinal)
            && line.Split('|')[1].Contains($"`{name}`", StringComparison.Ordinal) && line.Split('|').Length == 5);
        var documented = row.Split('|')[2].Trim();
        switch (Template.Parameters[name]!["Default"]?.ToString())
        {
            case null: Assert.Empty(documented); break;
            case "": Assert.Equal("empty", documented); break;
            case var value: Assert.Contains(value, documented.Replace("`", "", StringComparison.Ordinal).Split(", ")); break;
        }
    }

    [Theory]
    [InlineData("ImageRepository", "registry.gitlab.com/example/charlie",
        "registry.gitlab.com/example/charlie:main", "charlie", "r.io/a@sha256:0", "r.io/$(id)")]
    [InlineData("ProjectUrl", "https://gitlab.com/example/charlie",
        "http://gitlab.com/example/charlie", "https://gitlab.com/example/charlie/", "https://gitlab.com/a/b?c")]
    [InlineData("CiRoleArn", "arn:aws:iam::123456789012:role/path/charlie-ci",
        "*", "arn:aws:iam::123456789012:user/me", "arn:aws:iam::123456789012:role/*")]
    [InlineData("InstanceProfileRoleArn", "", "*", "arn:aws:iam::123456789012:role/*")]
    [InlineData("LaunchTemplateId", "lt-0123456789abcdef0", "lt-*", "charlie", "")]
    [InlineData("GroupName", "charlie", "*", "a b", "a/b", "")]
    [InlineData("EventBusName", "charlie", "default", "a b", "*", "")]
    [InlineData("HealthPath", "/health", "health", "/a?b", "/a b", "")]
    [InlineData("AlertKeyArn", "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab", "alias/aws/sns")]
    public void A_pattern_lets_the_good_one_in_and_keeps_the_others_out(string name, string good, params string[] bad)
    {
        var pattern = new Regex((string)Template.Parameters[name]!["AllowedPattern"]!);
        Assert.Matches(pattern, good);
        Assert.All(bad, value => Assert.DoesNotMatch(pattern, value));
    }

    /// <summary>A machine's boot, its lock, its app's start and the health time follow one another while the hook holds it.</summary>
    [Fact]
    public void The_greatest_times_of_one_machine_fit_in_the_hook()
    {
        string[] names = ["MachineDeadlineSeconds", "StartSeconds", "HealthDeadlineSeconds"];
        Assert.True(names.Sum(name => Bound(name, "MaxValue", long.MaxValue / 4)) + MaxLockSeconds <= MinHookSeconds);
        Assert.True(Bound("HealthDeadlineSeconds", "MaxValue", long.MaxValue) < Bound("DeploymentDeadlineSeconds", "MinValue", 0));
        Assert.Equal(MaxLambdaRunSeconds, (long)Template.Properties("Lifecycle")["Timeout"]!);
        var hook = (string)Template.Parameters["LaunchHookName"]!["Description"]!;
        Assert.Contains($"{MinHookSeconds} s or more", hook, StringComparison.Ordinal);
    }

    private static long Bound(string name, string bound, long none) => (long?)Template.Parameters[name]![bound] ?? none;
}
