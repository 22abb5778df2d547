using Charlie.Sandbox.Control;
using Charlie.Sandbox.EventBridge;
using Charlie.Sandbox.EventBridge.Api;
using Charlie.Sandbox.Lambda;
using Charlie.Sandbox.Lambda.Hosting;
using Charlie.Sandbox.Sns;
using Charlie.Sandbox.Sqs;
using Charlie.Sandbox.Template;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Charlie.Sandbox;

/// <summary>What a <c>serverless.template</c> deploys to: EventBridge, Lambda with its processes, SNS and SQS.</summary>
/// <param name="program">The program that every function is.</param>
/// <param name="limits">Lambda's own limits unless others are given.</param>
public sealed class Serverless(FunctionProgram program, ProcessHostLimits? limits = null) : ISandboxPart
{
    private readonly FunctionLogs logs = new();
    private Cloud? attached;
    private ProcessHost? host;
    private Uri? endpoint;
    private EventRouter? events;
    private Functions? functions;
    private Topics? topics;
    private Queues? queues;

    public EventRouter Events => events ?? throw Unattached();

    public Functions Functions => functions ?? throw Unattached();

    public Topics Topics => topics ?? throw Unattached();

    public Queues Queues => queues ?? throw Unattached();

    public InvocationLog Invocations => Functions.Invocations.Log;

    public void Attach(Cloud cloud)
    {
        attached = cloud;
        var targets = new EventTargets();
        queues = new Queues(cloud.Time, cloud.Ids, cloud.Timeline, targets);
        topics = new Topics(cloud.Time, cloud.Ids, cloud.Timeline, targets);
        var delivery = new EventDelivery(cloud.Time, cloud.Agenda, cloud.Timeline, targets, queues);
        events = new EventRouter(cloud.Time, cloud.Agenda, cloud.Ids, cloud.Timeline, cloud.Timings, targets, delivery)
        {
            DropEvent = @event => cloud.Faults.DropsEvent(@event.DetailType),
        };
        host = new ProcessHost(cloud.Time, program, () => endpoint ?? throw Unattached(), logs, limits);
        var ends = new InvocationEnds(cloud.Time, cloud.Timeline, events, targets, topics, queues);
        var invocations = new AsyncInvocations(
            cloud.Time, cloud.Agenda, cloud.Ids, cloud.Timeline, cloud.Timings, host, ends, new InvocationLog(logs));
        functions = new Functions(targets, invocations);
        cloud.Endpoint.Add(new EventsApi(events, host.FunctionOf));
        cloud.Endpoint.Add(new SnsApi(topics));
        cloud.Attach(events);
        cloud.Callers.NameOf = host.FunctionOf;
        cloud.Callers.Kill = host.Kill;
    }

    public void MapControl(IEndpointRouteBuilder routes)
    {
        ControlRoutes.Read(routes, "messages", _ => Locked(() => MessagesDocument.Write(Topics, Queues)));
        ControlRoutes.Read(routes, "invocations", request => Locked(() => Invocations.ToJson(request.Query["function"])));
        routes.MapPost("schedules/{rule}/fire", context =>
        {
            var rule = (string?)context.Request.RouteValues["rule"] ?? "";
            return Locked(() => Events.FireSchedule(rule))
                ? ControlRoutes.Answer(context, StatusCodes.Status200OK, new { Rule = rule })
                : ControlRoutes.Answer(context, StatusCodes.Status404NotFound, new { Error = $"No rule '{rule}' has a schedule." });
        });
    }

    public Task StartAsync(SandboxServer server, CancellationToken cancellationToken)
    {
        endpoint = server.Endpoint;
        return Task.CompletedTask;
    }

    /// <summary>Deploys a template's text with its parameters.</summary>
    /// <exception cref="TemplateException">The template or a parameter cannot be used; nothing was made.</exception>
    public Stack Deploy(string template, IReadOnlyDictionary<string, string> parameters) =>
        Locked(() => Stack.Deploy(template, parameters, Events, Functions, Topics, Queues));

    public ValueTask DisposeAsync() => host?.DisposeAsync() ?? ValueTask.CompletedTask;

    private T Locked<T>(Func<T> read)
    {
        lock (attached?.Gate ?? throw Unattached())
        {
            return read();
        }
    }

    private static InvalidOperationException Unattached() => new("This part of the sandbox is not attached to a cloud yet.");
}
