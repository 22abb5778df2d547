using System.Text.Json.Nodes;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Tests.EventBridge;

public sealed class PutEventsTests
{
    [Theory]
    [InlineData("""{"DetailType":"t","Detail":"{}"}""", "InvalidArgument", "Parameter Source is not valid. Reason: Source is a required argument.")]
    [InlineData("""{"Source":"s","Detail":"{}"}""", "InvalidArgument", "Parameter DetailType is not valid. Reason: DetailType is a required argument.")]
    [InlineData("""{"Source":"s","DetailType":"t"}""", "InvalidArgument", "Parameter Detail is not valid. Reason: Detail is a required argument.")]
    [InlineData("""{"Source":"s","DetailType":"t","Detail":"{"}""", "MalformedDetail", "Detail is malformed.")]
    [InlineData("""{"Source":"s","DetailType":"t","Detail":"[1]"}""", "MalformedDetail", "Detail is malformed.")]
    [InlineData("""{"Source":"s","DetailType":"t","Detail":"\"text\""}""", "MalformedDetail", "Detail is malformed.")]
    [InlineData("""{"Source":"s","DetailType":"t","Detail":"{\"a\":\"\\ud800\"}"}""", "MalformedDetail", "Detail is malformed.")]
    [InlineData("""{"Source":"aws.ec2","DetailType":"t","Detail":"{}"}""", "NotAuthorizedForSourceException", "Not authorized for the source.")]
    public void Bad_entry_fails_alone_in_a_response_that_is_OK(string entry, string code, string message)
    {
        using var world = new EventsWorld();
        world.Watch("all", """{"source":["s"]}""");
        var response = world.Call("PutEvents", $$"""{"Entries":[{"Source":"s","DetailType":"t","Detail":"{}"},{{entry}}]}""")!;
        Assert.Equal(1, (int)response["FailedEntryCount"]!);
        Assert.NotNull(response["Entries"]![0]!["EventId"]);
        Assert.Equal((code, message), ((string?)response["Entries"]![1]!["ErrorCode"], (string?)response["Entries"]![1]!["ErrorMessage"]));
        Assert.Single(world.Received("all"));
    }

    [Theory]
    [InlineData(0, "ValidationException", "Member must have length greater than or equal to 1")]
    [InlineData(11, "ValidationException", "Member must have length less than or equal to 10")]
    public void Wrong_number_of_entries_refuses_the_request(int count, string code, string rule)
    {
        using var world = new EventsWorld();
        var entries = string.Join(',', Enumerable.Repeat("""{"Source":"s","DetailType":"t","Detail":"{}"}""", count));
        var refused = Assert.Throws<AwsException>(() => world.Call("PutEvents", $$"""{"Entries":[{{entries}}]}"""));
        Assert.Equal(code, refused.Code);
        Assert.EndsWith(rule, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void Entries_count_up_to_256_KB_with_14_bytes_for_a_time(int over, bool taken)
    {
        using var world = new EventsWorld();
        const int others = 14 + 1 + 2 + 3; // Time, Source, DetailType "é" in UTF-8, one resource.
        var detail = """{"a":""" + '"' + new string('x', 256 * 1024 - others - 8 + over) + "\"}";
        var request = new JsonObject
        {
            ["Entries"] = new JsonArray(
                new JsonObject
                {
                    ["Time"] = 1700000000,
                    ["Source"] = "s",
                    ["DetailType"] = "é",
                    ["Resources"] = new JsonArray("arn"),
                    ["Detail"] = detail
                }),
        }.ToJsonString();
        if (taken)
        {
            Assert.Equal(0, (int)world.Call("PutEvents", request)!["FailedEntryCount"]!);
        }
        else
        {
            Assert.Equal("Total size of the entries in the request is over the limit.",
                Assert.Throws<AwsException>(() => world.Call("PutEvents", request)).Message);
        }
    }

    [Fact]
    public void Event_reaches_its_bus_by_name_and_by_ARN_in_the_shape_that_AWS_gives_it()
    {
        using var world = new EventsWorld();
        world.Call("CreateEventBus", """{"Name":"charlie"}""");
        world.Watch("mine", """{"source":["charlie.ci"]}""", "charlie");
        world.Watch("others", """{"source":["charlie.ci"]}""");
        world.Put("charlie.ci", "Image Pushed", """{"app":"charlie","n":1.50}""", "charlie");
        world.Put("charlie.ci", "Image Pushed", """{"app":"b"}""", "arn:aws:events:us-east-1:123456789012:event-bus/charlie");
        Assert.Empty(world.Received("others"));
        Assert.Equal(2, world.Received("mine").Count);
        var first = world.Received("mine")[0].AsObject();
        Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-", (string?)first["id"]);
        first.Remove("id");
        Assert.Equal(
            """{"version":"0","detail-type":"Image Pushed","source":"charlie.ci","account":"123456789012","time":"2026-11-22T14:03:07Z","region":"us-east-1","resources":[],"detail":{"app":"charlie","n":1.50}}""",
            first.ToJsonString());
    }

    [Fact]
    public void Bus_that_does_not_exist_swallows_events()
    {
        using var world = new EventsWorld();
        var response = world.Put("s", "t", "{}", "nowhere");
        Assert.Equal(0, (int)response["FailedEntryCount"]!);
        Assert.Contains(world.Timeline.From(0), entry => entry is { Kind: "EventDropped", Source: "events" });
    }

    [Fact]
    public void Event_that_a_fault_drops_was_acknowledged()
    {
        using var world = new EventsWorld();
        world.Watch("all", """{"source":["s"]}""");
        world.Plane.Faults.Drop = @event => @event.DetailType == "lost";
        Assert.Equal(0, (int)world.Put("s", "lost", "{}")["FailedEntryCount"]!);
        world.Put("s", "kept", "{}");
        Assert.Equal("kept", (string?)Assert.Single(world.Received("all"))["detail-type"]);
    }
}
