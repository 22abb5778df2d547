using System.Net;
using System.Threading.Channels;
using Charlie.Sandbox.Ec2;
using Charlie.Sandbox.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Charlie.Sandbox.Instances;

/// <summary>
/// Puts an HTTP server behind each instance while its software listens. The cloud's lock is held where instances change, so
/// servers open and close in order on a task of their own.
/// </summary>
internal sealed class InstanceServers : IInstanceBacking
{
    private readonly CloudContext context;
    private readonly Ec2InstanceStore instances;
    private readonly IInstanceSoftware software;
    private readonly LoopbackAddresses addresses;
    private readonly Channel<(Ec2Instance Instance, string? Address)> wanted =
        Channel.CreateUnbounded<(Ec2Instance, string?)>(new() { SingleReader = true });
    private readonly Dictionary<string, WebApplication> open = new(StringComparer.Ordinal);
    private readonly Task work;

    public InstanceServers(CloudContext context, Ec2InstanceStore instances, IInstanceSoftware software, int port, string path)
    {
        (this.context, this.instances, this.software) = (context, instances, software);
        Port = port == 0 ? LoopbackHost.FreePort() : port;
        Path = path;
        addresses = new LoopbackAddresses(Port);
        instances.Network = addresses;
        instances.StateChanged += Consider;
        software.Changed += ConsiderAll;
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
        lock (context.Gate)
        {
            foreach (var instance in instances.All)
            {
                Consider(instance);
            }
        }
    }

    /// <summary>Opens the instance's server when its software listens, and closes it from the shutdown on.</summary>
    private void Consider(Ec2Instance instance)
    {
        if (instance.State is InstanceState.ShuttingDown or InstanceState.Terminated)
        {
            wanted.Writer.TryWrite((instance, null));
        }
        else if (instance is { State: InstanceState.Running, PrivateIpAddress: { } address } && software.ListensFrom(instance) is { } from)
        {
            var now = context.Time.GetUtcNow();
            if (from <= now)
            {
                wanted.Writer.TryWrite((instance, address));
            }
            else
            {
                context.Scheduler.After(from - now, () => Consider(instance));
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
        server.Run(http => RespondAsync(http, instance));
        try
        {
            await LoopbackHost.StartAsync(server, Port, CancellationToken.None);
        }
        catch (PortInUseException)
        {
            await server.DisposeAsync();
            context.Timeline.Record(
                "instance", "AddressTaken", instance.Id, $"{instance.Id} cannot respond: another program listens on {address}:{Port}");
            return;
        }

        open.Add(instance.Id, server);
        context.Timeline.Record(
            "instance", "AppResponds", instance.Id, $"the app on {instance.Id} responds on http://{address}:{Port}{Path}");
    }

    private async Task CloseAsync(Ec2Instance instance)
    {
        if (open.Remove(instance.Id, out var server))
        {
            await LoopbackHost.EndAsync(server);
            context.Timeline.Record("instance", "AppStopped", instance.Id, $"the app on {instance.Id} stopped");
        }
    }

    private async Task RespondAsync(HttpContext http, Ec2Instance instance)
    {
        InstanceResponse? response;
        lock (context.Gate)
        {
            response = instance.State == InstanceState.Running ? software.Respond(instance, context.Time.GetUtcNow()) : null;
        }

        if (response is null)
        {
            http.Abort();
            return;
        }

        if (http.Request.Path.Value != Path)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        http.Response.StatusCode = response.Status;
        foreach (var (name, value) in response.Headers)
        {
            http.Response.Headers[name] = value;
        }

        await http.Response.WriteAsync(response.Body, http.RequestAborted);
    }
}
