using System.Text.Json.Nodes;

namespace Charlie.Deploy.Tests;

/// <summary>The policy of docs/security.md that keeps Charlie's records Charlie's, asked call by call.</summary>
public sealed class RecordTagPolicyTests
{
    private const string LaunchTemplate = "arn:aws:ec2:us-east-1:123456789012:launch-template/lt-0123456789abcdef0";

    private static readonly List<JsonNode> Statements =
    [
        .. JsonNode.Parse(Repository.Read("docs/security.md").Split("```json\n")[1].Split("```")[0])!["Statement"]!.AsArray()
            .Select(one => one!),
    ];

    [Theory]
    [InlineData("ec2:CreateTags", "charlie:rejected:1.2:0.0", "admin", true)]
    [InlineData("ec2:DeleteTags", "charlie:confirmed:1.2", "admin", true)]
    [InlineData("ec2:CreateTags", "charlie:stopped", "charlie-RefreshRole2", true)]
    [InlineData("ec2:CreateTags", "charlie:confirmed:1.2", "charlie-RefreshRole-ABC", false)]
    [InlineData("ec2:DeleteTags", "charlie:confirmed:1.2", "charlie-LifecycleRole-ABC", false)]
    [InlineData("ec2:CreateTags", "charlie:app-stopped-at", "charlie-production-InstanceRole-ABC", false)]
    [InlineData("ec2:CreateTags", "Name", "admin", false)]
    [InlineData("ec2:DescribeTags", "charlie:stopped", "admin", false)]
    public void Only_Charlie_writes_its_tags(string action, string key, string role, bool isDenied) => Assert.Equal(
        isDenied,
        PolicyEvaluator.Denies(Statements, new IamRequest(action, LaunchTemplate, ("aws:TagKeys", ["Name", key]), Principal(role))));

    [Fact]
    public void What_is_made_with_tags_is_made() => Assert.False(PolicyEvaluator.Denies(
        Statements,
        new IamRequest(
            "ec2:CreateTags", "arn:aws:ec2:us-east-1:123456789012:instance/i-1",
            ("aws:TagKeys", ["charlie:image"]), ("ec2:CreateAction", ["RunInstances"]), Principal("admin"))));

    /// <summary>A call without tags deletes all of them, and names no key.</summary>
    [Theory]
    [InlineData("ec2:DeleteTags", LaunchTemplate, true)]
    [InlineData("ec2:DeleteTags", "arn:aws:ec2:us-east-1:123456789012:volume/vol-1", false)]
    public void Nobody_deletes_all_tags_of_the_template(string action, string resource, bool isDenied) =>
        Assert.Equal(isDenied, PolicyEvaluator.Denies(Statements, new IamRequest(action, resource, Principal("admin"))));

    /// <summary>The exceptions are the roles that write such tags, by the names that CloudFormation gives them.</summary>
    [Fact]
    public void The_roles_of_the_policy_are_those_that_write_record_tags()
    {
        var named = Template.Strings(Statements[0]["Condition"]!["ArnNotLike"]!["aws:PrincipalArn"])
            .Select(arn => arn.Split("role/charlie-")[1].Replace("production-", "", StringComparison.Ordinal).Split('-')[0]);
        var functions = new ResolvedTemplate("serverless.template");
        var machines = new ResolvedTemplate("infrastructure/production.template");
        var writers = functions.Made.Where(id => functions.TypeOf(id) == "AWS::IAM::Role").Where(id => Writes(functions, id))
            .Concat(machines.Made.Where(id => machines.TypeOf(id) == "AWS::IAM::Role").Where(id => Writes(machines, id)));
        Assert.Equal(writers.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));

        static bool Writes(ResolvedTemplate template, string role) =>
            template.Statements(role).Any(one => Template.Strings(one["Action"]).Contains("ec2:CreateTags"));
    }

    private static (string, string[]) Principal(string role) => ("aws:PrincipalArn", [$"arn:aws:iam::123456789012:role/{role}"]);
}
