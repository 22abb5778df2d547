using System.Text.Json.Nodes;
using Charlie.Sandbox.Template;
using Charlie.Sandbox.Tests.Wire;

namespace Charlie.Sandbox.Tests.EventBridge;

/// <summary>infrastructure/slack.template as it is deployed, with a server of this machine in Slack's place.</summary>
public sealed class SlackTests
{
    private const string Summary = "Release 1.2 was rolled back: it said \"no\", <b> & \\ \n 'so'.";

    [Fact]
    public async Task An_alert_arrives_with_the_token_and_its_text_as_it_is()
    {
        await using var world = await DestinationsWorld.StartAsync();
        Deploy(world);
        Report(world, notify: true);
        Report(world, notify: false);
        await world.PassAsync(TimeSpan.FromMinutes(1));
        var request = Assert.Single(world.Server.Requests);
        Assert.Equal(("POST", "/api/chat.postMessage"), (request.Method, request.Target));
        Assert.Equal(("Bearer xoxb-1", "slack.com"), (request.Headers["Authorization"], request.Headers["Host"]));
        var message = JsonNode.Parse(request.Body)!;
        Assert.Equal(("C0123456789", Summary), ((string?)message["channel"], (string?)message["text"]));
        Assert.Equal(Summary, (string?)message["blocks"]![0]!["text"]!["text"]);
        Assert.All(
            world.Events.Timeline.From(0),
            entry => Assert.DoesNotContain("xoxb", entry.Text + string.Join(' ', entry.Data?.Values ?? []), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_Slack_that_fails_once_gets_the_alert_once_more()
    {
        await using var world = await DestinationsWorld.StartAsync();
        var stack = Deploy(world);
        world.Server.Answer = RecordingServer.With(before => before == 0 ? 500 : 200);
        Report(world, notify: true);
        await world.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(2, world.Server.Requests.Count);
        Assert.Equal(world.Server.Requests[0].Body, world.Server.Requests[1].Body);
        Assert.Empty(world.Events.Queues.Messages(Assert.Single(stack.Model.Queues)));
    }

    [Fact]
    public async Task A_Slack_that_stays_away_leaves_the_alert_in_the_dead_letter_queue()
    {
        await using var world = await DestinationsWorld.StartAsync();
        var stack = Deploy(world);
        world.Server.Answer = RecordingServer.With(_ => 503);
        Report(world, notify: true);
        await world.PassAsync(TimeSpan.FromMinutes(61));
        Assert.InRange(world.Server.Requests.Count, 10, 186);
        var letter = Assert.Single(world.Events.Queues.Messages(Assert.Single(stack.Model.Queues)));
        Assert.Equal("MaximumEventAgeInSeconds", letter.Attributes["EXHAUSTED_RETRY_CONDITION"]);
        Assert.Equal(Summary, (string?)JsonNode.Parse(letter.Body)!["detail"]!["responsePayload"]!["summary"]);
    }

    [Theory]
    [InlineData("arn:aws:secretsmanager:us-east-1:123456789012:secret:other", "no secret")]
    [InlineData("arn:aws:secretsmanager:us-east-1:123456789012:secret:text", "not JSON")]
    [InlineData("arn:aws:secretsmanager:us-east-1:123456789012:secret:empty", "no member token")]
    public async Task A_token_that_is_not_there_is_said_before_anything_is_made(string secret, string why)
    {
        await using var world = await DestinationsWorld.StartAsync();
        Assert.Contains(why, Assert.Throws<TemplateException>(() => Deploy(world, secret)).Message, StringComparison.Ordinal);
        Assert.Empty(world.Events.Plane.Destinations.Connections);
    }

    [Fact]
    public async Task A_stack_that_is_deleted_leaves_no_connection_destination_or_role()
    {
        await using var world = await DestinationsWorld.StartAsync();
        var model = Deploy(world).Model;
        var (destination, role) = (Assert.Single(model.ApiDestinations), model.Rules.SelectMany(rule => rule.Targets).Single().RoleArn!);
        Assert.Equal("allowed", world.Events.Roles.Decide(role, "events:InvokeApiDestination", destination.Arn));
        world.Events.Plane.Remove(model);
        Assert.Empty(world.Events.Plane.Destinations.ApiDestinations);
        Assert.Empty(world.Events.Plane.Destinations.Connections);
        Assert.Null(world.Events.Roles.Decide(role, "events:InvokeApiDestination", destination.Arn));

        // The same stack can be made again, and delivers once.
        Deploy(world);
        Report(world, notify: true);
        await world.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Single(world.Server.Requests);
    }

    private static Stack Deploy(DestinationsWorld world, string secret = "arn:aws:secretsmanager:us-east-1:123456789012:secret:slack")
    {
        var events = world.Events;
        events.Plane.Destinations.Hosts.Put("slack.com", world.Server.Url.ToString());
        events.Secrets.Put("slack", """{"token":"xoxb-1"}""");
        events.Secrets.Put("text", "xoxb-1");
        events.Secrets.Put("empty", "{}");
        if (events.Router.FindBus("charlie") is null)
        {
            events.Router.CreateBus("charlie");
        }

        return events.Plane.Deploy(
            File.ReadAllText(Path.Combine(SourceTree.Root, "infrastructure", "slack.template")),
            new Dictionary<string, string> { ["App"] = "bot", ["Channel"] = "C0123456789", ["TokenSecretArn"] = secret });
    }

    private static void Report(DestinationsWorld world, bool notify) =>
        world.Events.Router.Put(
            "charlie",
            "lambda",
            "Lambda Function Invocation Result - Success",
            [],
            new JsonObject { ["responsePayload"] = new JsonObject { ["app"] = "bot", ["notify"] = notify, ["summary"] = Summary } },
            null,
            null);
}
