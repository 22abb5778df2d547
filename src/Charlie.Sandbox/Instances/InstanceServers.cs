using System.Net;
using System.Threading.Channels;
using Charlie.Sandbox.Ec2;
using Charlie.Sandbox.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Charlie.Sandbox.Instances;

/// <summary>
/// Puts an HTTP server behind each instance while its image answers. The cloud's lock is held where instances change, so
/// servers open and close in order on a task of their own.
/// </summary>
internal sealed class InstanceServers : IInstanceBacking
{
    private readonly Cloud cloud;
    private readonly LoopbackAddresses addresses;
    private readonly Channel<(Ec2Instance Instance, string? Address)> wanted = Channel.CreateUnbounded<(Ec2Instance, string?)>(new() { SingleReader = true });
    private readonly Dictionary<string, WebApplication> open = new(StringComparer.Ordinal);
    private readonly Task work;

    public InstanceServers(Cloud cloud, int port, string path)
    {
        this.cloud = cloud;
        Port = port == 0 ? LoopbackHost.FreePort() : port;
        Path = path;
        addresses = new LoopbackAddresses(Port);
        cloud.Ec2.Instances.Network = addresses;
        cloud.Ec2.Instances.StateChanged += Consider;
        cloud.Images.Changed += ConsiderAll;
        work = WorkAsync();
    }

    public int Port { get; }

    public string Path { get; }

    public async ValueTask DisposeAsync()
    {
        wanted.Writer.TryComplete();
        await work;
        foreach (var server in open.Values)
        {
            await LoopbackHost.EndAsync(server);
        }

        addresses.Dispose();
    }

    private void ConsiderAll()
    {
        lock (cloud.Gate)
        {
            foreach (var instance in cloud.Ec2.Instances.All)
            {
                Consider(instance);
            }
        }
    }

    /// <summary>Opens the instance's server if its image answers now, or looks again when it has booted.</summary>
    private void Consider(Ec2Instance instance)
    {
        if (instance.State is InstanceState.ShuttingDown or InstanceState.Terminated)
        {
            wanted.Writer.TryWrite((instance, null));
        }
        else if (instance is { State: InstanceState.Running, RunningSince: { } since, PrivateIpAddress: { } address })
        {
            var now = cloud.Time.GetUtcNow();
            if (cloud.Images.AnswerOf(instance, now).Listening)
            {
                wanted.Writer.TryWrite((instance, address));
            }
            else if (instance.Tags[ImageBehaviours.ImageTag] is var image && (image is null ? cloud.Images.Usual : cloud.Images.Of(image)) is { Kind: not BehaviourKind.NeverBoots } behaviour)
            {
                cloud.Agenda.After(since + behaviour.BootTime - now, () => Consider(instance));
            }
        }
    }

    private async Task WorkAsync()
    {
        await foreach (var (instance, address) in wanted.Reader.ReadAllAsync())
        {
            if (address is null)
            {
                await CloseAsync(instance);
            }
            else if (!open.ContainsKey(instance.Id))
            {
                await OpenAsync(instance, address);
            }
        }
    }

    private async Task OpenAsync(Ec2Instance instance, string address)
    {
        var server = LoopbackHost.Build(IPAddress.Parse(address), Port);
        server.Run(context => AnswerAsync(context, instance));
        try
        {
            await LoopbackHost.StartAsync(server, Port, CancellationToken.None);
        }
        catch (PortInUseException)
        {
            await server.DisposeAsync();
            cloud.Timeline.Record("instance", "AddressTaken", instance.Id, $"{instance.Id} cannot answer: something else listens on {address}:{Port}");
            return;
        }

        open.Add(instance.Id, server);
        cloud.Timeline.Record("instance", "AppAnswers", instance.Id, $"the app on {instance.Id} answers on http://{address}:{Port}{Path}");
    }

    private async Task CloseAsync(Ec2Instance instance)
    {
        if (open.Remove(instance.Id, out var server))
        {
            await LoopbackHost.EndAsync(server);
            cloud.Timeline.Record("instance", "AppStopped", instance.Id, $"the app on {instance.Id} stopped");
        }
    }

    private async Task AnswerAsync(HttpContext context, Ec2Instance instance)
    {
        HealthAnswer answer;
        lock (cloud.Gate)
        {
            answer = cloud.Images.AnswerOf(instance, cloud.Time.GetUtcNow());
        }

        if (!answer.Listening)
        {
            context.Abort();
            return;
        }

        if (context.Request.Path.Value != Path)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.StatusCode = answer.Status;
        Add(context, "X-Charlie-Image", answer.Image);
        Add(context, "X-Charlie-Failure", answer.Failure);
        await context.Response.WriteAsync(answer.Status == StatusCodes.Status200OK ? "healthy\n" : "not healthy\n", context.RequestAborted);
    }

    private static void Add(HttpContext context, string header, string? value)
    {
        if (value is not null)
        {
            context.Response.Headers[header] = value;
        }
    }
}
