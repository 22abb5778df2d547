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
    private readonly PortClaim traffic = PortClaim.Take();
    private readonly PortClaim? health;
    private readonly Channel<(Ec2Instance Instance, Func<Ec2Instance, Task> Change)> wanted =
        Channel.CreateUnbounded<(Ec2Instance, Func<Ec2Instance, Task>)>(new() { SingleReader = true });
    private readonly ConcurrentDictionary<string, Machine> machines = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task> shutdowns = new(StringComparer.Ordinal);
    private readonly Task work;

    public InstanceMachines(Cloud cloud, int port, string path, MachineOptions options, Func<Uri> endpoint)
    {
        (this.cloud, this.options, this.endpoint) = (cloud, options, endpoint);
        health = port == 0 ? PortClaim.Take() : null;
        Port = health?.Port ?? port;
        Path = path;
        addresses = new LoopbackAddresses(Port);
        cloud.Ec2.Instances.Network = addresses;
        cloud.Ec2.Instances.StillShutsDown = instance => machines.TryGetValue(instance.Id, out var machine) && machine.IsOn;
        cloud.Ec2.Instances.StateChanged += Consider;
        cloud.Ec2.Instances.Rebooted += instance => wanted.Writer.TryWrite((instance, RebootAsync));
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
        traffic.Dispose();
        health?.Dispose();
    }

    private void Consider(Ec2Instance instance)
    {
        if (instance is { State: InstanceState.Running, PrivateIpAddress: { } address })
        {
            wanted.Writer.TryWrite((instance, running => BootAsync(running, address)));
        }
        else if (instance.State is InstanceState.ShuttingDown or InstanceState.Terminated)
        {
            wanted.Writer.TryWrite((instance, ShutDown));
        }
    }

    private async Task WorkAsync()
    {
        await foreach (var (instance, change) in wanted.Reader.ReadAllAsync())
        {
            await change(instance);
        }
    }

    private async Task BootAsync(Ec2Instance instance, string address)
    {
        try
        {
            machines[instance.Id] = await Machine.BootAsync(
                cloud, instance, address, (Port, traffic.Port), Path, options, endpoint());
            cloud.Timeline.Record(
                "instance", "MachineBooted", instance.Id,
                $"{instance.Id} boots; its NGINX responds on http://{address}:{Port}{Path}, and for traffic on port {traffic.Port}",
                data: new Dictionary<string, string> { ["traffic"] = $"http://{address}:{traffic.Port}" });
        }
        catch (Exception error) when (error is Win32Exception or IOException)
        {
            cloud.Timeline.Record("instance", "MachineFailed", instance.Id, $"{instance.Id} cannot boot: {error.Message}");
        }
    }

    private async Task RebootAsync(Ec2Instance instance)
    {
        if (machines.TryGetValue(instance.Id, out var machine) && !shutdowns.ContainsKey(instance.Id))
        {
            await machine.RebootAsync();
            cloud.Timeline.Record("instance", "MachineRebooted", instance.Id, $"{instance.Id} shut down and boots again");
        }
    }

    private Task ShutDown(Ec2Instance instance)
    {
        if (machines.TryGetValue(instance.Id, out var machine))
        {
            shutdowns.GetOrAdd(instance.Id, _ => ShutDownAsync(instance, machine));
        }

        return Task.CompletedTask;
    }

    private async Task ShutDownAsync(Ec2Instance instance, Machine machine)
    {
        await machine.ShutDownAsync();
        cloud.Timeline.Record("instance", "MachineStopped", instance.Id, $"{instance.Id} is down: its app and NGINX stopped");
        machines.TryRemove(instance.Id, out _);
        await machine.DisposeAsync();
    }
}
