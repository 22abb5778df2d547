using System.Text;
using System.Text.Json.Nodes;
using Charlie.Sandbox.EventBridge.Destinations;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.EventBridge.Api;

/// <summary>EventBridge's API, target prefix <c>AWSEvents</c>.</summary>
public sealed class EventsApi : IAwsApi
{
    private readonly Func<string, string?> callerName;
    private readonly Dictionary<string, Func<JsonArguments, string?, JsonObject?>> operations;

    /// <param name="callerName">Who stands behind an access key, for the timeline.</param>
    public EventsApi(EventRouter router, DestinationStore destinations, Func<string, string?>? callerName = null)
    {
        this.callerName = callerName ?? (_ => null);
        var events = new PutEventsOperation(router);
        var buses = new BusOperations(router);
        var rules = new RuleOperations(router, buses);
        var targets = new TargetOperations(rules);
        var connections = new ConnectionOperations(destinations);
        var apiDestinations = new DestinationOperations(destinations);
        operations = new()
        {
            ["PutEvents"] = events.PutEvents,
            ["TestEventPattern"] = (arguments, _) => RuleOperations.TestEventPattern(arguments),
            ["CreateEventBus"] = (arguments, _) => buses.CreateEventBus(arguments),
            ["DescribeEventBus"] = (arguments, _) => buses.DescribeEventBus(arguments),
            ["ListEventBuses"] = (arguments, _) => buses.ListEventBuses(arguments),
            ["DeleteEventBus"] = (arguments, _) => buses.DeleteEventBus(arguments),
            ["PutRule"] = (arguments, _) => rules.PutRule(arguments),
            ["DescribeRule"] = (arguments, _) => rules.DescribeRule(arguments),
            ["ListRules"] = (arguments, _) => rules.ListRules(arguments),
            ["DeleteRule"] = (arguments, _) => rules.DeleteRule(arguments),
            ["EnableRule"] = (arguments, _) => rules.Enable(arguments, enabled: true),
            ["DisableRule"] = (arguments, _) => rules.Enable(arguments, enabled: false),
            ["PutTargets"] = (arguments, _) => targets.PutTargets(arguments),
            ["RemoveTargets"] = (arguments, _) => targets.RemoveTargets(arguments),
            ["ListTargetsByRule"] = (arguments, _) => targets.ListTargetsByRule(arguments),
            ["CreateConnection"] = (arguments, _) => connections.CreateConnection(arguments),
            ["UpdateConnection"] = (arguments, _) => connections.UpdateConnection(arguments),
            ["DescribeConnection"] = (arguments, _) => connections.DescribeConnection(arguments),
            ["ListConnections"] = (arguments, _) => connections.ListConnections(arguments),
            ["DeauthorizeConnection"] = (arguments, _) => connections.DeauthorizeConnection(arguments),
            ["DeleteConnection"] = (arguments, _) => connections.DeleteConnection(arguments),
            ["CreateApiDestination"] = (arguments, _) => apiDestinations.CreateApiDestination(arguments),
            ["UpdateApiDestination"] = (arguments, _) => apiDestinations.UpdateApiDestination(arguments),
            ["DescribeApiDestination"] = (arguments, _) => apiDestinations.DescribeApiDestination(arguments),
            ["ListApiDestinations"] = (arguments, _) => apiDestinations.ListApiDestinations(arguments),
            ["DeleteApiDestination"] = (arguments, _) => apiDestinations.DeleteApiDestination(arguments),
        };
    }

    public string Service => "events";

    public AwsProtocol Protocol => AwsProtocol.Json;

    public PlayedOperations Operations => EventsOperations.Played;

    public AwsResponse Respond(AwsRequest request)
    {
        if (!operations.TryGetValue(request.Action, out var operation))
        {
            throw WireErrors.Unsupported(Protocol, Service, request.Action);
        }

        var response = operation(JsonArguments.Of(request), request.Caller is { } key ? callerName(key) ?? key : null);
        return new AwsResponse(
            200, "application/x-amz-json-1.1", response is null ? [] : Encoding.UTF8.GetBytes(EventJson.Write(response)));
    }
}
