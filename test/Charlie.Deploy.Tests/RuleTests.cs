using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Charlie.Deploy.Tests;

public sealed partial class RuleTests
{
    private static readonly string[] Report =
    [
        "outcome", "app", "group", "release", "instanceId", "image", "version", "pipelineId", "jobId", "pipelineUrl", "commit",
        "projectId", "previousImage", "reason", "endedAt", "timings", "summary",
    ];

    private static readonly string[] Failure = ["errorType", "errorMessage"];

    [Fact]
    public void Each_event_goes_to_the_function_that_the_design_names()
    {
        var routes = from e in Template.FunctionEvents()
                     let pattern = e.Properties["Pattern"] ?? e.Properties["Schedule"]
                     select $"{e.Function} {(e.Properties["EventBusName"] is null ? "default" : "charlie")} {pattern!.ToJsonString()}";
        Assert.Equal(
            [
                """Refresh charlie {"source":["charlie.ci"],"detail-type":["Image Pushed"]}""",
                """Refresh charlie {"source":["charlie.ops"],"detail-type":["Rollback Requested"]}""",
                """Refresh charlie {"source":["lambda"],"detail-type":["Lambda Function Invocation Result - Failure"],"detail":{"requestContext":{"functionArn":[{"Fn::Join":[":",[{"Fn::GetAtt":["Refresh","Arn"]},"$LATEST"]]}]}}}""",
                """Refresh default {"source":["aws.autoscaling"],"detail-type":["EC2 Auto Scaling Instance Refresh Succeeded","EC2 Auto Scaling Instance Refresh Failed","EC2 Auto Scaling Instance Refresh Cancelled","EC2 Auto Scaling Instance Refresh Rollback Succeeded","EC2 Auto Scaling Instance Refresh Rollback Failed"],"detail":{"AutoScalingGroupName":[{"Ref":"GroupName"}]}}""",
                "Refresh default \"rate(1 minute)\"",
                """Lifecycle default {"source":["aws.autoscaling"],"detail-type":["EC2 Instance-launch Lifecycle Action"],"detail":{"AutoScalingGroupName":[{"Ref":"GroupName"}],"LifecycleHookName":[{"Ref":"LaunchHookName"}]}}""",
                """Lifecycle charlie {"source":["lambda"],"detail-type":["Lambda Function Invocation Result - Success"],"detail":{"requestContext":{"functionArn":[{"Fn::Join":[":",[{"Fn::GetAtt":["Lifecycle","Arn"]},"$LATEST"]]}]},"responsePayload":{"outcome":["Confirmed","RolledBack"]}}}""",
                "Lifecycle default \"rate(1 minute)\"",
            ],
            routes);
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
        var alerts = Template.OfType("AWS::Events::Rule").SelectMany(rule => rule.Properties["Targets"]!.AsArray()).Select(target => target!.AsObject());
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
        var alerts = Template.OfType("AWS::Events::Rule").Select(rule => rule.Properties["EventPattern"]!).ToList();
        Assert.All(alerts, pattern =>
        {
            Assert.Equal(["lambda"], Template.Strings(pattern["source"]));
            var arns = pattern["detail"]!["requestContext"]!["functionArn"]!.AsArray();
            Assert.Equal(
                ["Refresh", "Lifecycle"],
                arns.Select(arn => (string)arn!["Fn::Join"]![1]![0]!["Fn::GetAtt"]![0]!));
            Assert.All(arns, arn => Assert.Equal("$LATEST", (string)arn!["Fn::Join"]![1]![1]!));
        });
        Assert.Equal(
            [
                "Success Confirmed", "Success RolledBack", "Success Failed", "Success Stuck", "Success Refused", "Success Rejected", "Failure ",
            ],
            alerts.Select(pattern => Template.Strings(pattern["detail-type"]).Single().Split(" - ")[1]
                + " " + string.Concat(Template.Strings(pattern["detail"]!["responsePayload"]?["outcome"]))));
    }

    [Fact]
    public void Results_of_the_functions_go_to_people_and_none_makes_another_like_it()
    {
        Assert.All(
            Template.OfType("AWS::Events::Rule").SelectMany(rule => rule.Properties["Targets"]!.AsArray()),
            target => Assert.Equal(Template.Ref("AlertTopic"), target!["Arn"]!.ToJsonString()));

        // A function that got its own success back would run for ever: what Refresh gets is a failure, and what
        // Lifecycle gets is an end, which it answers with none.
        var results = Template.FunctionEvents().Where(e => Template.Strings(e.Properties["Pattern"]?["source"]).Contains("lambda"));
        Assert.Equal(
            ["Refresh Failure ", "Lifecycle Success ConfirmedRolledBack"],
            results.Select(e => $"{e.Function} {Template.Strings(e.Properties["Pattern"]!["detail-type"]).Single().Split(" - ")[1]} "
                + string.Concat(Template.Strings(e.Properties["Pattern"]!["detail"]!["responsePayload"]?["outcome"]))));
    }

    [Fact]
    public void An_alert_names_only_fields_that_its_event_has_and_uses_each()
    {
        foreach (var (_, rule) in Template.OfType("AWS::Events::Rule"))
        {
            var transformer = rule["Targets"]![0]!["InputTransformer"]!;
            var paths = transformer["InputPathsMap"]!.AsObject().ToDictionary(path => path.Key, path => (string)path.Value!);
            var template = (string)transformer["InputTemplate"]!;
            Assert.Equal(paths.Keys.Order(), Placeholder().Matches(template).Select(match => match.Groups[1].Value).Distinct().Order());
            Assert.All(template.Split('\n'), line => Assert.Matches("^\"[^\"]+\"$", line));

            var failure = rule["EventPattern"]!.ToJsonString().Contains("- Failure", StringComparison.Ordinal);
            var payload = paths.Values.Where(path => path.StartsWith("$.detail.responsePayload.", StringComparison.Ordinal));
            Assert.All(payload, path => Assert.Contains(path.Split('.')[^1], failure ? Failure : Report));
        }
    }

    private static void AssertPattern(JsonObject pattern) => Assert.All(pattern, member =>
    {
        switch (member.Value)
        {
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

    [GeneratedRegex("<([A-Za-z]+)>")]
    private static partial Regex Placeholder();
}
