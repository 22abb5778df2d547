using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Charlie.Sandbox.Context;
using Charlie.Sandbox.EventBridge;
using Charlie.Sandbox.EventBridge.Api;
using Charlie.Sandbox.Events;
using Charlie.Sandbox.Iam;
using Charlie.Sandbox.Lambda;
using Charlie.Sandbox.Secrets;
using Charlie.Sandbox.Sns;
using Charlie.Sandbox.Sqs;
using Charlie.Sandbox.Wire;
using Microsoft.Extensions.Time.Testing;

namespace Charlie.Sandbox.Tests.EventBridge;

/// <summary>The cloud's event side on a clock that tests turn, with functions that are scripts.</summary>
internal sealed class EventsWorld : IDisposable
{
    private readonly CloudContext context;

    public EventsWorld(AwsTimings? timings = null)
    {
        context = new CloudContext(Time, timings ?? new AwsTimings(), seed: 1);
        Plane = new EventPlane(context, Host, roles: Roles, secrets: Secrets);
        Api = new EventsApi(Plane.Router, Plane.Destinations);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 22, 14, 3, 7, TimeSpan.Zero));

    public RolePolicies Roles { get; } = new();

    public SecretStore Secrets { get; } = new();

    public EventPlane Plane { get; }

    public Timeline Timeline => context.Timeline;

    public Queues Queues => Plane.Queues;

    public Topics Topics => Plane.Topics;

    public EventRouter Router => Plane.Router;

    public ScriptedHost Host { get; } = new();

    public InvocationLog Log => Plane.Invocations;

    public Functions Functions => Plane.Functions;

    public EventsApi Api { get; }

    public void Dispose() => context.Dispose();

    /// <summary>One call of EventBridge's API, as the wire would bring it.</summary>
    public JsonNode? Call(string action, [System.Diagnostics.CodeAnalysis.StringSyntax("Json")] string body)
    {
        using var document = JsonDocument.Parse(body);
        var response = Api.Respond(
            new AwsRequest("events", action, "request", null, new Dictionary<string, string>(), document.RootElement.Clone()));
        Assert.Equal(200, response.Status);
        Settle();
        return response.Body.Length == 0 ? null : JsonNode.Parse(response.Body.Span);
    }

    /// <summary>Has Lambda take an event and run what is due at once.</summary>
    public string Invoke(FunctionConfiguration function, string payload)
    {
        var requestId = Functions.Invocations.Invoke(function, payload);
        Settle();
        return requestId;
    }

    /// <summary>Lets what is due now happen, and what comes of it: planned work may wait for the clock's next millisecond.</summary>
    public void Settle()
    {
        for (var step = 0; step < 10; step++)
        {
            Time.Advance(TimeSpan.FromMilliseconds(1));
        }
    }

    /// <summary>A queue that is the target of a rule with this pattern; what matched waits in it.</summary>
    public void Watch(string queue, string pattern, string bus = "default")
    {
        Queues.Create(queue);
        Call("PutRule", new JsonObject { ["Name"] = queue, ["EventPattern"] = pattern, ["EventBusName"] = bus }.ToJsonString());
        Call("PutTargets", $$"""{"Rule":"{{queue}}","EventBusName":"{{bus}}","Targets":[{"Id":"1","Arn":"{{Queues.Arn(queue)}}"}]}""");
    }

    public JsonNode Put(string source, string detailType, string detail, string bus = "default") => Call("PutEvents", new JsonObject
    {
        ["Entries"] = new JsonArray(
            new JsonObject { ["Source"] = source, ["DetailType"] = detailType, ["Detail"] = detail, ["EventBusName"] = bus }),
    }.ToJsonString())!;

    public IReadOnlyList<JsonNode> Received(string queue) => [.. Queues.Messages(queue).Select(message => JsonNode.Parse(message.Body)!)];
}

/// <summary>Runs functions by a script and remembers its requests.</summary>
internal sealed class ScriptedHost : IFunctionHost
{
    public Func<Invocation, InvocationResult> Script { get; set; } = _ => Success("null");

    public List<Invocation> Invocations { get; } = [];

    public static InvocationResult Success(string payload) => new(InvocationStatus.Succeeded, payload, "ASIATEST");

    public static InvocationResult Error(string message) =>
        new(InvocationStatus.FunctionError, $$"""{"errorType":"Broken","errorMessage":"{{message}}"}""", "ASIATEST");

    public Task<InvocationResult> InvokeAsync(Invocation invocation)
    {
        Invocations.Add(invocation);
        return Task.FromResult(Script(invocation));
    }
}
