using System.Text.Json.Nodes;
using Charlie.Sandbox.Template;
using Charlie.Sandbox.Tests.EventBridge;

namespace Charlie.Sandbox.Tests.Template;

public sealed class StackTests
{
    [Fact]
    public void What_is_pushed_on_the_bus_runs_the_function_and_ends_as_an_alert()
    {
        using var world = new EventsWorld();
        Deploy(world);
        world.Host.Script = invocation => ScriptedHost.Success(
            invocation.Function.LogicalId == "Refresh" ? """{"outcome":"Started","summary":"It \"began\"."}""" : "null");
        world.Put("charlie.ci", "Image Pushed", """{"app":"charlie"}""", "charlie");
        world.Put("charlie.ci", "Image Pushed", """{"app":"another"}""", "charlie");
        world.Put("charlie.ci", "Image Pushed", """{"app":"charlie"}""");
        Assert.Equal("Refresh", Assert.Single(world.Host.Invocations).Function.Handler);
        Assert.Equal("\"It \"began\".\"", Assert.Single(world.Topics.All.Single().Messages).Message);

        world.Router.Put("aws.autoscaling", "EC2 Instance-launch Lifecycle Action", [], []);
        world.Settle();
        Assert.Equal("Lifecycle", world.Host.Invocations[^1].Function.Handler);
        RulesTests.Turn(world, seconds: 61);
        Assert.Equal("Scheduled Event", (string?)JsonNode.Parse(world.Host.Invocations[^1].Payload)!["detail-type"]);
        Assert.True(world.Router.FireSchedule("RefreshSweep"));
        Assert.True(world.Router.FireSchedule("charlie-sweep"));
    }

    [Fact]
    public void What_finally_fails_ends_in_the_dead_letter_queue_and_on_the_bus()
    {
        using var world = new EventsWorld();
        var stack = Deploy(world);
        world.Watch("failures", """{"detail-type":["Lambda Function Invocation Result - Failure"]}""", "charlie");
        world.Host.Script = _ => ScriptedHost.Error("no");
        world.Put("charlie.ci", "Image Pushed", """{"app":"charlie"}""", "charlie");
        RulesTests.Turn(world, seconds: 50);
        world.Call("DisableRule", """{"Name":"charlie-sweep"}""");
        RulesTests.Turn(world, seconds: 100);
        Assert.Equal(2, world.Host.Invocations.Count);
        Assert.Single(world.Queues.Messages(stack.Model.Queues.Single()));
        Assert.Single(world.Received("failures"));
    }

    [Fact]
    public void Functions_have_what_the_template_says()
    {
        var values = new Dictionary<string, string>(Templates.Values) { ["Mode"] = "two", ["Port"] = "81" };
        var model = TemplateDocument.Parse(Templates.Whole).Resolve("stack", values);
        var refresh = model.Functions[0];
        Assert.Matches("^stack-Refresh-[0-9A-F]{12}$", refresh.Name);
        Assert.Equal(
            (512, 60.0, true, 1, 3600.0, model.Buses[0].Name),
            (refresh.MemorySize, refresh.Timeout.TotalSeconds, refresh.JsonLogs,
                refresh.MaximumRetryAttempts, refresh.MaximumEventAge.TotalSeconds, "charlie"));
        Assert.Equal(
            [("CHARLIE_APP", "charlie"), ("CHARLIE_PORT", "81"),
                ("CHARLIE_BUS", "charlie/arn:aws:events:us-east-1:123456789012:event-bus/charlie/two/${Kept}/us-east-1")],
            refresh.Environment.Select(variable => (variable.Key, variable.Value)));
        Assert.Equal(
            [("CHARLIE_APP", "charlie"), ("CHARLIE_PORT", "8080"), ("FIRST_SUBNET", "subnet-1"), ("JOINED", "a-b")],
            model.Functions[1].Environment.Select(variable => (variable.Key, variable.Value)));
        Assert.Equal("arn:aws:events:us-east-1:123456789012:event-bus/charlie", refresh.OnFailure);
        Assert.Equal("arn:aws:events:us-east-1:123456789012:event-bus/charlie", model.Outputs["BusArn"]);
        Assert.Empty(model.Subscriptions);
        var retry = model.Rules[0].Targets[0].RetryPolicy;
        Assert.Equal(("charlie", 5, 60), (model.Rules[0].BusName, retry.MaximumRetryAttempts, retry.MaximumEventAgeInSeconds));
        values = new Dictionary<string, string>(Templates.Values) { ["Email"] = "a@b.example" };
        Assert.Single(TemplateDocument.Parse(Templates.Whole).Resolve("stack", values).Subscriptions);
    }

    [Fact]
    public void A_parameter_of_the_store_has_its_references_put_in()
    {
        var model = Resolve("String", """{"app":"${App}"}""");
        Assert.Equal(new StoredParameterModel("/charlie/bot/stack", "String", """{"app":"bot"}"""), Assert.Single(model.StoredParameters));
        Assert.Throws<TemplateException>(() => Resolve("SecureString", "x"));
        Assert.Throws<TemplateException>(() => Resolve("String", new string('x', 4097)));

        static StackModel Resolve(string type, string value) => TemplateDocument.Parse($$"""
            Transform: AWS::Serverless-2016-10-31
            Parameters:
              App: { Type: String }
            Resources:
              Kept:
                Type: AWS::SSM::Parameter
                Properties:
                  Name: !Sub /charlie/${App}/stack
                  Type: {{type}}
                  Value: !Sub '{{value}}'
            """).Resolve("stack", new Dictionary<string, string> { ["App"] = "bot" });
    }

    [Fact]
    public void Bus_policy_is_kept()
    {
        using var world = new EventsWorld();
        Deploy(world);
        var policy = JsonNode.Parse((string)world.Call("DescribeEventBus", """{"Name":"charlie"}""")!["Policy"]!)!;
        Assert.Equal(("DenyOthers", "Deny"), ((string?)policy["Statement"]![0]!["Sid"], (string?)policy["Statement"]![0]!["Effect"]));
    }

    private static Stack Deploy(EventsWorld world) =>
        Stack.Deploy(
            Templates.Whole,
            Templates.Values,
            world.Router,
            world.Functions,
            world.Topics,
            world.Queues,
            world.Plane.LogGroups,
            world.Plane.Scheduling);
}
