using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Charlie.Deploy.Tests;

public sealed partial class PermissionTests
{
    private static readonly string[] Refresh =
    [
        "autoscaling:CancelInstanceRefresh", "autoscaling:DescribeAutoScalingGroups", "autoscaling:DescribeInstanceRefreshes",
        "autoscaling:ResumeProcesses", "autoscaling:RollbackInstanceRefresh", "autoscaling:StartInstanceRefresh",
        "autoscaling:DescribeScheduledActions", "autoscaling:SetInstanceProtection", "autoscaling:SuspendProcesses",
        "autoscaling:TerminateInstanceInAutoScalingGroup", "autoscaling:UpdateAutoScalingGroup", "ec2:CreateLaunchTemplateVersion",
        "ec2:CreateTags", "ec2:DeleteLaunchTemplateVersions",
        "ec2:DeleteTags", "ec2:DescribeInstances", "ec2:DescribeLaunchTemplateVersions", "ec2:DescribeLaunchTemplates", "ec2:RunInstances",
        "events:PutEvents", "iam:PassRole", "logs:CreateLogStream", "logs:PutLogEvents", "sqs:SendMessage",
    ];

    private const string Window =
        """{"Fn::If":["HoldsOnSchedule",{"Fn::GetAtt":["HoldRole","Arn"]},{"Ref":"AWS::NoValue"}]}""";

    // A condition takes no list within a list.
    private static readonly string Operators = $$"""{"Fn::Join":["|",{{Template.Ref("OpsRoleArns")}}]}""";

    private static readonly string[] Lifecycle =
        [
            .. Refresh.Except(
            [
                "autoscaling:DescribeScheduledActions", "autoscaling:ResumeProcesses", "autoscaling:StartInstanceRefresh", "autoscaling:SuspendProcesses",
                "ec2:CreateLaunchTemplateVersion", "ec2:DeleteLaunchTemplateVersions",
            ]),
            "autoscaling:CompleteLifecycleAction", "autoscaling:DescribeScalingActivities",
        ];

    public static TheoryData<string, string[]> Roles => new() { { "RefreshRole", Refresh }, { "LifecycleRole", Lifecycle } };

    /// <summary>The function that publishes the alerts: nothing else, and on nothing else.</summary>
    [Fact]
    public void Notify_publishes_to_its_topics_and_does_nothing_else()
    {
        Assert.Equal(
            [
                ("logs:CreateLogStream logs:PutLogEvents", Template.GetAtt("NotifyLogs", "Arn")),
                ("sqs:SendMessage", Template.GetAtt("DeadLetterQueue", "Arn")),
                ("sns:Publish", """[{"Ref":"AlertTopic"},{"Fn::If":["TellsChat",{"Ref":"ChatTopic"},{"Ref":"AWS::NoValue"}]}]"""),
                ("kms:Decrypt kms:GenerateDataKey", Template.Ref("AlertKeyArn")),
            ],
            Template.RoleStatements("NotifyRole")
                .Select(statement => (string.Join(' ', Template.Strings(statement["Action"])), statement["Resource"]!.ToJsonString())));
        Assert.All(Template.RoleStatements("NotifyRole"), statement => Assert.Equal("Allow", (string)statement["Effect"]!));
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public void A_role_may_do_what_its_function_calls_and_no_more(string role, string[] actions)
        => Assert.Equal(
            actions.Order(StringComparer.Ordinal),
            Allowed(role).SelectMany(statement => Template.Strings(statement["Action"])).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Roles))]
    public void What_a_role_may_change_is_scoped(string role, string[] _)
        => Assert.All(Allowed(role), statement =>
        {
            var actions = Template.Strings(statement["Action"]).ToList();
            Assert.DoesNotContain(actions, action => action.Contains('*', StringComparison.Ordinal));
            if (!actions.All(action => ReadAction().IsMatch(action)))
            {
                Assert.True(
                    statement["Resource"]!.ToJsonString() != "\"*\"" || statement["Condition"] is not null,
                    $"{statement["Sid"]} is scoped by nothing");
            }
        });

    [Theory]
    [MemberData(nameof(Roles))]
    public void Tags_and_launches_are_held_to_the_template_the_group_and_our_own_keys(string role, string[] _)
    {
        foreach (var statement in Allowed(role).Where(s => Template.Strings(s["Action"]).Contains("ec2:CreateTags")))
        {
            var condition = statement["Condition"]!.ToJsonString();
            Assert.True(
                condition.Contains("\"aws:TagKeys\":\"charlie:", StringComparison.Ordinal)
                    || condition == """{"StringEquals":{"ec2:CreateAction":"RunInstances"}}""",
                condition);
        }

        Assert.All(Allowed(role).Where(s => Template.Strings(s["Action"]).Contains("ec2:RunInstances")), launch => Assert.Contains(
            "launch-template/${LaunchTemplateId}",
            launch["Condition"]!["ArnEquals"]!["ec2:LaunchTemplate"]!.ToJsonString(),
            StringComparison.Ordinal));
        var pass = Assert.Single(Allowed(role), s => Template.Strings(s["Action"]).Contains("iam:PassRole"));
        Assert.Equal(Template.Ref("InstanceProfileRoleArn"), pass["Resource"]!.ToJsonString());
    }

    /// <summary>OperatingTests compares these with the calls that the command makes.</summary>
    [Fact]
    public void Operators_may_read_and_put_requests_and_nothing_else()
    {
        var document = Template.Properties("CharlieOperator")["PolicyDocument"]!;
        var statements = document["Statement"]!.AsArray().Select(one => WhereItIs(one!)).ToList();
        Assert.All(statements, statement => Assert.Equal("Allow", (string)statement["Effect"]!));
        var actions = statements.SelectMany(statement => Template.Strings(statement["Action"])).ToList();
        string[] others =
        [
            "events:ListRules", "events:ListTargetsByRule", "sns:ListSubscriptionsByTopic", "logs:FilterLogEvents",
            "sqs:GetQueueAttributes",
        ];
        Assert.Equal(
            ["ssm:GetParameter", "iam:SimulatePrincipalPolicy", .. others, "events:PutEvents"],
            actions.Where(action => !ReadAction().IsMatch(action)));
        Assert.Equal(
            ["ReadRecordsAndGroup"],
            statements.Where(one => one["Resource"]!.ToJsonString() == "\"*\"").Select(one => (string)one["Sid"]!));
        var parameter = Assert.Single(statements, statement => (string)statement["Sid"]! == "FindTheStack");
        Assert.Equal(
            ["stack", "machine"],
            parameter["Resource"]!.AsArray().Select(one => ((string)one!["Fn::Sub"]!).Split("parameter/charlie/${App}/")[1]));
        var asked = Assert.Single(statements, statement => (string)statement["Sid"]! == "AskWhatMachinesMayRead");
        Assert.Equal(Template.Ref("InstanceProfileRoleArn"), asked["Resource"]!.ToJsonString());
        var put = Assert.Single(statements, statement => (string)statement["Sid"]! == "PutRequests");
        Assert.Equal(Template.GetAtt("EventBus", "Arn"), put["Resource"]!.ToJsonString());
        Assert.Equal("""{"StringEquals":{"events:source":"charlie.ops"}}""", put["Condition"]!.ToJsonString());
    }

    [Theory]
    [InlineData("charlie.ci", "CiRoleArn")]
    [InlineData("charlie.ops", "OpsRoleArns")]
    public void Only_its_own_roles_put_a_source(string source, string role)
    {
        var named = $"\"events:source\":\"{source}\"";
        var statements = Bus().Where(s => s["Condition"]!.ToJsonString().Contains(named, StringComparison.Ordinal)).ToList();
        var allow = Assert.Single(statements, s => (string)s["Effect"]! == "Allow");
        Assert.Equal(Template.Ref(role), allow["Principal"]!["AWS"]!.ToJsonString());
        // An absent key satisfies ForAllValues; the Null test closes that door.
        Assert.Equal("""{"events:source":"false"}""", allow["Condition"]!["Null"]!.ToJsonString());

        var deny = Assert.Single(statements, s => (string)s["Effect"]! == "Deny");
        Assert.Equal("*", (string)deny["Principal"]!);
        Assert.Equal(source, (string)deny["Condition"]!["ForAnyValue:StringEquals"]!["events:source"]!);
        Assert.Equal(
            source == "charlie.ops" ? OneList(Operators, Window) : Template.Ref(role),
            deny["Condition"]!["StringNotEquals"]!["aws:PrincipalArn"]!.ToJsonString());
    }

    [Fact]
    public void No_one_puts_anything_but_the_two_senders_and_the_functions()
    {
        var deny = Assert.Single(Bus(), s => s["Condition"]!["ForAnyValue:StringEquals"] is null && (string)s["Effect"]! == "Deny"
            && s["Condition"]!["StringNotEquals"] is not null);
        Assert.Equal("Deny", (string)deny["Effect"]!);
        Assert.Equal(
            OneList(
                Template.Ref("CiRoleArn"),
                Operators,
                Template.GetAtt("RefreshRole", "Arn"),
                Template.GetAtt("LifecycleRole", "Arn"),
                Window),
            deny["Condition"]!["StringNotEquals"]!["aws:PrincipalArn"]!.ToJsonString());
        Assert.Single(deny["Condition"]!.AsObject());
    }

    [Fact]
    public void Neither_sender_puts_anything_else()
    {
        var deny = Assert.Single(Bus(), s => s["Condition"]!["ForAnyValue:StringNotEquals"] is not null);
        Assert.Equal(
            """{"events:source":["charlie.ci","charlie.ops"]}""", deny["Condition"]!["ForAnyValue:StringNotEquals"]!.ToJsonString());
        Assert.Equal(
            OneList(Template.Ref("CiRoleArn"), Operators), deny["Condition"]!["StringEquals"]!["aws:PrincipalArn"]!.ToJsonString());
    }

    /// <summary>The schedule's role may put one kind of event, and keep what it could not put.</summary>
    [Fact]
    public void The_deploy_window_requests_holds_and_nothing_else()
    {
        var statements = Template.Properties("HoldRole")["Policies"]![0]!["PolicyDocument"]!["Statement"]!.AsArray();
        Assert.Equal(["events:PutEvents", "sqs:SendMessage"], statements.Select(statement => (string)statement!["Action"]!));
        Assert.Equal(
            """{"StringEquals":{"events:source":"charlie.ops","events:detail-type":"Hold Requested"}}""",
            statements[0]!["Condition"]!.ToJsonString());
        Assert.Equal(
            [Template.GetAtt("EventBus", "Arn"), Template.GetAtt("DeadLetterQueue", "Arn")],
            statements.Select(statement => statement!["Resource"]!.ToJsonString()));
        Assert.All(
            new[] { "HoldRole", "HoldWindow" }, id => Assert.Equal("HoldsOnSchedule", (string)Template.Resources[id]!["Condition"]!));
    }

    [Fact]
    public void The_statements_of_the_bus_are_written_one_after_the_other()
    {
        var policies = Template.OfType("AWS::Events::EventBusPolicy").Select(policy => policy.Id).ToList();
        Assert.All(policies.Zip(policies.Skip(1)),
            pair => Assert.Equal(pair.First, (string)Template.Resources[pair.Second]!["DependsOn"]!));
    }

    [Fact]
    public void The_alarms_may_publish_to_the_topic_and_strangers_may_not()
    {
        var statements = Template.Properties("AlertTopicPolicy")["PolicyDocument"]!["Statement"]!.AsArray();
        Assert.Equal(
            ["cloudwatch.amazonaws.com"],
            statements.Select(statement => (string)statement!["Principal"]!["Service"]!));
        Assert.All(statements, statement => Assert.Equal("sns:Publish", (string)statement!["Action"]!));
        Assert.All(
            Template.OfType("AWS::CloudWatch::Alarm"),
            alarm => Assert.Equal("""[{"Ref":"AlertTopic"}]""", alarm.Properties["AlarmActions"]!.ToJsonString()));
    }

    [Fact]
    public void Each_function_has_an_alarm_for_all_that_can_go_wrong_unseen()
    {
        var alarms = Template.OfType("AWS::CloudWatch::Alarm")
            .Select(alarm => $"{alarm.Properties["MetricName"]} {alarm.Properties["Dimensions"]![0]!["Value"]!.ToJsonString()}").ToList();
        var metrics = (string[])["Errors", "Throttles", "DestinationDeliveryFailures", "Invocations"];
        var expected = from function in (string[])["Refresh", "Lifecycle"]
                       from metric in metrics
                       select $"{metric} {Template.Ref(function)}";

        // Notify has no schedule and no destination; what it gives up is in the queue.
        expected = expected.Concat(metrics[..2].Select(metric => $"{metric} {Template.Ref("Notify")}"));
        var queue = $"ApproximateNumberOfMessagesVisible {Template.GetAtt("DeadLetterQueue", "QueueName")}";
        Assert.Equal(expected.Prepend(queue).Order(), alarms.Order());
    }

    private static string OneList(params string[] arns) =>
        $$"""{"Fn::Split":["|",{"Fn::Join":["|",[{{string.Join(',', arns)}}]]}]}""";

    // A statement may be there on a condition only.
    private static JsonObject WhereItIs(JsonNode statement) => (statement["Fn::If"]?[1] ?? statement).AsObject();

    private static IEnumerable<JsonObject> Allowed(string role) =>
        Template.RoleStatements(role).Where(s => (string)s["Effect"]! == "Allow");

    private static IEnumerable<JsonObject> Bus() =>
        Template.OfType("AWS::Events::EventBusPolicy").Select(policy => policy.Properties["Statement"]!.AsObject());

    [GeneratedRegex("^[a-z0-9]+:Describe")]
    private static partial Regex ReadAction();
}
