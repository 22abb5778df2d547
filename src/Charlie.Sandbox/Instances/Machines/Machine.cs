using System.Diagnostics;
using System.Globalization;
using Charlie.Sandbox.Ec2;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Instances.Machines;

/// <summary>One machine: its metadata service, NGINX and the app's script, each started as systemd would.</summary>
internal sealed class Machine : IAsyncDisposable
{
    // What a person waits who ends the sandbox; the script's own stop time is shorter there.
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(30);

    private readonly MetadataService metadata;
    private readonly string folder;
    private readonly Process nginx;
    private readonly Process app;

    private Machine(MetadataService metadata, string folder, Process nginx, Process app) =>
        (this.metadata, this.folder, this.nginx, this.app) = (metadata, folder, nginx, app);

    /// <summary>Whether it is on; one that shuts down is until its app has stopped.</summary>
    public bool IsOn { get; private set; } = true;

    /// <exception cref="System.ComponentModel.Win32Exception">The scripts cannot be started.</exception>
    public static async Task<Machine> BootAsync(Cloud cloud, Ec2Instance instance, string address, int port, string path, MachineOptions options, Uri endpoint)
    {
        var metadata = await MetadataService.StartAsync(cloud, instance, address);
        // Another sandbox with the same seed has instances of the same ids.
        var unique = $"charlie-{instance.Id}-{Guid.NewGuid():n}";
        var folder = Directory.CreateDirectory(Path.Combine(options.Folder, unique)).FullName;
        var variables = new Dictionary<string, string>
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "/usr/sbin:/usr/bin:/sbin:/bin",
            ["HOME"] = folder,
            ["AWS_ENDPOINT_URL"] = endpoint.ToString().TrimEnd('/'),
            ["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = metadata.Endpoint.ToString(),
            ["CHARLIE_RUN"] = folder,
            ["CHARLIE_LISTEN"] = string.Create(CultureInfo.InvariantCulture, $"{address}:{port}"),
            ["CHARLIE_HEALTH_PATH"] = path,
            // All machines share one network and one engine here.
            ["CHARLIE_NETWORK"] = "host",
            ["CHARLIE_APP_PORT"] = LoopbackHost.FreePort().ToString(CultureInfo.InvariantCulture),
            ["CHARLIE_CONTAINER"] = unique,
            ["CHARLIE_STOP_SECONDS"] = "10",
        };
        foreach (var (name, value) in options.Settings)
        {
            variables[name] = value;
        }

        var nginx = Start("run_nginx.sh");
        var app = Start("run_app.sh");
        return new Machine(metadata, folder, nginx, app);

        Process Start(string script)
        {
            var start = new ProcessStartInfo(Path.Combine(options.Scripts, script)) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
            start.Environment.Clear();
            foreach (var (name, value) in variables)
            {
                start.Environment[name] = value;
            }

            var process = new Process { StartInfo = start };
            process.OutputDataReceived += (_, line) => Say(line.Data);
            process.ErrorDataReceived += (_, line) => Say(line.Data);
            process.Start();
            process.StandardInput.Close();
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            return process;
        }

        void Say(string? line)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                cloud.Timeline.Record("instance", "MachineSaid", instance.Id, $"{instance.Id}: {line}");
            }
        }
    }

    /// <summary>An orderly shutdown: the app first, and NGINX when it is down.</summary>
    public async Task ShutDownAsync()
    {
        await EndAsync(app);
        await EndAsync(nginx);
        IsOn = false;
    }

    public async ValueTask DisposeAsync()
    {
        await ShutDownAsync();
        app.Dispose();
        nginx.Dispose();
        await metadata.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    // A machine's processes know no simulated clock.
    private static async Task EndAsync(Process process)
    {
        if (process.HasExited)
        {
            return;
        }

        Signals.Terminate(process.Id);
        using var patience = new CancellationTokenSource(StopTime, TimeProvider.System);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }
}
