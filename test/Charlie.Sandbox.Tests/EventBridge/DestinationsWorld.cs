using System.Text.Json;
using System.Text.Json.Nodes;
using Charlie.Sandbox.Sqs;

namespace Charlie.Sandbox.Tests.EventBridge;

/// <summary>A rule that delivers to an API destination, whose host is a server of the test.</summary>
internal sealed class DestinationsWorld : IAsyncDisposable
{
    private const string Role = "arn:aws:iam::123456789012:role/post";

    private DestinationsWorld(RecordingServer server) => Server = server;

    public EventsWorld Events { get; } = new();

    public RecordingServer Server { get; }

    public IReadOnlyList<QueueMessage> DeadLetters => Events.Queues.Messages("dead");

    public static async Task<DestinationsWorld> StartAsync()
    {
        var world = new DestinationsWorld(await RecordingServer.StartAsync());
        world.Events.Plane.Destinations.Hosts.Put("api.example.com", world.Server.Url.ToString());
        world.Events.Queues.Create("dead");
        return world;
    }

    public void Allow(string action)
    {
        using var policy = JsonDocument.Parse(
            new JsonObject
            {
                ["Statement"] = new JsonArray(new JsonObject { ["Effect"] = "Allow", ["Action"] = action, ["Resource"] = "*" }),
            }.ToJsonString());
        Events.Roles.Put(Role, policy.RootElement.Clone());
    }

    /// <summary>Makes the connection <c>con</c>, the destination <c>api</c> and a rule that delivers every event there.</summary>
    public void Make(
        string credentials = """{"ApiKeyAuthParameters":{"ApiKeyName":"X-Key","ApiKeyValue":"s3cret"}}""",
        string type = "API_KEY",
        string endpoint = "https://api.example.com/in",
        int? rate = null,
        string more = "")
    {
        Allow("events:InvokeApiDestination");
        var connection = (string)Events.Call(
            "CreateConnection",
            $$"""{"Name":"con","AuthorizationType":"{{type}}","AuthParameters":{{credentials}}}""")!["ConnectionArn"]!;
        var limit = rate is { } most ? $",\"InvocationRateLimitPerSecond\":{most}" : "";
        var arn = (string)Events.Call(
            "CreateApiDestination",
            $$"""{"Name":"api","ConnectionArn":"{{connection}}","InvocationEndpoint":"{{endpoint}}","HttpMethod":"POST"{{limit}}}""")![
            "ApiDestinationArn"]!;
        Events.Call("PutRule", """{"Name":"all","EventPattern":"{\"source\":[\"s\"]}"}""");
        Events.Call(
            "PutTargets",
            $$"""
            {"Rule":"all","Targets":[{"Id":"a","Arn":"{{arn}}","RoleArn":"{{Role}}","DeadLetterConfig":{"Arn":"{{Queues.Arn("dead")}}"},
            "RetryPolicy":{"MaximumRetryAttempts":3,"MaximumEventAgeInSeconds":3600}{{more}}}]}
            """);
    }

    /// <summary>Lets time pass, and every request on its way come back in none of it.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        for (var left = time; left > TimeSpan.Zero; left -= TimeSpan.FromSeconds(1))
        {
            await SettleAsync();
            Events.Time.Advance(left < TimeSpan.FromSeconds(1) ? left : TimeSpan.FromSeconds(1));
        }

        await SettleAsync();
    }

    public async Task SettleAsync()
    {
        do
        {
            while (Events.Plane.Destinations.UnderWay > 0)
            {
                await Task.Delay(1, TestContext.Current.CancellationToken);
            }

            Events.Settle();
        }
        while (Events.Plane.Destinations.UnderWay > 0);
    }

    public async ValueTask DisposeAsync()
    {
        Events.Dispose();
        await Server.DisposeAsync();
    }
}
