using System.Collections.Concurrent;
using System.ComponentModel;
using System.Threading.Channels;
using Charlie.Sandbox.Ec2;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Instances.Machines;

/// <summary>
/// A real machine's scripts behind each instance while it runs. The cloud's lock is held where instances change, so
/// machines boot on a task of their own, and shut down beside each other.
/// </summary>
internal sealed class InstanceMachines : IInstanceBacking
{
    private readonly Cloud cloud;
    private readonly MachineOptions options;
    private readonly Func<Uri> endpoint;
    private readonly LoopbackAddresses addresses;
    private readonly Channel<(Ec2Instance Instance, string? Address)> wanted = Channel.CreateUnbounded<(Ec2Instance, string?)>(new() { SingleReader = true });
    private readonly ConcurrentDictionary<string, Machine> machines = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task> shutdowns = new(StringComparer.Ordinal);
    private readonly Task work;

    public InstanceMachines(Cloud cloud, int port, string path, MachineOptions options, Func<Uri> endpoint)
    {
        (this.cloud, this.options, this.endpoint) = (cloud, options, endpoint);
        Port = port == 0 ? LoopbackHost.FreePort() : port;
        Path = path;
        addresses = new LoopbackAddresses(Port);
        cloud.Ec2.Instances.Network = addresses;
        cloud.Ec2.Instances.StillShutsDown = instance => machines.TryGetValue(instance.Id, out var machine) && machine.IsOn;
        cloud.Ec2.Instances.StateChanged += Consider;
        work = WorkAsync();
    }

    public int Port { get; }

    public string Path { get; }

    public async ValueTask DisposeAsync()
    {
        wanted.Writer.TryComplete();
        await work;
        await Task.WhenAll(shutdowns.Values);
        await Task.WhenAll(machines.Values.Select(machine => machine.DisposeAsync().AsTask()));
        addresses.Dispose();
    }

    private void Consider(Ec2Instance instance)
    {
        if (instance is { State: InstanceState.Running, PrivateIpAddress: { } address })
        {
            wanted.Writer.TryWrite((instance, address));
        }
        else if (instance.State is InstanceState.ShuttingDown or InstanceState.Terminated)
        {
            wanted.Writer.TryWrite((instance, null));
        }
    }

    private async Task WorkAsync()
    {
        await foreach (var (instance, address) in wanted.Reader.ReadAllAsync())
        {
            if (address is null)
            {
                ShutDown(instance);
            }
            else
            {
                await BootAsync(instance, address);
            }
        }
    }

    private async Task BootAsync(Ec2Instance instance, string address)
    {
        try
        {
            machines[instance.Id] = await Machine.BootAsync(cloud, instance, address, Port, Path, options, endpoint());
            cloud.Timeline.Record("instance", "MachineBooted", instance.Id, $"{instance.Id} boots; its NGINX answers on http://{address}:{Port}{Path}");
        }
        catch (Exception error) when (error is Win32Exception or IOException)
        {
            cloud.Timeline.Record("instance", "MachineFailed", instance.Id, $"{instance.Id} cannot boot: {error.Message}");
        }
    }

    private void ShutDown(Ec2Instance instance)
    {
        if (machines.TryGetValue(instance.Id, out var machine))
        {
            shutdowns.GetOrAdd(instance.Id, _ => ShutDownAsync(instance, machine));
        }
    }

    private async Task ShutDownAsync(Ec2Instance instance, Machine machine)
    {
        await machine.ShutDownAsync();
        cloud.Timeline.Record("instance", "MachineStopped", instance.Id, $"{instance.Id} is down: its app and NGINX stopped");
        machines.TryRemove(instance.Id, out _);
        await machine.DisposeAsync();
    }
}
