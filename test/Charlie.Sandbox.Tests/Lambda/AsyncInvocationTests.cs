using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Charlie.Sandbox.Lambda;
using Charlie.Sandbox.Tests.EventBridge;

namespace Charlie.Sandbox.Tests.Lambda;

public sealed partial class AsyncInvocationTests
{
    private const string DeadLetter = "arn:aws:sqs:us-east-1:123456789012:dead";
    private const string Bus = "arn:aws:events:us-east-1:123456789012:event-bus/default";

    private static readonly FunctionConfiguration Refresh =
        new("charlie-Refresh", "Refresh") { LogicalId = "Refresh", OnSuccess = Bus, OnFailure = Bus, DeadLetterArn = DeadLetter };

    [Fact]
    public void Success_is_reported_on_the_bus_in_AWSs_shape()
    {
        using var world = Create(Refresh);
        world.Host.Script = _ => ScriptedHost.Success("""{"outcome":"Started"}""");
        var requestId = world.Invoke(Refresh, """{"detail-type":"Image Pushed","n":1}""");
        var reported = Assert.Single(world.Received("results"));
        Assert.Equal(("lambda", "Lambda Function Invocation Result - Success"),
            ((string?)reported["source"], (string?)reported["detail-type"]));
        Assert.Equal([Bus, "arn:aws:lambda:us-east-1:123456789012:function:charlie-Refresh:$LATEST"],
            reported["resources"]!.AsArray().Select(resource => (string)resource!));
        Assert.Equal(
            $$$"""{"version":"1.0","timestamp":"2026-11-22T14:03:07.000Z","requestContext":{"requestId":"{{{requestId}}}","functionArn":"arn:aws:lambda:us-east-1:123456789012:function:charlie-Refresh:$LATEST","condition":"Success","approximateInvokeCount":1},"requestPayload":{"detail-type":"Image Pushed","n":1},"responseContext":{"statusCode":200,"executedVersion":"$LATEST"},"responsePayload":{"outcome":"Started"}}""",
            TimestampOf().Replace(reported["detail"]!.ToJsonString(), "${1}000Z"));
    }

    [Fact]
    public void Function_error_is_tried_again_after_one_and_two_minutes_and_then_given_up()
    {
        using var world = Create(Refresh);
        world.Host.Script = invocation => ScriptedHost.Error("attempt " + invocation.Attempt);
        var requestId = world.Invoke(Refresh, """{"n":1}""");
        RulesTests.Turn(world, seconds: 400);
        var starts = world.Log.Records.Select(record => record.StartedAt).ToList();
        Assert.Equal(3, starts.Count);

        // The clock turns by whole seconds.
        Assert.InRange(starts[1] - starts[0], TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(61.1));
        Assert.InRange(starts[2] - starts[1], TimeSpan.FromSeconds(120), TimeSpan.FromSeconds(121.1));
        Assert.Equal([requestId, requestId, requestId], world.Host.Invocations.Select(invocation => invocation.RequestId));
        var reported = Assert.Single(world.Received("results"))["detail"]!;
        Assert.Equal("RetriesExhausted", (string?)reported["requestContext"]!["condition"]);
        Assert.Equal(3, (int)reported["requestContext"]!["approximateInvokeCount"]!);
        Assert.Equal("Unhandled", (string?)reported["responseContext"]!["functionError"]);
        Assert.Equal("attempt 3", (string?)reported["responsePayload"]!["errorMessage"]);
        var dead = Assert.Single(world.Queues.Messages("dead"));
        Assert.Equal(("""{"n":1}""", requestId, "200", "attempt 3"),
            (dead.Body, dead.Attributes["RequestID"], dead.Attributes["ErrorCode"], dead.Attributes["ErrorMessage"]));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 3)]
    public void Retry_attempts_are_those_configured(int retries, int attempts)
    {
        var function = Refresh with { MaximumRetryAttempts = retries };
        using var world = Create(function);
        world.Host.Script = _ => ScriptedHost.Error("no");
        world.Invoke(function, "{}");
        RulesTests.Turn(world, seconds: 600);
        Assert.Equal(attempts, world.Host.Invocations.Count);
        Assert.Single(world.Queues.Messages("dead"));
    }

    [Fact]
    public void Second_try_that_succeeds_ends_it()
    {
        using var world = Create(Refresh);
        world.Host.Script = invocation => invocation.Attempt == 1 ? ScriptedHost.Error("no") : ScriptedHost.Success("1");
        world.Invoke(Refresh, "{}");
        RulesTests.Turn(world, seconds: 600);
        Assert.Equal(2, (int)Assert.Single(world.Received("results"))["detail"]!["requestContext"]!["approximateInvokeCount"]!);
        Assert.Empty(world.Queues.Messages("dead"));
    }

    [Fact]
    public void Event_that_grows_too_old_between_tries_is_given_up()
    {
        var function = Refresh with { MaximumEventAge = TimeSpan.FromSeconds(100) };
        using var world = Create(function);
        world.Host.Script = _ => ScriptedHost.Error("no");
        world.Invoke(function, "{}");
        RulesTests.Turn(world, seconds: 600);
        Assert.Equal(2, world.Host.Invocations.Count);
        Assert.Equal("EventAgeExceeded", (string?)Assert.Single(world.Received("results"))["detail"]!["requestContext"]!["condition"]);
    }

    [Fact]
    public void Throttled_event_waits_longer_each_time_and_costs_no_retry()
    {
        using var world = Create(Refresh);
        world.Host.Script = _ =>
            world.Host.Invocations.Count <= 4 ? new InvocationResult(InvocationStatus.Throttled, null) : ScriptedHost.Success("1");
        world.Invoke(Refresh, "{}");
        RulesTests.Turn(world, seconds: 6);
        Assert.Equal(3, world.Host.Invocations.Count);
        RulesTests.Turn(world, seconds: 60);
        Assert.Equal(5, world.Host.Invocations.Count);
        Assert.All(world.Host.Invocations, invocation => Assert.Equal(1, invocation.Attempt));
        Assert.Equal(1, (int)Assert.Single(world.Received("results"))["detail"]!["requestContext"]!["approximateInvokeCount"]!);
    }

    [Fact]
    public void Event_that_never_ran_is_dropped_without_a_response()
    {
        var function = Refresh with { MaximumEventAge = TimeSpan.FromMinutes(2) };
        using var world = Create(function);
        world.Host.Script = _ => new InvocationResult(InvocationStatus.Throttled, null);
        world.Invoke(function, "{}");
        RulesTests.Turn(world, seconds: 600);
        var detail = Assert.Single(world.Received("results"))["detail"]!.AsObject();
        Assert.Equal("EventAgeExceeded", (string?)detail["requestContext"]!["condition"]);
        Assert.False(detail.ContainsKey("responsePayload"));
        Assert.Equal("429", Assert.Single(world.Queues.Messages("dead")).Attributes["ErrorCode"]);
    }

    [Fact]
    public void Duplicate_runs_the_same_event_twice()
    {
        using var world = Create(Refresh);
        world.Plane.Faults.Duplicate = _ => true;
        world.Invoke(Refresh, "{}");
        Assert.Single(world.Host.Invocations.Select(invocation => invocation.RequestId).Distinct());
        Assert.Equal(2, world.Host.Invocations.Count);
    }

    [Fact]
    public void Destination_may_be_a_topic_a_queue_or_a_function()
    {
        var last = new FunctionConfiguration("last", "Last");
        using var world = Create(last);
        world.Queues.Create("q");
        var topic = world.Topics.Create("t");
        foreach (var destination in new[] { topic.Arn, "arn:aws:sqs:us-east-1:123456789012:q", last.Arn })
        {
            var function = new FunctionConfiguration("first", "First") { OnSuccess = destination };
            world.Invoke(function, """{"n":1}""");
        }

        foreach (var record in new[] { topic.Messages.Single().Message, world.Queues.Messages("q").Single().Body,
            world.Host.Invocations[^1].Payload })
        {
            Assert.Equal(1, (int)JsonNode.Parse(record)!["requestPayload"]!["n"]!);
        }
    }

    [Fact]
    public void Invocations_can_be_read()
    {
        using var world = Create(Refresh);
        world.Host.Script = invocation => invocation.Attempt == 1 ? ScriptedHost.Error("no") : ScriptedHost.Success("""{"a":1}""");
        var requestId = world.Invoke(Refresh, """{"n":1}""");
        world.Log.Logs.Write("charlie-Refresh", requestId, "a line");
        RulesTests.Turn(world, seconds: 62);
        var read = world.Log.ToJson("Refresh");
        Assert.Equal([("FunctionError", 1), ("Succeeded", 2)], read.Select(one => ((string)one!["status"]!, (int)one["attempt"]!)));
        Assert.Equal(("Refresh", "no", 1, "a line"),
            ((string?)read[0]!["function"], (string?)read[0]!["error"]!["errorMessage"], (int)read[1]!["result"]!["a"]!,
            (string?)read[0]!["logs"]![0]));
        Assert.Empty(world.Log.ToJson("Lifecycle"));
        Assert.Equal(
            ["InvocationStarted", "InvocationFailed", "InvocationStarted", "InvocationSucceeded"],
            world.Timeline.From(0).Where(entry => entry.Source == "lambda" && entry.Data!["requestId"] == requestId)
                .Select(entry => entry.Kind));
    }

    /// <summary>The milliseconds are those of the clock, which the world lets run on.</summary>
    [GeneratedRegex("(T14:03:07\\.)[0-9]{3}Z")]
    private static partial Regex TimestampOf();

    private static EventsWorld Create(FunctionConfiguration function)
    {
        var world = new EventsWorld();
        world.Queues.Create("dead");
        world.Watch("results", """{"source":["lambda"]}""");
        world.Functions.Create(function);
        return world;
    }
}
