using System.Text.Json.Nodes;
using Charlie.Sandbox.Context;
using Charlie.Sandbox.EventBridge;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Tests.EventBridge;

public sealed class RulesTests
{
    [Fact]
    public void Rule_is_made_described_listed_disabled_and_deleted()
    {
        using var world = new EventsWorld();
        world.Call("CreateEventBus", """{"Name":"charlie","Description":"d"}""");
        Assert.Equal("arn:aws:events:us-east-1:123456789012:rule/charlie/r1", (string?)world.Call("PutRule", """{"Name":"r1","EventBusName":"charlie","EventPattern":"{\"source\":[\"s\"]}"}""")!["RuleArn"]);
        world.Watch("q", """{"source":["s"]}""", "charlie");
        Assert.Equal("ENABLED", (string?)world.Call("DescribeRule", """{"Name":"q","EventBusName":"charlie"}""")!["State"]);
        world.Call("DisableRule", """{"Name":"q","EventBusName":"charlie"}""");
        world.Put("s", "t", "{}", "charlie");
        Assert.Empty(world.Received("q"));
        world.Call("EnableRule", """{"Name":"q","EventBusName":"charlie"}""");
        world.Put("s", "t", "{}", "charlie");
        Assert.Single(world.Received("q"));

        var page = world.Call("ListRules", """{"EventBusName":"charlie","Limit":1}""")!;
        Assert.Equal("q", (string?)page["Rules"]![0]!["Name"]);
        page = world.Call("ListRules",
            new JsonObject { ["EventBusName"] = "charlie", ["Limit"] = 1, ["NextToken"] = (string?)page["NextToken"] }.ToJsonString())!;
        Assert.Equal("r1", (string?)page["Rules"]![0]!["Name"]);
        Assert.Null(page["NextToken"]);

        Assert.Equal("Rule can't be deleted since it has targets.", Assert.Throws<AwsException>(() => world.Call("DeleteRule", """{"Name":"q","EventBusName":"charlie"}""")).Message);
        world.Call("RemoveTargets", """{"Rule":"q","EventBusName":"charlie","Ids":["1"]}""");
        world.Call("DeleteRule", """{"Name":"q","EventBusName":"charlie"}""");
        Assert.Equal("ResourceNotFoundException", Assert.Throws<AwsException>(() => world.Call("DescribeRule", """{"Name":"q","EventBusName":"charlie"}""")).Code);
        world.Call("DeleteEventBus", """{"Name":"charlie"}""");
        Assert.Equal(["default"], world.Call("ListEventBuses", "{}")!["EventBuses"]!.AsArray().Select(bus => (string)bus!["Name"]!));
    }

    [Theory]
    [InlineData("PutRule", """{"Name":"r"}""", "ValidationException")]
    [InlineData("PutRule", """{"Name":"r !","EventPattern":"{}"}""", "ValidationException")]
    [InlineData("PutRule", """{"Name":"r","EventPattern":"{\"source\":[\"s\"]}","EventBusName":"none"}""", "ResourceNotFoundException")]
    [InlineData("PutRule", """{"Name":"r","ScheduleExpression":"rate(1 minutes)"}""", "ValidationException")]
    [InlineData("PutRule", """{"Name":"r","ScheduleExpression":"cron(0 0 L * ? *)"}""", "ValidationException")]
    [InlineData("PutTargets", """{"Rule":"none","Targets":[]}""", "ResourceNotFoundException")]
    [InlineData("CreateEventBus", """{"Name":"default"}""", "ResourceAlreadyExistsException")]
    [InlineData("CreateEventBus", "{}", "ValidationException")]
    [InlineData("DeleteEventBus", """{"Name":"default"}""", "ValidationException")]
    [InlineData("PutRule", """{"Name":7}""", "SerializationException")]
    [InlineData("StartReplay", "{}", "UnknownOperationException")]
    public void Wrong_request_gets_AWSs_error(string action, string body, string code)
    {
        using var world = new EventsWorld();
        Assert.Equal(code, Assert.Throws<AwsException>(() => world.Call(action, body)).Code);
    }

    [Fact]
    public void Pattern_can_be_tested()
    {
        using var world = new EventsWorld();
        const string @event = """{"id":"1","account":"123456789012","source":"s","time":"2026-11-22T14:03:07Z","region":"us-east-1","resources":[],"detail-type":"t","detail":{}}""";
        Assert.True((bool)world.Call("TestEventPattern", new JsonObject { ["EventPattern"] = """{"source":["s"]}""", ["Event"] = @event }.ToJsonString())!["Result"]!);
        Assert.Throws<AwsException>(() => world.Call("TestEventPattern", """{"EventPattern":"{\"source\":[\"s\"]}","Event":"{}"}"""));
    }

    [Fact]
    public void Bus_passes_events_on_once_and_services_put_on_the_default_bus()
    {
        using var world = new EventsWorld();
        world.Call("CreateEventBus", """{"Name":"second"}""");
        world.Call("CreateEventBus", """{"Name":"third"}""");
        foreach (var (from, to) in new[] { ("default", "second"), ("second", "third") })
        {
            world.Call("PutRule", $$"""{"Name":"on","EventBusName":"{{from}}","EventPattern":"{\"source\":[\"aws.autoscaling\"]}"}""");
            world.Call("PutTargets", $$"""{"Rule":"on","EventBusName":"{{from}}","Targets":[{"Id":"1","Arn":"arn:aws:events:us-east-1:123456789012:event-bus/{{to}}"}]}""");
            world.Watch("at-" + to, """{"source":["aws.autoscaling"]}""", to);
        }

        world.Router.Put("aws.autoscaling", "EC2 Instance-launch Lifecycle Action", ["arn"], new JsonObject { ["EC2InstanceId"] = "i-1" });
        world.Settle();
        Assert.Equal("i-1", (string?)Assert.Single(world.Received("at-second"))["detail"]!["EC2InstanceId"]);
        Assert.Empty(world.Received("at-third"));
    }

    [Fact]
    public void Rate_makes_scheduled_events_until_the_rule_is_disabled()
    {
        using var world = new EventsWorld(new AwsTimings { ScheduleMinute = TimeSpan.FromSeconds(2) });
        world.Queues.Create("q");
        world.Call("PutRule", """{"Name":"sweep","ScheduleExpression":"rate(5 minutes)"}""");
        world.Call("PutTargets", """{"Rule":"sweep","Targets":[{"Id":"1","Arn":"arn:aws:sqs:us-east-1:123456789012:q"}]}""");
        world.Time.Advance(TimeSpan.FromSeconds(9));
        Assert.Empty(world.Received("q"));
        Turn(world, seconds: 22);
        Assert.Equal(3, world.Received("q").Count);
        var scheduled = world.Received("q")[0];
        Assert.Equal(("aws.events", "Scheduled Event", "{}"),
            ((string?)scheduled["source"], (string?)scheduled["detail-type"], scheduled["detail"]!.ToJsonString()));
        Assert.Equal("arn:aws:events:us-east-1:123456789012:rule/sweep", (string?)scheduled["resources"]![0]);
        world.Call("DisableRule", """{"Name":"sweep"}""");
        Turn(world, seconds: 60);
        Assert.Equal(3, world.Received("q").Count);
        Assert.True(world.Router.FireSchedule("sweep"));
        world.Settle();
        Assert.False(world.Router.FireSchedule("nothing"));
        Assert.Equal(4, world.Received("q").Count);
    }

    [Theory]
    [InlineData("cron(0 10 * * ? *)", "2026-11-22T14:03:07Z", "2026-11-23T10:00:00Z")]
    [InlineData("cron(15 12 * * ? *)", "2026-11-22T12:14:59Z", "2026-11-22T12:15:00Z")]
    [InlineData("cron(0 18 ? * MON-FRI *)", "2026-11-20T18:00:00Z", "2026-11-23T18:00:00Z")]
    [InlineData("cron(0 8 1 * ? *)", "2026-11-22T14:03:07Z", "2026-12-01T08:00:00Z")]
    [InlineData("cron(0/15 * * * ? *)", "2026-11-22T14:03:07Z", "2026-11-22T14:15:00Z")]
    [InlineData("cron(0/5 8-17 ? * MON-FRI *)", "2026-11-22T14:03:07Z", "2026-11-23T08:00:00Z")]
    [InlineData("cron(0 0 29 2 ? *)", "2026-11-22T14:03:07Z", "2028-02-29T00:00:00Z")]
    public void Cron_comes_at_the_time_that_it_names(string expression, string now, string next)
    {
        var at = DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(DateTimeOffset.Parse(next, System.Globalization.CultureInfo.InvariantCulture),
            at + ScheduleExpression.Parse(expression).Wait(at, TimeSpan.FromMinutes(1)));
    }

    /// <summary>Second by second, so that what is planned anew in each turn finds its own time.</summary>
    internal static void Turn(EventsWorld world, int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            world.Time.Advance(TimeSpan.FromSeconds(1));
        }
    }
}
