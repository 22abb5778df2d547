using System.Text.Json.Nodes;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Tests.EventBridge;

/// <summary>What leaves for an API destination, and what EventBridge does about the answer.</summary>
public sealed class DestinationTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_request_has_the_key_and_the_event_and_says_who_sends_it()
    {
        await using var world = await StartAsync();
        world.Make();
        world.Events.Put("s", "t", """{"text":"it said \"no\""}""");
        await world.SettleAsync();
        var request = Assert.Single(world.Server.Requests);
        Assert.Equal(("POST", "/in"), (request.Method, request.Target));
        Assert.Equal("s3cret", request.Headers["X-Key"]);
        Assert.Equal("api.example.com", request.Headers["Host"]);
        Assert.Equal("application/json; charset=utf-8", request.Headers["Content-Type"]);
        Assert.Equal("Amazon/EventBridge/ApiDestinations", request.Headers["User-Agent"]);
        Assert.Equal("it said \"no\"", (string?)JsonNode.Parse(request.Body)!["detail"]!["text"]);
        Assert.Empty(world.DeadLetters);
    }

    [Fact]
    public async Task A_connection_and_a_target_add_to_the_request()
    {
        await using var world = await StartAsync();
        world.Make(
            """
            {"BasicAuthParameters":{"Username":"bot","Password":"pw"},"InvocationHttpParameters":{
            "HeaderParameters":[{"Key":"X-One","Value":"1"}],"QueryStringParameters":[{"Key":"q","Value":"a b"}],
            "BodyParameters":[{"Key":"token","Value":"t","IsValueSecret":true}]}}
            """,
            "BASIC",
            "https://api.example.com/v1/*/say/*",
            more: """
                ,"HttpParameters":{"PathParameterValues":["x/y","z"],"HeaderParameters":{"X-Two":"2","X-One":"0"},
                "QueryStringParameters":{"p":"1"}},"Input":"{\"a\":1}"
                """);
        world.Events.Put("s", "t", "{}");
        await world.SettleAsync();
        var request = Assert.Single(world.Server.Requests);
        Assert.Equal("/v1/x%2Fy/say/z?p=1&q=a%20b", request.Target);
        Assert.Equal("Basic Ym90OnB3", request.Headers["Authorization"]);
        Assert.Equal(("1", "2"), (request.Headers["X-One"], request.Headers["X-Two"]));
        Assert.Equal("""{"a":1,"token":"t"}""", request.Body);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(407)]
    [InlineData(409)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task What_may_pass_is_tried_again(int status)
    {
        await using var world = await StartAsync();
        world.Server.Answer = RecordingServer.With(before => before == 0 ? status : 200);
        world.Make();
        world.Events.Put("s", "t", "{}");
        await world.PassAsync(Long);
        Assert.Equal(2, world.Server.Requests.Count);
        Assert.Empty(world.DeadLetters);
    }

    [Fact]
    public async Task After_the_last_try_the_event_is_in_the_dead_letter_queue()
    {
        await using var world = await StartAsync();
        world.Server.Answer = RecordingServer.With(_ => 500);
        world.Make();
        world.Events.Put("s", "t", """{"n":7}""");
        await world.PassAsync(Long);
        Assert.Equal(4, world.Server.Requests.Count);
        var letter = Assert.Single(world.DeadLetters);
        Assert.Equal(7, (int)JsonNode.Parse(letter.Body)!["detail"]!["n"]!);
        Assert.Equal(
            ("3", "MaximumRetryAttempts", "SDK_CLIENT_ERROR"),
            (letter.Attributes["RETRY_ATTEMPTS"], letter.Attributes["EXHAUSTED_RETRY_CONDITION"], letter.Attributes["ERROR_CODE"]));
        Assert.Contains("500", letter.Attributes["ERROR_MESSAGE"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(302)]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task What_stays_wrong_is_not_tried_again(int status)
    {
        await using var world = await StartAsync();
        world.Server.Answer = RecordingServer.With(_ => status);
        world.Make();
        world.Events.Put("s", "t", "{}");
        await world.PassAsync(Long);
        Assert.Single(world.Server.Requests);
        Assert.DoesNotContain("RETRY_ATTEMPTS", Assert.Single(world.DeadLetters).Attributes.Keys);
    }

    [Theory]
    [InlineData("30", 2, 0)]
    [InlineData("-1", 1, 1)]
    public async Task A_server_says_how_long_it_wants_to_be_left_alone(string retryAfter, int requests, int letters)
    {
        await using var world = await StartAsync();
        world.Server.Answer = (context, before) =>
        {
            context.Response.Headers.RetryAfter = retryAfter;
            context.Response.StatusCode = before == 0 ? 429 : 200;
            return Task.CompletedTask;
        };
        world.Make();
        world.Events.Put("s", "t", "{}");
        await world.PassAsync(TimeSpan.FromSeconds(29));
        Assert.Single(world.Server.Requests);
        await world.PassAsync(TimeSpan.FromSeconds(3));
        Assert.Equal((requests, letters), (world.Server.Requests.Count, world.DeadLetters.Count));
    }

    [Fact]
    public async Task A_server_has_five_seconds()
    {
        await using var world = await StartAsync();
        var (came, released) = (new TaskCompletionSource(), new TaskCompletionSource());
        world.Server.Answer = (_, before) =>
        {
            came.TrySetResult();
            return before == 0 ? released.Task : Task.CompletedTask;
        };
        world.Make();
        world.Events.Put("s", "t", "{}");
        await came.Task;
        world.Events.Time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Equal(1, world.Events.Plane.Destinations.UnderWay);
        world.Events.Time.Advance(TimeSpan.FromSeconds(0.2));
        await world.PassAsync(Long);
        released.SetResult();
        Assert.Equal(2, world.Server.Requests.Count);
        Assert.Empty(world.DeadLetters);
    }

    [Fact]
    public async Task A_destination_takes_so_many_requests_a_second()
    {
        await using var world = await StartAsync();
        world.Make(rate: 1);
        foreach (var _ in Enumerable.Range(0, 3))
        {
            world.Events.Put("s", "t", "{}");
        }

        await world.SettleAsync();
        Assert.Single(world.Server.Requests);
        await world.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(2, world.Server.Requests.Count);
        await world.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(3, world.Server.Requests.Count);
    }

    [Theory]
    [InlineData("events:PutEvents")]
    [InlineData("sqs:*")]
    public async Task A_role_that_may_not_deliver_delivers_nothing(string allowed)
    {
        await using var world = await StartAsync();
        world.Make();
        world.Allow(allowed);
        world.Events.Put("s", "t", "{}");
        await world.PassAsync(Long);
        Assert.Empty(world.Server.Requests);
        var letter = Assert.Single(world.DeadLetters);
        Assert.Equal("NO_PERMISSIONS", letter.Attributes["ERROR_CODE"]);
    }

    [Fact]
    public async Task No_host_is_reached_that_no_server_of_this_machine_stands_for()
    {
        await using var world = await StartAsync();
        world.Make(endpoint: "https://elsewhere.example.com/in");
        world.Events.Put("s", "t", "{}");
        await world.PassAsync(Long);
        Assert.Empty(world.Server.Requests);
        Assert.Contains("elsewhere.example.com", Assert.Single(world.DeadLetters).Attributes["ERROR_MESSAGE"], StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => world.Events.Plane.Destinations.Hosts.Put("slack.com", "http://192.0.2.1:80"));
        Assert.Throws<FormatException>(() => world.Events.Plane.Destinations.Hosts.Put("slack.com", "https://127.0.0.1"));
    }

    [Fact]
    public async Task A_connection_that_was_deauthorized_or_deleted_delivers_nothing_until_it_has_credentials()
    {
        await using var world = await StartAsync();
        world.Make();
        Assert.Equal("DEAUTHORIZED", (string?)world.Events.Call("DeauthorizeConnection", """{"Name":"con"}""")!["ConnectionState"]);
        Assert.Equal("INACTIVE", (string?)world.Events.Call("DescribeApiDestination", """{"Name":"api"}""")!["ApiDestinationState"]);
        world.Events.Put("s", "t", "{}");
        await world.PassAsync(Long);
        Assert.Empty(world.Server.Requests);
        Assert.Single(world.DeadLetters);

        world.Events.Call(
            "UpdateConnection",
            """{"Name":"con","AuthParameters":{"ApiKeyAuthParameters":{"ApiKeyName":"X-Key","ApiKeyValue":"next"}}}""");
        world.Events.Put("s", "t", "{}");
        await world.PassAsync(Long);
        Assert.Equal("next", Assert.Single(world.Server.Requests).Headers["X-Key"]);
        world.Events.Call("DeleteConnection", """{"Name":"con"}""");
        Assert.Equal("INACTIVE", (string?)world.Events.Call("DescribeApiDestination", """{"Name":"api"}""")!["ApiDestinationState"]);
    }

    [Fact]
    public async Task No_secret_is_shown()
    {
        await using var world = await StartAsync();
        world.Make(
            """
            {"ApiKeyAuthParameters":{"ApiKeyName":"X-Key","ApiKeyValue":"s3cret"},"InvocationHttpParameters":{
            "HeaderParameters":[{"Key":"X-One","Value":"s3cret","IsValueSecret":true}]}}
            """);
        world.Events.Put("s", "t", "{}");
        await world.SettleAsync();
        var shown = new[] { "DescribeConnection", "UpdateConnection", "DeauthorizeConnection" }
            .Select(action => world.Events.Call(action, """{"Name":"con"}""")!.ToJsonString())
            .Append(world.Events.Call("ListConnections", "{}")!.ToJsonString())
            .Concat(world.Events.Timeline.From(0).Select(entry => entry.Text + string.Join(' ', entry.Data?.Values ?? [])));
        Assert.All(shown, text => Assert.DoesNotContain("s3cret", text, StringComparison.Ordinal));
        var refused = Assert.Throws<AwsException>(() => world.Events.Call(
            "UpdateConnection",
            """{"Name":"con","AuthParameters":{"ApiKeyAuthParameters":{"ApiKeyName":"X-Key","ApiKeyValue":"s3cret:\u0001"}}}"""));
        Assert.DoesNotContain("s3cret", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CreateConnection", """{"Name":"con","AuthorizationType":"API_KEY","AuthParameters":{}}""", "do not match")]
    [InlineData(
        "CreateConnection", """{"Name":"con","AuthorizationType":"OAUTH_CLIENT_CREDENTIALS","AuthParameters":{}}""", "does not play")]
    [InlineData("DescribeConnection", """{"Name":"con"}""", "does not exist")]
    [InlineData("DescribeApiDestination", """{"Name":"api"}""", "does not exist")]
    [InlineData(
        "CreateApiDestination",
        """{"Name":"api","ConnectionArn":"arn:x","InvocationEndpoint":"https://a.example","HttpMethod":"POST"}""", "does not exist")]
    public void What_cannot_be_is_refused(string action, string body, string why)
    {
        using var world = new EventsWorld();
        Assert.Contains(why, Assert.Throws<AwsException>(() => world.Call(action, body)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_destination_is_of_https_and_a_target_needs_a_role()
    {
        await using var world = await StartAsync();
        world.Make();
        var arn = (string)world.Events.Call("DescribeApiDestination", """{"Name":"api"}""")!["ApiDestinationArn"]!;
        Assert.Contains("https", Assert.Throws<AwsException>(() => world.Events.Call(
            "UpdateApiDestination", """{"Name":"api","InvocationEndpoint":"http://api.example.com"}""")).Message, StringComparison.Ordinal);
        Assert.Contains("RoleArn", Assert.Throws<AwsException>(() => world.Events.Call(
            "PutTargets", $$"""{"Rule":"all","Targets":[{"Id":"b","Arn":"{{arn}}"}]}""")).Message, StringComparison.Ordinal);
        Assert.Throws<AwsException>(() => world.Events.Call(
            "CreateConnection",
            """{"Name":"con","AuthorizationType":"BASIC","AuthParameters":{"BasicAuthParameters":{"Username":"a","Password":"b"}}}"""));
    }

    private static Task<DestinationsWorld> StartAsync() => DestinationsWorld.StartAsync();
}
