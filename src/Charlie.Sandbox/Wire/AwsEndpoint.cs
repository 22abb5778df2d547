using System.Text.Json;

namespace Charlie.Sandbox.Wire;

/// <summary>
/// The one endpoint of all services: finds out which API call a request is, injects the faults, has the service
/// response under the cloud's lock, and writes AWS's errors. Synchronous, so that an in-memory transport can stand here too.
/// </summary>
public sealed class AwsEndpoint(CloudContext context)
{
    private readonly Dictionary<string, IAwsApi> apis = new(StringComparer.Ordinal);
    private readonly History<ApiCall> calls = new(context.HistoryLength);

    /// <summary>Raised under the cloud's lock with each call, before anything comes of it.</summary>
    public event Action<AwsRequest>? Called;

    /// <summary>The calls that are kept, oldest first.</summary>
    public IReadOnlyList<ApiCall> Calls => calls.From(0).Entries;

    /// <inheritdoc cref="History{T}.From"/>
    public (IReadOnlyList<ApiCall> Entries, int Next) CallsFrom(int position) => calls.From(position);

    /// <summary>What of each service is played, by the service's name.</summary>
    public IReadOnlyDictionary<string, PlayedOperations> Played
    {
        get
        {
            lock (context.Gate)
            {
                return apis.ToDictionary(api => api.Key, api => api.Value.Operations, StringComparer.Ordinal);
            }
        }
    }

    public void Add(IAwsApi api)
    {
        lock (context.Gate)
        {
            apis.Add(api.Service, api);
        }
    }

    public WireResponse Respond(WireRequest wire)
    {
        lock (context.Gate)
        {
            var requestId = context.Ids.Uuid();
            var protocol = RequestProtocol.Of(string.Empty, wire);
            var service = string.Empty;
            try
            {
                var scope = CredentialScope.Read(wire.Authorization);
                service = scope?.Service ?? string.Empty;
                protocol = apis.TryGetValue(service, out var named) ? named.Protocol : RequestProtocol.Of(service, wire);
                var request = Read(wire, scope, requestId, protocol);
                service = request.Service;
                if (!apis.TryGetValue(service, out var api))
                {
                    throw WireErrors.Unsupported(protocol, service, request.Action);
                }

                protocol = api.Protocol;
                return new WireResponse(requestId, Call(api, request)?.Write());
            }
            catch (AwsException error)
            {
                return new WireResponse(requestId, WireErrors.Respond(protocol, service, requestId, error).Write());
            }
            catch (Exception error)
            {
                var failed = Unexpected(service, protocol, error);
                return new WireResponse(requestId, WireErrors.Respond(protocol, service, requestId, failed).Write());
            }
        }
    }

    /// <summary>The same call without a wire, in the Query protocol; nothing is written.</summary>
    /// <param name="service">A service of this endpoint.</param>
    /// <param name="action">The operation's name.</param>
    /// <param name="accessKey">Whose call it is.</param>
    /// <param name="parameters">The flattened parameters, as <c>Filter.1.Name</c>.</param>
    /// <returns>The response; <c>null</c> where the connection breaks without one.</returns>
    internal AwsResponse? Respond(string service, string action, string accessKey, IReadOnlyDictionary<string, string> parameters)
    {
        lock (context.Gate)
        {
            return Call(apis[service], new AwsRequest(service, action, context.Ids.Uuid(), accessKey, parameters, null));
        }
    }

    /// <summary>A mistake of the sandbox: the caller gets the service's own failure, and the timeline says what it was.</summary>
    private AwsException Unexpected(string what, AwsProtocol protocol, Exception error)
    {
        context.Record("sandbox", "UnexpectedError", what, $"{what} failed in the sandbox itself: {error}");
        return WireErrors.Failed(protocol);
    }

    private static AwsRequest Read(WireRequest wire, CredentialScope? scope, string requestId, AwsProtocol protocol)
    {
        if (wire.Path is not ("" or "/") || RequestProtocol.IsRest(protocol))
        {
            throw WireErrors.Unsupported(protocol, scope?.Service ?? string.Empty, RequestProtocol.Operation(protocol, wire));
        }

        var body = wire.Body ?? throw new AwsException("RequestEntityTooLarge", "The request is larger than the service takes.", 413);
        return wire.Target is { } target
            ? Json(body, scope, requestId, target)
            : Query(body.IsEmpty ? wire.Query : FormParameters.Text(body), scope, requestId, protocol);
    }

    private static AwsRequest Query(string form, CredentialScope? scope, string requestId, AwsProtocol protocol)
    {
        var parameters = FormParameters.Parse(form);
        if (parameters.GetValueOrDefault("Action") is not { Length: > 0 } action)
        {
            throw new AwsException("MissingAction", "The request must contain the parameter Action.");
        }

        var version = parameters.GetValueOrDefault("Version");
        var service = scope?.Service ?? XmlNamespaces.ServiceOf(version)
            ?? throw WireErrors.Unsupported(protocol, string.Empty, action);
        return new AwsRequest(service, action, requestId, scope?.AccessKey, parameters, null);
    }

    private static AwsRequest Json(ReadOnlyMemory<byte> sent, CredentialScope? scope, string requestId, string target)
    {
        var dot = target.LastIndexOf('.');
        var action = target[(dot + 1)..];
        var service = scope?.Service ?? ServiceOfTarget(dot < 0 ? string.Empty : target[..dot]);
        try
        {
            var body = sent.IsEmpty ? JsonElement.Parse("{}") : JsonElement.Parse(sent.Span);
            JsonArguments.CheckTexts(body);
            return body.ValueKind == JsonValueKind.Object
                ? new AwsRequest(service, action, requestId, scope?.AccessKey, new Dictionary<string, string>(), body)
                : throw new AwsException("SerializationException", "Start of structure or map found where not expected.");
        }
        catch (JsonException)
        {
            throw new AwsException("SerializationException", "The request's body is not a valid JSON document.");
        }
    }

    private static string ServiceOfTarget(string prefix) => prefix switch
    {
        "AWSEvents" => "events",
        "AmazonSQS" => "sqs",
        "AmazonSSM" => "ssm",
        "Logs_20140328" => "logs",
        "secretsmanager" => "secretsmanager",
        _ => prefix,
    };

    private AwsResponse? Call(IAwsApi api, AwsRequest request)
    {
        Called?.Invoke(request);
        var caller = request.Caller is { } key ? context.Callers.NameOf(key) ?? key : null;
        var fault = context.Faults.Inject(caller);
        var response = fault is { When: FaultMoment.Before } ? null : Perform(api, request, caller);
        if (fault is not null)
        {
            response = Inject(fault, api, request);
            context.Timeline.Record(
                "fault", "FaultStruck", request.Action, $"{caller}: {fault.Action} {fault.When} {request.Action}", caller);
        }

        calls.Add(new ApiCall(
            calls.Count, context.Time.GetUtcNow(), caller, request.Service, request.Action, response?.Status, fault?.Action.ToString()));
        return response;
    }

    private AwsResponse Perform(IAwsApi api, AwsRequest request, string? caller)
    {
        using var actor = context.ActingAs(caller);
        try
        {
            return !api.Operations.Has(request.Action) ? throw WireErrors.Unsupported(api.Protocol, request.Service, request.Action)
                : api.Operations.Foreign(request) is { } member ? throw WireErrors.NotPlayed(api.Protocol, request.Action, member)
                : api.Respond(request);
        }
        catch (AwsException error)
        {
            return WireErrors.Respond(api.Protocol, request.Service, request.RequestId, error);
        }
        catch (Exception error)
        {
            return WireErrors.Respond(
                api.Protocol, request.Service, request.RequestId, Unexpected(request.Action, api.Protocol, error));
        }
    }

    private AwsResponse? Inject(Fault fault, IAwsApi api, AwsRequest request)
    {
        switch (fault.Action)
        {
            case FaultAction.Throttle:
                return WireErrors.Respond(api.Protocol, request.Service, request.RequestId, WireErrors.Throttled(api.Protocol));
            case FaultAction.Error500:
                return WireErrors.Respond(api.Protocol, request.Service, request.RequestId, WireErrors.Failed(api.Protocol));
            default:
                context.Callers.Kill(request.Caller ?? string.Empty);
                return null;
        }
    }
}

/// <summary>One API call, as it is kept for tests and operators.</summary>
/// <param name="Number">Its place in the order of all calls, from 0.</param>
/// <param name="At">The cloud's time.</param>
/// <param name="Caller">The function or access key; <c>null</c> for an unsigned request.</param>
/// <param name="Service">The service that was called.</param>
/// <param name="Action">The operation's name.</param>
/// <param name="Status">The HTTP status; <c>null</c> where the caller got no response.</param>
/// <param name="Fault">The fault that struck it, if one did.</param>
public sealed record ApiCall(
    int Number, DateTimeOffset At, string? Caller, string Service, string Action, int? Status, string? Fault);
