using System.Text.Json.Nodes;
using Charlie.Sandbox.EventBridge;
using Charlie.Sandbox.Events;

namespace Charlie.Sandbox.Tests.EventBridge;

public sealed class DeliveryTests
{
    [Theory]
    [InlineData("\"instance <instance> is in <state>\"", "\"instance i-0123456789 is in RUNNING\"")]
    [InlineData("""{"instance":<instance>,"state":<state>}""", """{"instance":"i-0123456789","state":"RUNNING"}""")]
    [InlineData("""{"instance":<instance>,"state":"<state>","instanceStatus":"instance \"<instance>\" is in <state>"}""", """{"instance":"i-0123456789","state":"RUNNING","instanceStatus":"instance \"i-0123456789\" is in RUNNING"}""")]
    [InlineData("""{"instance":<instance>,"state":[9,<state>,true],"Transformed":"Yes"}""", """{"instance":"i-0123456789","state":[9,"RUNNING",true],"Transformed":"Yes"}""")]
    [InlineData("""{"rule":<aws.events.rule-name>,"arn":<aws.events.rule-arn>}""", """{"rule":"example","arn":"arn:aws:events:us-east-1:123456789012:rule/example"}""")]
    [InlineData("\"<aws.events.rule-name> triggered\"", "\"example triggered\"")]
    [InlineData("\"one <instance>\"\n\"two <missing><second>\"", "\"one i-0123456789\"\n\"two b\"")]
    [InlineData("""{"all":<list>,"detail":<detail>,"none":<missing>,"number":<number>}""", """{"all":["a","b"],"detail":{"deep":"x"},"none":"","number":5}""")]
    [InlineData("\"<detail> <list> <number>\"", "\"{deep:x} [a,b] 5\"")]
    [InlineData("""{"at":<aws.events.event.ingestion-time>}""", """{"at":"2026-11-22T14:03:07Z"}""")]
    [InlineData("plain <unquoted> <state>", "plain  RUNNING")]
    public void Input_transformer_makes_what_AWS_documents(string template, string output)
    {
        using var world = new EventsWorld();
        Put(world, new JsonObject
        {
            ["InputTransformer"] = new JsonObject
            {
                ["InputPathsMap"] = new JsonObject
                {
                    ["instance"] = "$.detail.instance-id",
                    ["state"] = "$.detail.state",
                    ["missing"] = "$.detail.nothing.here",
                    ["list"] = "$.detail.list",
                    ["second"] = "$.detail.list[1]",
                    ["detail"] = "$.detail.inner",
                    ["number"] = "$.detail.number",
                },
                ["InputTemplate"] = template,
            },
        });
        Assert.Equal(output, Assert.Single(world.Queues.Messages("q")).Body);
    }

    [Fact]
    public void Reserved_variables_give_the_event_without_and_with_its_detail()
    {
        using var world = new EventsWorld();
        Put(world, new JsonObject { ["InputTransformer"] = new JsonObject { ["InputTemplate"] = """{"event":<aws.events.event>,"json":<aws.events.event.json>}""" } });
        var made = JsonNode.Parse(Assert.Single(world.Queues.Messages("q")).Body)!;
        Assert.Equal("s", (string?)made["event"]!["source"]);
        Assert.Null(made["event"]!["detail"]);
        Assert.Equal("RUNNING", (string?)made["json"]!["detail"]!["state"]);
    }

    [Fact]
    public void Input_and_input_path_replace_the_event()
    {
        using var constant = new EventsWorld();
        Put(constant, new JsonObject { ["Input"] = """{"fixed": 1}""" });
        Assert.Equal("""{"fixed": 1}""", Assert.Single(constant.Queues.Messages("q")).Body);
        using var part = new EventsWorld();
        Put(part, new JsonObject { ["InputPath"] = "$.detail.inner" });
        Assert.Equal("""{"deep":"x"}""", Assert.Single(part.Queues.Messages("q")).Body);
    }

    [Fact]
    public void Event_for_a_missing_target_ends_in_the_dead_letter_queue()
    {
        using var world = new EventsWorld();
        world.Queues.Create("dead");
        world.Call("PutRule", """{"Name":"r","EventPattern":"{\"source\":[\"s\"]}"}""");
        world.Call("PutTargets", """{"Rule":"r","Targets":[{"Id":"1","Arn":"arn:aws:lambda:us-east-1:123456789012:function:gone","DeadLetterConfig":{"Arn":"arn:aws:sqs:us-east-1:123456789012:dead"}}]}""");
        world.Put("s", "t", """{"state":"RUNNING"}""");
        var dead = Assert.Single(world.Queues.Messages("dead"));
        Assert.Equal("RUNNING", (string?)JsonNode.Parse(dead.Body)!["detail"]!["state"]);
        Assert.Equal("NO_RESOURCE", dead.Attributes["ERROR_CODE"]);
    }

    private static void Put(EventsWorld world, JsonObject target)
    {
        world.Queues.Create("q");
        world.Queues.Create("dead");
        world.Call("PutRule", """{"Name":"example","EventPattern":"{\"source\":[\"s\"]}"}""");
        target["Id"] = "1";
        target["Arn"] = "arn:aws:sqs:us-east-1:123456789012:q";
        world.Call("PutTargets", new JsonObject { ["Rule"] = "example", ["Targets"] = new JsonArray(target) }.ToJsonString());
        world.Put("s", "t", """{"instance-id":"i-0123456789","state":"RUNNING","list":["a","b"],"inner":{"deep":"x"},"number":5}""");
    }
}
