using Charlie.Sandbox.CloudFormation;
using Charlie.Sandbox.Control;
using Charlie.Sandbox.EventBridge;
using Charlie.Sandbox.EventBridge.Api;
using Charlie.Sandbox.Lambda;
using Charlie.Sandbox.Lambda.Hosting;
using Charlie.Sandbox.Logs;
using Charlie.Sandbox.Sns;
using Charlie.Sandbox.Sqs;
using Charlie.Sandbox.Template;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Charlie.Sandbox.Server;

/// <summary>What a <c>serverless.template</c> deploys to: EventBridge, Lambda with its processes, SNS, SQS and log groups.</summary>
/// <param name="program">The program that every function is.</param>
/// <param name="limits">Lambda's own limits unless others are given.</param>
public sealed class LambdaPlatform(FunctionProgram program, ProcessHostLimits? limits = null) : ISandboxPart
{
    private readonly FunctionLogs logs = new();
    private Cloud? attached;
    private ProcessHost? host;
    private EventPlane? plane;
    private Uri? endpoint;

    /// <summary>The services that events pass through.</summary>
    /// <exception cref="InvalidOperationException">This part is not attached to a cloud yet.</exception>
    public EventPlane Plane => plane ?? throw Unattached();

    public void Attach(Cloud cloud)
    {
        attached = cloud;
        host = new ProcessHost(cloud.Time, program, () => endpoint ?? throw Unattached(), logs, limits);
        var faults = new EventFaults { Drop = @event => cloud.Faults.DropsEvent(@event.DetailType) };
        plane = new EventPlane(cloud.Context, host, faults, logs, cloud.AutoScaling, cloud.Roles, cloud.Secrets);
        cloud.Endpoint.Add(new EventsApi(plane.Router, plane.Destinations, host.FunctionOf));
        cloud.Endpoint.Add(new SnsApi(plane.Topics));
        cloud.Endpoint.Add(new SqsApi(plane.Queues));
        cloud.Endpoint.Add(new LogsApi(plane.LogGroups));
        cloud.Stacks.Deployer = new StackDeployer(cloud, plane);
        cloud.Callers.NameOf = host.FunctionOf;
        cloud.Callers.Kill = host.Kill;
    }

    public void MapControl(IEndpointRouteBuilder routes)
    {
        ControlRoutes.Read(routes, "account", _ => Locked(() => AccountDocument.Write(attached!, Plane)));
        ControlRoutes.Read(routes, "messages", _ => Locked(() => MessagesDocument.Write(Plane.Topics, Plane.Queues)));
        ControlRoutes.Read(routes, "invocations", request => Locked(() => Plane.Invocations.ToJson(request.Query["function"])));
        ControlRoutes.Write<HostSetting>(routes.MapPut, "hosts", (_, setting) => PutHost(setting));
        routes.MapPost("schedules/{rule}/fire", context =>
        {
            var rule = (string?)context.Request.RouteValues["rule"] ?? "";
            return Locked(() => Plane.Router.FireSchedule(rule))
                ? ControlRoutes.Respond(context, StatusCodes.Status200OK, new { Rule = rule })
                : ControlRoutes.Respond(context, StatusCodes.Status404NotFound, new { Error = $"No rule '{rule}' has a schedule." });
        });
    }

    public Task StartAsync(SandboxServer server, CancellationToken cancellationToken)
    {
        endpoint = server.Endpoint;
        return Task.CompletedTask;
    }

    /// <summary>Deploys a template's text with its parameters.</summary>
    /// <exception cref="TemplateException">The template or a parameter cannot be used; nothing was made.</exception>
    public Stack Deploy(string template, IReadOnlyDictionary<string, string> parameters) => Locked(() =>
    {
        var stack = Plane.Deploy(template, parameters);
        foreach (var parameter in stack.Model.StoredParameters)
        {
            attached!.Secrets.PutParameter(parameter.Name, parameter.Value, parameter.Type);
        }

        attached!.Stacks.Put(new DescribedStack(stack.Model.StackName, attached.Time.GetUtcNow(), parameters, stack.Outputs)
        {
            Template = template,
        });
        return stack;
    });

    public ValueTask DisposeAsync() => host?.DisposeAsync() ?? ValueTask.CompletedTask;

    private HostSetting PutHost(HostSetting setting)
    {
        try
        {
            return Locked(() =>
            {
                Plane.Destinations.Hosts.Put(setting.Host, setting.Url);
                return setting;
            });
        }
        catch (FormatException error)
        {
            throw new ControlException(error.Message);
        }
    }

    private T Locked<T>(Func<T> read)
    {
        lock (attached?.Gate ?? throw Unattached())
        {
            return read();
        }
    }

    /// <summary>Which server of this machine stands for a host of the internet.</summary>
    private sealed record HostSetting(string Host, string Url);

    private static InvalidOperationException Unattached() => new("This part of the sandbox is not attached to a cloud yet.");
}
