using System.Text.Json;
using System.Text.Json.Nodes;
using Charlie.Sandbox.Events;
using Charlie.Sandbox.Logs;
using Charlie.Sandbox.Tests.EventBridge;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Tests.Logs;

/// <summary>What a rule delivers to a log group is read from there, by time and by pattern.</summary>
public sealed class LogsTests : IDisposable
{
    private const string Pattern = """{ $.detail.outcome = "Confirmed" || $.detail.outcome = "RolledBack" }""";

    private readonly EventsWorld world = new();

    public LogsTests()
    {
        world.Plane.LogGroups.Create("reports");
        world.Call("PutRule", """{"Name":"keep","EventPattern":"{\"source\":[\"charlie\"]}"}""");
        world.Call("PutTargets", $$"""{"Rule":"keep","Targets":[{"Id":"log","Arn":"{{LogGroups.Arn("reports")}}"}]}""");
        foreach (var outcome in new[] { "Started", "Confirmed", "RolledBack", "Confirmed" })
        {
            var detail = JsonSerializer.Serialize(new { outcome });
            world.Call("PutEvents", new JsonObject
            {
                ["Entries"] = new JsonArray(new JsonObject { ["Source"] = "charlie", ["DetailType"] = "Report", ["Detail"] = detail }),
            }.ToJsonString());
            world.Time.Advance(TimeSpan.FromMinutes(1));
        }
    }

    public void Dispose() => world.Dispose();

    [Fact]
    public void Each_event_is_there_with_its_time() => Assert.Equal(["Started", "Confirmed", "RolledBack", "Confirmed"], Outcomes("{}"));

    [Fact]
    public void A_pattern_and_a_time_choose_among_them()
    {
        Assert.Equal(["Confirmed", "RolledBack", "Confirmed"], Outcomes(With("filterPattern", Pattern)));
        var third = (long)Filter("{}")["events"]![2]!["timestamp"]!;
        Assert.Equal(["RolledBack", "Confirmed"], Outcomes(With("startTime", third)));
        Assert.Equal(["Started", "Confirmed"], Outcomes(With("endTime", third)));
    }

    [Fact]
    public void A_page_names_the_next_one()
    {
        var (found, token) = (new List<string>(), (string?)null);
        do
        {
            var arguments = new JsonObject { ["limit"] = 1, ["filterPattern"] = Pattern };
            if (token is not null)
            {
                arguments["nextToken"] = token;
            }

            var page = Filter(arguments.ToJsonString());
            found.AddRange(page["events"]!.AsArray().Select(Outcome));
            token = (string?)page["nextToken"];
        }
        while (token is not null);
        Assert.Equal(["Confirmed", "RolledBack", "Confirmed"], found);
    }

    [Theory]
    [InlineData("""{"logGroupName":"other"}""", "ResourceNotFoundException")]
    [InlineData("""{"filterPattern":"ERROR"}""", "InvalidParameterException")]
    [InlineData("""{"filterPattern":"{ $.a = 1 }"}""", "InvalidParameterException")]
    [InlineData("""{"nextToken":"x"}""", "InvalidParameterException")]
    [InlineData("""{"limit":0}""", "ValidationException")]
    public void What_is_not_played_or_not_there_is_refused(string arguments, string code) =>
        Assert.Equal(code, Assert.Throws<AwsException>(() => Filter(arguments)).Code);

    private static string With(string name, JsonNode value) => new JsonObject { [name] = value }.ToJsonString();

    private static string Outcome(JsonNode? logged) =>
        (string)JsonNode.Parse((string)logged!["message"]!)!["detail"]!["outcome"]!;

    private IEnumerable<string> Outcomes(string arguments) => Filter(arguments)["events"]!.AsArray().Select(Outcome);

    private JsonNode Filter(string arguments)
    {
        var whole = JsonNode.Parse(arguments)!.AsObject();
        whole.TryAdd("logGroupName", "reports");
        using var document = JsonDocument.Parse(whole.ToJsonString());
        var response = new LogsApi(world.Plane.LogGroups).Respond(
            new AwsRequest("logs", "FilterLogEvents", "request", null, new Dictionary<string, string>(), document.RootElement.Clone()));
        return JsonNode.Parse(response.Body.Span)!;
    }
}
