using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Charlie.Deploy.Tests;

public sealed partial class RuleTests
{
    [Fact]
    public void Each_event_goes_to_the_function_that_the_design_names()
    {
        const string Failure = "Lambda Function Invocation Result - Failure";
        const string Success = "Lambda Function Invocation Result - Success";
        var routes = from e in Template.FunctionEvents()
                     let bus = e.Properties["EventBusName"] is null ? "default" : "charlie"
                     let pattern = e.Properties["Pattern"]
                     let detail = pattern is null ? (string?)e.Properties["Schedule"] : pattern["detail"]?.ToJsonString()
                     let names = Template.Strings(pattern?["source"]).Concat(Template.Strings(pattern?["detail-type"]))
                     select (e.Function, bus, string.Join(", ", names), detail);
        Assert.Equal(
            [
                ("Refresh", "charlie", "charlie.ci, Image Pushed", null),
                ("Refresh", "charlie", "charlie.ops", null),
                (
                    "Refresh",
                    "charlie",
                    $"lambda, {Failure}",
                    Result("Refresh", ""","requestPayload":{"source":["charlie.ci","charlie.ops","aws.cloudwatch","lambda"]}""")),
                (
                    "Refresh",
                    "default",
                    "aws.autoscaling, EC2 Auto Scaling Instance Refresh Succeeded, EC2 Auto Scaling Instance Refresh Failed, "
                        + "EC2 Auto Scaling Instance Refresh Cancelled, EC2 Auto Scaling Instance Refresh Rollback Succeeded, "
                        + "EC2 Auto Scaling Instance Refresh Rollback Failed",
                    """{"AutoScalingGroupName":[{"Ref":"GroupName"}]}"""),
                (
                    "Refresh",
                    "default",
                    "aws.cloudwatch, CloudWatch Alarm State Change",
                    """{"alarmName":{"Ref":"BakeAlarms"},"state":{"value":["ALARM"]}}"""),
                ("Refresh", "default", "", "rate(1 minute)"),
                (
                    "Lifecycle",
                    "default",
                    "aws.autoscaling, EC2 Instance-launch Lifecycle Action",
                    """{"AutoScalingGroupName":[{"Ref":"GroupName"}],"LifecycleHookName":[{"Ref":"LaunchHookName"}]}"""),
                (
                    "Lifecycle",
                    "charlie",
                    $"lambda, {Success}",
                    Result("Lifecycle", ""","responsePayload":{"outcome":["Confirmed","RolledBack"]}""")),
                ("Lifecycle", "default", "", "rate(1 minute)"),
                (
                    "GitLab",
                    "charlie",
                    $"lambda, {Success}",
                    Result(
                        "Refresh",
                        ""","responsePayload":{"outcome":["Confirmed","RolledBack","Failed","Rejected","Stale","Started","AlreadyCurrent"]}""",
                        "Lifecycle")),
            ],
            routes);
        Assert.All(
            Template.FunctionEvents().Select(e => e.Properties["Pattern"]?.AsObject()).OfType<JsonObject>(),
            pattern => Assert.Empty(pattern.Select(member => member.Key).Except(["source", "detail-type", "detail"])));

        static string Result(string function, string payload, string? other = null)
        {
            var arns = ((string?[])[function, other]).OfType<string>().Select(name =>
                """{"Fn::Join":[":",[{"Fn::GetAtt":["?","Arn"]},"$LATEST"]]}""".Replace("?", name, StringComparison.Ordinal));
            return """{"requestContext":{"functionArn":[""" + string.Join(',', arns) + "]}" + payload + "}";
        }
    }

    [Fact]
    public void A_sweep_arrives_as_a_real_scheduled_event()
        => Assert.All(
            Template.FunctionEvents().Where(e => e.Type == "Schedule"),
            e => Assert.DoesNotContain(e.Properties, property => property.Key is "Input" or "InputPath" or "InputTransformer"));

    [Fact]
    public void Every_delivery_is_retried_and_kept_when_it_fails()
    {
        var functions = Template.FunctionEvents().Select(e => e.Properties);
        var alerts = Template.OfType("AWS::Events::Rule")
            .SelectMany(rule => rule.Properties["Targets"]!.AsArray()).Select(target => target!.AsObject());
        Assert.All(functions.Concat(alerts), delivery =>
        {
            Assert.InRange((int)delivery["RetryPolicy"]!["MaximumRetryAttempts"]!, 1, 185);
            Assert.InRange((int)delivery["RetryPolicy"]!["MaximumEventAgeInSeconds"]!, 60, 86400);
            Assert.Equal(Template.GetAtt("DeadLetterQueue", "Arn"), delivery["DeadLetterConfig"]!["Arn"]!.ToJsonString());
        });
    }

    /// <summary>EventBridge's own rule: a pattern's leaves are arrays; here each holds exact values only.</summary>
    [Fact]
    public void Every_pattern_has_arrays_of_exact_values_at_its_leaves()
    {
        var patterns = Template.FunctionEvents().Select(e => e.Properties["Pattern"])
            .Concat(Template.OfType("AWS::Events::Rule").Select(rule => rule.Properties["EventPattern"]))
            .OfType<JsonObject>();
        Assert.All(patterns, AssertPattern);
    }

    [Fact]
    public void People_hear_of_every_outcome_they_care_about_and_of_failed_functions()
    {
        var alerts = Alerts().Select(rule => rule.Properties["EventPattern"]!).ToList();
        Assert.All(alerts, pattern =>
        {
            Assert.Equal(["lambda"], Template.Strings(pattern["source"]));
            var arns = pattern["detail"]!["requestContext"]!["functionArn"]!.AsArray();
            Assert.Equal(
                ["Refresh", "Lifecycle"],
                arns.Select(arn => (string)arn!["Fn::Join"]![1]![0]!["Fn::GetAtt"]![0]!));
            Assert.All(arns, arn => Assert.Equal("$LATEST", (string)arn!["Fn::Join"]![1]![1]!));

            // The function decides whether a report is notified: a rule that did not ask would repeat what is limited there.
            Assert.Equal(pattern["detail"]!["responsePayload"] is null ? null : "[true]",
                pattern["detail"]!["responsePayload"]?["notify"]?.ToJsonString());
        });
        Assert.Equal(
            [
                "Success Confirmed", "Success RolledBack", "Success Failed", "Success Stuck", "Success Retrying", "Success Unhealthy",
                "Success AllClear", "Success Unconfirmed", "Success OldBase", "Success StartedAlreadyCurrent", "Success Held",
                "Success Recorded", "Success Stopped", "Success Stale", "Success Refused", "Success Rejected", "Failure ",
            ],
            alerts.Select(pattern => Template.Strings(pattern["detail-type"]).Single().Split(" - ")[1]
                + " " + string.Concat(Template.Strings(pattern["detail"]!["responsePayload"]?["outcome"]))));
    }

    [Fact]
    public void Results_of_the_functions_go_to_people_and_none_makes_another_like_it()
    {
        Assert.All(
            Alerts().SelectMany(rule => rule.Properties["Targets"]!.AsArray()),
            target => Assert.Equal(Template.GetAtt("Notify", "Arn"), target!["Arn"]!.ToJsonString()));

        // A function that got its own success back would run for ever: what Refresh gets is a failure, and what
        // Lifecycle gets is an end, which it answers with none. What GitLab returns goes nowhere.
        var results = Template.FunctionEvents().Where(e => Template.Strings(e.Properties["Pattern"]?["source"]).Contains("lambda"));
        Assert.Equal(
            [
                "Refresh Failure ", "Lifecycle Success ConfirmedRolledBack",
                "GitLab Success ConfirmedRolledBackFailedRejectedStaleStartedAlreadyCurrent",
            ],
            results.Select(e => $"{e.Function} {Template.Strings(e.Properties["Pattern"]!["detail-type"]).Single().Split(" - ")[1]} "
                + string.Concat(Template.Strings(e.Properties["Pattern"]!["detail"]!["responsePayload"]?["outcome"]))));
    }

    [Fact]
    public void Notify_gets_each_event_as_it_is_and_from_these_rules_only()
    {
        Assert.All(
            Alerts().Select(rule => Assert.Single(rule.Properties["Targets"]!.AsArray())!.AsObject()),
            target => Assert.Equal(
                ["Id", "Arn", "RetryPolicy", "DeadLetterConfig"], target.Select(property => property.Key)));
        var permission = Assert.Single(Template.OfType("AWS::Lambda::Permission")).Properties;
        Assert.Equal(("lambda:InvokeFunction", "events.amazonaws.com"), ((string)permission["Action"]!, (string)permission["Principal"]!));
        Assert.Equal(Template.Ref("Notify"), permission["FunctionName"]!.ToJsonString());
        Assert.EndsWith(":rule/${EventBusName}/*", (string)permission["SourceArn"]!["Fn::Sub"]!, StringComparison.Ordinal);
        Assert.All(
            Alerts(),
            rule => Assert.Equal(Template.Ref("EventBus"), rule.Properties["EventBusName"]!.ToJsonString()));
    }

    /// <summary>Whoever gets an alert finds what to do, in English, and what it means, in Portuguese.</summary>
    [Theory]
    [InlineData("docs/deploying.md")]
    [InlineData("README.pt-BR.md")]
    public void The_documents_have_a_row_for_every_alert(string document)
    {
        var alerts = Alerts()
            .Select(rule => Template.Strings(rule.Properties["EventPattern"]!["detail"]!["responsePayload"]?["outcome"]).FirstOrDefault())
            .Select(outcome => outcome is null ? "FUNCTION FAILED" : WordStart().Replace(outcome, " $0").ToUpperInvariant());
        var rows = Repository.Read(document).Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('`')[1])
            .ToHashSet();
        Assert.Empty(alerts.Except(rows));
    }

    /// <summary>What is kept is everything but what the sweeps say each minute.</summary>
    [Fact]
    public void Every_report_that_says_something_is_kept()
    {
        var keep = Assert.Single(Template.OfType("AWS::Events::Rule").Except(Alerts())).Properties;
        Assert.Equal(
            EnumMember().Matches(Repository.Read("src/Charlie.Lambdas/Reports/Outcome.cs")).Select(member => member.Groups[1].Value)
                .Except(["NothingToDo"]),
            Template.Strings(keep["EventPattern"]!["detail"]!["responsePayload"]!["outcome"]));
        var target = Assert.Single(keep["Targets"]!.AsArray())!;
        Assert.EndsWith(":log-group:${ReportLogs}", (string)target["Arn"]!["Fn::Sub"]!, StringComparison.Ordinal);
        Assert.Equal(["Id", "Arn", "RetryPolicy", "DeadLetterConfig"], target.AsObject().Select(property => property.Key));
        var document = (string)Template.Properties("ReportLogsPolicy")["PolicyDocument"]!["Fn::Sub"]!;
        var policy = JsonNode.Parse(document)!["Statement"]!.AsArray();
        Assert.All(policy, one => Assert.Equal("${ReportLogs.Arn}", (string)one!["Resource"]!));
        Assert.Equal(["logs:CreateLogStream", "logs:PutLogEvents"], policy.Select(one => (string)one!["Action"]!));
        Assert.All(policy, one => Assert.Contains("events.amazonaws.com", Template.Strings(one!["Principal"]!["Service"])));
    }

    [GeneratedRegex("^    ([A-Z][A-Za-z]+),$", RegexOptions.Multiline)]
    private static partial Regex EnumMember();

    [GeneratedRegex("(?<=[a-z])[A-Z]")]
    private static partial Regex WordStart();

    private static IEnumerable<(string Id, JsonObject Properties)> Alerts() =>
        Template.OfType("AWS::Events::Rule").Where(rule => rule.Id.EndsWith("Alert", StringComparison.Ordinal));

    private static void AssertPattern(JsonObject pattern) => Assert.All(pattern, member =>
    {
        switch (member.Value)
        {
            // A parameter that is a list.
            case JsonObject reference when reference["Ref"] is { } list:
                Assert.Equal("CommaDelimitedList", (string?)Template.Parameters[(string)list!]!["Type"]);
                break;
            case JsonObject nested:
                AssertPattern(nested);
                break;
            case JsonArray values:
                Assert.NotEmpty(values);
                Assert.All(values, value => Assert.True(
                    value is JsonValue || value!.AsObject().Single().Key is "Ref" or "Fn::Join" or "Fn::GetAtt",
                    $"{member.Key}: {value.ToJsonString()}"));
                break;
            default:
                Assert.Fail($"{member.Key} holds {member.Value?.ToJsonString()}");
                break;
        }
    });
}
