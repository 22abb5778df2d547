using System.Diagnostics;
using System.Globalization;
using Charlie.Sandbox.Ec2;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Instances.Machines;

/// <summary>One machine: its metadata service, NGINX and the app's script, each kept running as systemd would.</summary>
internal sealed class Machine : IAsyncDisposable
{
    private readonly MetadataService metadata;
    private readonly PortClaim appPort;
    private readonly string folder;
    private readonly Func<string, MachineService> start;
    private MachineService nginx;
    private MachineService app;

    private Machine(MetadataService metadata, PortClaim port, string folder, Func<string, MachineService> start)
    {
        (this.metadata, appPort, this.folder, this.start) = (metadata, port, folder, start);
        PutSystemCommand();
        (nginx, app) = Boot();
    }

    /// <summary>Whether it is on; one that shuts down is until its app has stopped.</summary>
    public bool IsOn { get; private set; } = true;

    /// <param name="ports">The port of the health question and the one of the traffic.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">There is no <c>setsid</c>, which starts the scripts.</exception>
    public static async Task<Machine> BootAsync(
        Cloud cloud, Ec2Instance instance, string address, (int Health, int Traffic) ports, string path, MachineOptions options,
        Uri endpoint)
    {
        var metadata = await MetadataService.StartAsync(cloud, instance, address);
        var appPort = PortClaim.Take();
#pragma warning disable RS0030 // Another sandbox with the same seed has instances of the same ids, and both use this machine's containers and folders.
        var unique = $"charlie-{instance.Id}-{Guid.NewGuid():n}";
#pragma warning restore RS0030
        var folder = Directory.CreateDirectory(Path.Combine(options.Folder, unique)).FullName;
        var variables = new Dictionary<string, string>
        {
            ["PATH"] = $"{folder}/bin:{Environment.GetEnvironmentVariable("PATH") ?? "/usr/sbin:/usr/bin:/sbin:/bin"}",
            ["HOME"] = folder,
            ["AWS_ENDPOINT_URL"] = endpoint.ToString().TrimEnd('/'),
            ["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = metadata.Endpoint.ToString(),
            ["CHARLIE_RUN"] = $"{folder}/run",
            ["CHARLIE_LISTEN"] = string.Create(CultureInfo.InvariantCulture, $"{address}:{ports.Health}"),
            ["CHARLIE_TRAFFIC"] = string.Create(CultureInfo.InvariantCulture, $"{address}:{ports.Traffic}"),
            ["CHARLIE_HEALTH_PATH"] = path,
            // All machines share one network and one engine here.
            ["CHARLIE_NETWORK"] = "host",
            ["CHARLIE_APP_PORT"] = appPort.Port.ToString(CultureInfo.InvariantCulture),
            ["CHARLIE_CONTAINER"] = unique,
            ["CHARLIE_STOP_SECONDS"] = "10",
        };
        foreach (var (name, value) in options.Settings)
        {
            variables[name] = value;
        }

        return new Machine(metadata, appPort, folder, script => new MachineService(
            () => Command(Path.Combine(options.Scripts, script), folder, variables),
            ServiceUnit.Of(Path.Combine(options.Scripts, "systemd"), script),
            line => cloud.Timeline.Record("instance", "MachineSaid", instance.Id, $"{instance.Id}: {line}")));
    }

    /// <summary>An orderly shutdown: the app first, and NGINX when it is down.</summary>
    public async Task ShutDownAsync()
    {
        await GoDownAsync();
        IsOn = false;
    }

    /// <summary>An orderly shutdown and a boot with nothing left in memory. Containers are on the disk.</summary>
    public async Task RebootAsync()
    {
        await GoDownAsync();
        await DisposeServicesAsync();
        (nginx, app) = Boot();
    }

    public async ValueTask DisposeAsync()
    {
        await ShutDownAsync();
        await DisposeServicesAsync();
        await metadata.DisposeAsync();
        appPort.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private (MachineService Nginx, MachineService App) Boot()
    {
        var run = Path.Combine(folder, "run");
        if (Directory.Exists(run))
        {
            Directory.Delete(run, recursive: true);
        }

        Directory.CreateDirectory(run);
        SaySystemState("running");
        return (start("run_nginx.sh"), start("run_app.sh"));
    }

    private async Task GoDownAsync()
    {
        SaySystemState("stopping");
        await app.StopAsync();
        await nginx.StopAsync();
    }

    private async Task DisposeServicesAsync()
    {
        await app.DisposeAsync();
        await nginx.DisposeAsync();
    }

    // The one command of systemd's that the scripts ask: systemctl is-system-running.
    private void PutSystemCommand()
    {
        var command = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "bin")).FullName, "systemctl");
        File.WriteAllText(command, $"#!/bin/sh\nexec cat '{folder}/state'\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(command, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    private void SaySystemState(string state) => File.WriteAllText(Path.Combine(folder, "state"), $"{state}\n");

    private static ProcessStartInfo Command(string program, string folder, Dictionary<string, string> variables)
    {
        var command = new ProcessStartInfo("setsid", [program])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        command.Environment.Clear();
        foreach (var (name, value) in variables)
        {
            command.Environment[name] = value;
        }

        return command;
    }
}
