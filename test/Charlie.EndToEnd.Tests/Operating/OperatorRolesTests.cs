using System.Text.Json.Nodes;
using Charlie.Sandbox.Template;
using Charlie.Simulation.Production;

namespace Charlie.EndToEnd.Tests.Operating;

/// <summary>The bus's policy as CloudFormation resolves it: its conditions' values are flat lists, however many roles operate.</summary>
public sealed class OperatorRolesTests
{
    private static readonly string[] Roles =
    [
        "arn:aws:iam::123456789012:role/charlie-ops",
        "arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/sa-east-1/AWSReservedSSO_Ops_0123456789abcdef",
    ];

    [Theory]
    [InlineData("", 0)]
    [InlineData("cron(0 9 ? * MON-FRI *)", 1)]
    public void Every_operators_role_is_a_value_of_its_own(string window, int holders)
    {
        var statements = Read(window);
        Assert.Equal(Roles, Strings(statements["AllowOps"]["Principal"]!["AWS"]!));
        var allowed = PrincipalsOf(statements["DenyOpsSource"], "StringNotEquals");
        Assert.Equal(Roles, allowed[..2]);
        Assert.Equal(2 + holders, allowed.Count);
        Assert.Equal(5 + holders, PrincipalsOf(statements["DenyOthers"], "StringNotEquals").Count);
        Assert.Equal(Roles, PrincipalsOf(statements["DenyOtherSources"], "StringEquals")[1..]);
    }

    [Fact]
    public void The_pipelines_role_is_no_operators_role()
    {
        var error = Assert.Throws<TemplateException>(() => Read("", ciRole: Roles[1]));
        Assert.Contains("a pipeline must not be able to request a rollback", error.Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, JsonObject> Read(string window, string? ciRole = null)
    {
        var parameters = StackParameters.Of(
            "lt-0123456789abcdef0", BotImage.Repository, "Replace", new Dictionary<string, string> { ["HoldSchedule"] = window });
        parameters["OpsRoleArns"] = string.Join(", ", Roles);
        parameters["CiRoleArn"] = ciRole ?? parameters["CiRoleArn"];
        return TemplateDocument.Parse(File.ReadAllText(Path.Combine(Golden.Root(), "serverless.template")))
            .Resolve("charlie", parameters)
            .BusStatements.ToDictionary(one => (string)one.Statement["Sid"]!, one => one.Statement);
    }

    private static List<string> PrincipalsOf(JsonObject statement, string condition) =>
        Strings(statement["Condition"]![condition]!["aws:PrincipalArn"]!);

    private static List<string> Strings(JsonNode list) => [.. list.AsArray().Select(one => (string)one!)];
}
