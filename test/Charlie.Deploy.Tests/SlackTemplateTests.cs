using System.Text.Json.Nodes;

namespace Charlie.Deploy.Tests;

/// <summary>The alerts straight to Slack: what the rule lets through, and that no text breaks the message.</summary>
public sealed class SlackTemplateTests
{
    private static readonly JsonObject Template = TemplateReader.Read(Repository.Read("infrastructure/slack.template"));

    private static JsonNode Target => Assert.Single(Of("Alert")["Targets"]!.AsArray())!;

    [Fact]
    public void It_lets_through_what_the_functions_want_people_to_read() =>
        Assert.Equal(
            """{"responsePayload":{"app":[{"Ref":"App"}],"notify":[true]}}""", Of("Alert")["EventPattern"]!["detail"]!.ToJsonString());

    /// <summary>A variable without quotation marks becomes JSON by EventBridge itself; between marks it would be put in as it is.</summary>
    [Fact]
    public void A_text_stands_without_quotation_marks()
    {
        var template = (string)Target["InputTransformer"]!["InputTemplate"]!["Fn::Sub"]!;
        var paths = Target["InputTransformer"]!["InputPathsMap"]!.AsObject();
        var message = template.Replace("${Channel}", "C0123456789", StringComparison.Ordinal);
        foreach (var (name, path) in paths)
        {
            Assert.Contains($": <{name}>", template, StringComparison.Ordinal);
            Assert.DoesNotContain($"\"<{name}>", template, StringComparison.Ordinal);
            Assert.Equal($"$.detail.responsePayload.{name}", (string)path!);
            message = message.Replace($"<{name}>", JsonValue.Create("it said \"no\"").ToJsonString(), StringComparison.Ordinal);
        }

        Assert.Equal("it said \"no\"", (string)JsonNode.Parse(message)!["text"]!);
        Assert.Equal(
            """{"type":"plain_text","text":"it said \u0022no\u0022"}""", JsonNode.Parse(message)!["blocks"]![0]!["text"]!.ToJsonString());
    }

    [Fact]
    public void The_token_is_in_a_secret_and_only_this_rule_posts()
    {
        var key = (string)Of("Slack")["AuthParameters"]!["ApiKeyAuthParameters"]!["ApiKeyValue"]!["Fn::Sub"]!;
        Assert.StartsWith("Bearer {{resolve:secretsmanager:${TokenSecretArn}:", key, StringComparison.Ordinal);
        var policy = Of("Role")["Policies"]![0]!["PolicyDocument"]!["Statement"]!;
        Assert.Equal("events:InvokeApiDestination", (string)policy["Action"]!);
        Assert.Equal("""{"Fn::GetAtt":["Message","Arn"]}""", policy["Resource"]!.ToJsonString());
        Assert.Equal("""{"Fn::GetAtt":["DeadLetters","Arn"]}""", Target["DeadLetterConfig"]!["Arn"]!.ToJsonString());
    }

    private static JsonObject Of(string id) => Template["Resources"]![id]!["Properties"]!.AsObject();
}
