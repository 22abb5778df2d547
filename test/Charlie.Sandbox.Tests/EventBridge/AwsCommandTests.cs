using System.Text.Json.Nodes;
using Charlie.Sandbox.Lambda.Hosting;
using Charlie.Sandbox.Server;

namespace Charlie.Sandbox.Tests.EventBridge;

/// <summary>The sandbox's EventBridge and SNS, by the real <c>aws</c> command.</summary>
public sealed class AwsCommandTests
{
    private const string Pattern = """{"source":["shop"],"detail":{"total":[{"numeric":[">",10]}],"kind":[{"anything-but":["test"]}]}}""";

    [Fact]
    public async Task An_event_goes_from_put_events_through_a_rule_and_its_transformer_to_a_topic()
    {
        await using var server = await SandboxServer.StartAsync(
            new SandboxOptions { Parts = [new LambdaPlatform(FunctionProgram.At("/bin/false"))] }, TestContext.Current.CancellationToken);
        var aws = new AwsCommand(server.Endpoint);

        var topic = (string)(await aws.RunAsync("sns", "create-topic", "--name", "orders"))["TopicArn"]!;
        Assert.Equal("arn:aws:sns:us-east-1:123456789012:orders", topic);
        Assert.Equal([topic], (await aws.RunAsync("sns", "list-topics"))["Topics"]!.AsArray().Select(one => (string?)one!["TopicArn"]));
        await aws.RunAsync("sns", "publish", "--topic-arn", topic, "--message", "by hand");
        Assert.Equal("NotFound", await aws.FailAsync("sns", "publish", "--topic-arn", topic + "-2", "--message", "nowhere"));

        await aws.RunAsync("events", "create-event-bus", "--name", "shop");
        Assert.Equal("ResourceAlreadyExistsException", await aws.FailAsync("events", "create-event-bus", "--name", "shop"));
        Assert.Equal("arn:aws:events:us-east-1:123456789012:event-bus/shop",
            (string?)(await aws.RunAsync("events", "describe-event-bus", "--name", "shop"))["Arn"]);
        await aws.RunAsync("events", "put-rule", "--name", "large", "--event-bus-name", "shop", "--event-pattern", Pattern);
        Assert.Equal("InvalidEventPatternException", await aws.FailAsync("events", "put-rule", "--name", "wrong", "--event-pattern", """{"source":"shop"}"""));
        await aws.RunAsync("events", "put-targets", "--rule", "large", "--event-bus-name", "shop", "--targets", new JsonArray(new JsonObject
        {
            ["Id"] = "topic",
            ["Arn"] = topic,
            ["InputTransformer"] = new JsonObject
            {
                ["InputPathsMap"] = new JsonObject { ["total"] = "$.detail.total" },
                ["InputTemplate"] = "\"Sold for <total>\"",
            },
        }).ToJsonString());
        Assert.Equal("large", (string?)(await aws.RunAsync("events", "list-rules", "--event-bus-name", "shop"))["Rules"]![0]!["Name"]);
        Assert.Equal(topic,
            (string?)(await aws.RunAsync(
            "events", "list-targets-by-rule", "--rule", "large", "--event-bus-name", "shop"))["Targets"]![0]!["Arn"]);

        var put = await aws.RunAsync("events", "put-events", "--entries", Entries("""{"total":5}""", """{"total":50,"kind":"test"}""", """{"total":50,"kind":"order"}""", "no JSON"));
        Assert.Equal(1, (int)put["FailedEntryCount"]!);
        Assert.Equal("MalformedDetail", (string?)put["Entries"]![3]!["ErrorCode"]);
        Assert.Equal(0, (int)(await aws.RunAsync("events", "put-events", "--entries", Entries("""{"total":1}""").Replace("shop\",\"Source", "nowhere\",\"Source", StringComparison.Ordinal)))["FailedEntryCount"]!);
        Assert.Equal(["by hand", "\"Sold for 50\""], await MessagesAsync(server, 2));

        await aws.RunAsync("events", "disable-rule", "--name", "large", "--event-bus-name", "shop");
        Assert.Equal("DISABLED",
            (string?)(await aws.RunAsync("events", "describe-rule", "--name", "large", "--event-bus-name", "shop"))["State"]);
        await aws.RunAsync("events", "remove-targets", "--rule", "large", "--event-bus-name", "shop", "--ids", "topic");
        await aws.RunAsync("events", "delete-rule", "--name", "large", "--event-bus-name", "shop");
        await aws.RunAsync("events", "delete-event-bus", "--name", "shop");
        Assert.Equal("ResourceNotFoundException", await aws.FailAsync("events", "describe-event-bus", "--name", "shop"));
    }

    private static string Entries(params string[] details) =>
        new JsonArray([.. details.Select(detail => new JsonObject
        {
            ["EventBusName"] = "shop",
            ["Source"] = "shop",
            ["DetailType"] = "Order",
            ["Detail"] = detail,
        })]).ToJsonString();

    private static async Task<IReadOnlyList<string?>> MessagesAsync(SandboxServer server, int expected)
    {
        using var http = new HttpClient();
        while (true)
        {
            var document = JsonNode.Parse(
                await http.GetStringAsync(new Uri(server.Endpoint, "_sandbox/messages"), TestContext.Current.CancellationToken))!;
            var messages = document["topics"]!["orders"]!.AsArray().Select(message => (string?)message!["message"]).ToArray();
            if (messages.Length >= expected)
            {
                return messages;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
