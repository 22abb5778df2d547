using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Charlie.Deploy.Tests;

/// <summary><c>infrastructure/production.template</c> against the scripts of the machine and the times of both stacks.</summary>
public sealed partial class MachineTemplateTests
{
    // The longest machine deadline and the longest health deadline that serverless.template may allow, in seconds.
    private const int LongestOfLifecycle = 600 + 600;

    private static readonly JsonObject Root = TemplateReader.Read(Repository.Read("infrastructure/production.template"));

    private static JsonNode Properties(string resource) => Root["Resources"]![resource]!["Properties"]!;

    [Fact]
    public void The_machines_settings_are_those_that_the_scripts_and_the_docs_know()
    {
        var text = (string)Properties("MachineSettings")["Value"]!["Fn::Sub"]![0]!;
        var json = JsonDocument.Parse(Reference().Replace(text, name => name.Value is "${Singleton}" ? "true" : "1"));
        var keys = json.RootElement.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal).ToList();

        Assert.Equal(Names(Repository.Read("instance/lib/settings.sh"), @"^#   CHARLIE_[A-Z_]+ +\[(\w+)\]"), keys);
        Assert.Equal(Names(Repository.Read("docs/machine.md"), @"^\| `(\w+)` \| .* \| .* \|$"), keys);
        Assert.Equal(Names(Repository.Read("instance/lib/settings.sh"), @"^      (\w+)\) CHARLIE_"), keys);
        Assert.Equal("/charlie/${App}/machine", (string)Properties("MachineSettings")["Name"]!["Fn::Sub"]!);
    }

    /// <summary>What is in a version stays as it was; only where the machine listens may be.</summary>
    [Fact]
    public void The_launch_template_freezes_no_setting_that_a_stack_update_changes()
    {
        var data = Properties("LaunchTemplate")["LaunchTemplateData"]!;
        var user = (string)data["UserData"]!["Fn::Base64"]!["Fn::Sub"]!;

        Assert.Equal(
            ["APP_HEALTH", "APP_PORT", "HEALTH_PATH", "LISTEN", "PARAMETER", "TRAFFIC"], Names(user, @"^ +CHARLIE_([A-Z_]+)="));
        var keys = data["TagSpecifications"]![0]!["Tags"]!.AsArray().Select(tag => (string)tag!["Key"]!);
        Assert.Equal(["Name", "charlie:image", "charlie:app"], keys);
    }

    [Fact]
    public void A_machine_may_write_two_tags_on_itself_and_read_one_parameter()
    {
        var statements = Properties("InstanceRole")["Policies"]![0]!["PolicyDocument"]!["Statement"]!.AsArray()
            .Select(one => one!["Fn::If"] is JsonArray choice ? choice[1]! : one).ToList();
        var tags = Assert.Single(statements, one => Template.Strings(one["Action"]).Contains("ec2:CreateTags"));
        var condition = tags["Condition"]!.AsObject();
        Assert.Equal(3, condition.Count);
        Assert.Equal("*:${ec2:InstanceID}", (string)condition["StringLike"]!["aws:userid"]!);
        Assert.Equal(
            ["charlie:app-started-at", "charlie:app-stopped-at"],
            Template.Strings(condition["ForAllValues:StringEquals"]!["aws:TagKeys"]));
        Assert.Equal("false", (string)condition["Null"]!["aws:TagKeys"]!);
        var parameter = Assert.Single(statements, one => Template.Strings(one["Action"]).Contains("ssm:GetParameter"));
        Assert.EndsWith(":parameter/charlie/${App}/machine", (string)parameter["Resource"]!["Fn::Sub"]!, StringComparison.Ordinal);
        Assert.All(
            statements,
            one => Assert.DoesNotContain(Template.Strings(one["Action"]), action => action.Contains('*', StringComparison.Ordinal)));
    }

    [Fact]
    public void Only_Lifecycle_reaches_the_health_port()
    {
        var ingress = Properties("InstanceSecurityGroup")["SecurityGroupIngress"]!.AsArray()
            .Select(one => one!["Fn::If"] is JsonArray choice ? choice[1]! : one).ToList();

        Assert.Equal(
            [("HealthPort", "LifecycleSecurityGroup"), ("TrafficPort", "BalancerSecurityGroup")],
            ingress.Select(one => ((string)one["FromPort"]!["Ref"]!, (string)one["SourceSecurityGroupId"]!["Ref"]!)));
        Assert.All(ingress, one => Assert.Equal(one["FromPort"]!.ToJsonString(), one["ToPort"]!.ToJsonString()));
        Assert.Equal("TrafficPort", (string)Properties("TargetGroup")["Port"]!["Ref"]!);
    }

    /// <summary>CloudFormation cannot compare numbers, so the ranges leave no values that do not fit.</summary>
    [Fact]
    public void The_times_of_one_machine_fit_into_its_hook()
    {
        Assert.True(Bound("LockSeconds", "Max") + Bound("StartSeconds", "Max") + LongestOfLifecycle <= Bound("HookSeconds", "Min"));
        Assert.Equal((1800, 240, 60), (Default("HookSeconds"), Default("LockSeconds"), Default("StartSeconds")));
        Assert.Equal("HookSeconds", (string)Properties("Group")["LifecycleHookSpecificationList"]![0]!["HeartbeatTimeout"]!["Ref"]!);

        static int Bound(string name, string which) => (int)Root["Parameters"]![name]![$"{which}Value"]!;
        static int Default(string name) => (int)Root["Parameters"]![name]!["Default"]!;
    }

    [Fact]
    public void A_stack_update_leaves_the_sizes_alone_that_it_does_not_change() => Assert.Equal(
        """{"AutoScalingScheduledAction":{"IgnoreUnmodifiedGroupSizeProperties":true}}""",
        Root["Resources"]!["Group"]!["UpdatePolicy"]!.ToJsonString());

    [Theory]
    [InlineData("OpenSchedule", "30 9 * * 1-5", true)]
    [InlineData("CloseSchedule", "0,30 18-20 1-31/2 */3 0", true)]
    [InlineData("OpenSchedule", "", true)]
    [InlineData("OpenSchedule", "30 9 * *", false)]
    [InlineData("CloseSchedule", "cron(30 9 * * 1-5)", false)]
    [InlineData("CloseSchedule", "30 9 ? * MON-FRI", false)]
    [InlineData("MarketTimeZone", "America/Argentina/Buenos_Aires", true)]
    [InlineData("MarketTimeZone", "", false)]
    public void Market_hours_take_a_cron_of_five_numeric_fields(string name, string value, bool taken) =>
        Assert.Equal(taken, Regex.IsMatch(value, (string)Root["Parameters"]![name]!["AllowedPattern"]!));

    [Fact]
    public void The_group_has_no_market_hours_unless_both_schedules_are_given()
    {
        Assert.All(new[] { "OpenSchedule", "CloseSchedule" }, name => Assert.Empty((string)Root["Parameters"]![name]!["Default"]!));
        var actions = Root["Resources"]!.AsObject()
            .Where(one => (string)one.Value!["Type"]! == "AWS::AutoScaling::ScheduledAction").ToList();
        Assert.Equal(["OpenAction", "CloseAction"], actions.Select(one => one.Key));
        Assert.All(actions, one => Assert.Equal("HasMarketHours", (string)one.Value!["Condition"]!));
        Assert.All(actions, one => Assert.Equal("Group", (string)one.Value!["Properties"]!["AutoScalingGroupName"]!["Ref"]!));
    }

    /// <summary>What opens the group gives it the sizes that the stack gave it; the sandbox plays both in its own tests.</summary>
    [Fact]
    public void Opening_sets_the_sizes_of_the_stack_and_closing_the_capacity_0()
    {
        var (group, open, close) = (Properties("Group"), Properties("OpenAction"), Properties("CloseAction"));
        Assert.Equal(group["MaxSize"]!.ToJsonString().Replace("\"2\"", "2", StringComparison.Ordinal), open["MaxSize"]!.ToJsonString());
        Assert.Equal(group["DesiredCapacity"]!.ToJsonString(), open["DesiredCapacity"]!.ToJsonString());
        Assert.Equal(group["MinSize"]!.ToJsonString().Replace("\"1\"", "1", StringComparison.Ordinal), open["MinSize"]!.ToJsonString());
        Assert.Equal(("0", "0"), (close["MinSize"]!.ToString(), close["DesiredCapacity"]!.ToString()));
        Assert.Null(close["MaxSize"]);
    }

    [Fact]
    public void The_documentation_names_every_parameter_of_the_market_hours_with_the_default_of_its_zone()
    {
        var section = Repository.Read("docs/deploying.md").Split("### Market hours")[1].Split("\n## ")[0];
        Assert.All(
            new[] { "OpenSchedule", "CloseSchedule", "MarketTimeZone" },
            name => Assert.Contains(name, section, StringComparison.Ordinal));
        Assert.Contains((string)Root["Parameters"]!["MarketTimeZone"]!["Default"]!, section, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Names(string text, string pattern) =>
        Regex.Matches(text, pattern, RegexOptions.Multiline).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\$\{\w+\}")]
    private static partial Regex Reference();
}
