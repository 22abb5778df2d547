using System.Diagnostics;
using System.Globalization;
using System.Net;
using Charlie.Sandbox;
using Charlie.Sandbox.Context;
using Charlie.Sandbox.Ec2;
using Charlie.Sandbox.Instances.Machines;
using Charlie.Sandbox.Server;
using Charlie.Simulation.Production;

namespace Charlie.Machine.Tests;

/// <summary>A group of real machines behind its launch hook, with no functions: each stays where its boot leads it.</summary>
internal sealed class MachineGroup : IAsyncDisposable
{
    // A boot takes seconds; one that takes this long on a busy machine hangs.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private static readonly AwsTimings Timings = new()
    {
        Launch = TimeSpan.FromMilliseconds(100),
        Termination = TimeSpan.FromMilliseconds(100),
        GroupCheck = TimeSpan.FromMilliseconds(100),
        LifecycleStep = TimeSpan.FromMilliseconds(50),
    };

    // Groups beside each other have instances of other ids.
    private static int seeds = 1000;

    private readonly SandboxServer server;
    private readonly ProductionGroup group;
    private readonly HttpClient http = new();

    private readonly string folder;

    private MachineGroup(SandboxServer server, string folder)
    {
        (this.server, this.folder) = (server, folder);
        group = new ProductionGroup(server.Endpoint);
    }

    public Cloud Cloud => server.Cloud;

    /// <summary>Machines that are there and not terminated.</summary>
    public IReadOnlyList<Ec2Instance> Instances
    {
        get
        {
            lock (Cloud.Gate)
            {
                return [.. Cloud.Ec2.Instances.All.Where(instance => instance.State != InstanceState.Terminated)];
            }
        }
    }

    /// <summary>The folders of the machines that are on.</summary>
    public IEnumerable<string> Folders => Instances.SelectMany(machine => Directory.GetDirectories(folder, $"charlie-{machine.Id}-*"));

    /// <param name="termination">How long EC2 calls a machine shutting down.</param>
    /// <param name="prepare">Puts what has to be there before the first machine boots, and further settings.</param>
    public static async Task<MachineGroup> StartAsync(
        ContainerHost host, string image, IReadOnlyDictionary<string, string> settings, Action<Cloud, IDictionary<string,
            string>>? prepare = null, int size = 1, TimeSpan? termination = null)
    {
        var all = new Dictionary<string, string>(host.Environment.Where(variable => variable.Key is "DOCKER_HOST" or "SSL_CERT_FILE"));
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        var server = await SandboxServer.StartAsync(
            new SandboxOptions
            {
                Timings = Timings with { Termination = termination ?? Timings.Termination },
                Seed = Interlocked.Increment(ref seeds),
                Machines = new MachineOptions(Path.Combine(AppContext.BaseDirectory, "instance"), all) { Folder = host.Folder },
            },
            TestContext.Current.CancellationToken);
        var machines = new MachineGroup(server, host.Folder);
        try
        {
            lock (server.Cloud.Gate)
            {
                prepare?.Invoke(server.Cloud, all);
            }

            await machines.group.CreateTemplateAsync(image);
            await machines.group.CreateGroupAsync(size, size);
            return machines;
        }
        catch
        {
            await machines.DisposeAsync();
            throw;
        }
    }

    /// <summary>What a machine returns to Lifecycle.</summary>
    public Task<MachineResponse> ProbeAsync(Ec2Instance instance) => ProbeAsync(HealthUrlOf(instance, server.HealthPath));

    /// <summary>Where a machine responds to Lifecycle.</summary>
    public Uri HealthUrlOf(Ec2Instance instance, string path) =>
        new(string.Create(CultureInfo.InvariantCulture, $"http://{instance.PrivateIpAddress}:{server.HealthPort}{path}"));

    public async Task<MachineResponse> ProbeAsync(Uri url)
    {
        try
        {
            using var response = await http.GetAsync(url, TestContext.Current.CancellationToken);
            return MachineResponse.Of(response);
        }
        catch (HttpRequestException)
        {
            return MachineResponse.None;
        }
    }

    /// <summary>Waits for a response of a machine.</summary>
    public async Task<MachineResponse> ResponseAsync(Ec2Instance instance, Func<MachineResponse, bool> isIt, string what)
    {
        var response = MachineResponse.None;
        await UntilAsync(async () => isIt(response = await ProbeAsync(instance)), what);
        return response;
    }

    public Task<MachineResponse> HealthyAsync(Ec2Instance instance) =>
        ResponseAsync(instance, it => it.Status == HttpStatusCode.OK, $"{instance.Id} to be healthy");

    /// <summary>Where a machine hands traffic on to its app.</summary>
    public Uri TrafficOf(Ec2Instance instance, string path) => TrafficOf(Cloud, instance, path);

    /// <inheritdoc cref="TrafficOf(Ec2Instance, string)"/>
    public static Uri TrafficOf(Cloud cloud, Ec2Instance instance, string path) => new(
        cloud.Timeline.From(0).Last(entry => entry.Kind == "MachineBooted" && entry.Subject == instance.Id).Data!["traffic"] + path);

    public Task<string> GetAsync(Ec2Instance instance, string path) =>
        http.GetStringAsync(TrafficOf(instance, path), TestContext.Current.CancellationToken);

    /// <summary>The folder of a machine that is on; its container has the same name.</summary>
    public string FolderOf(Ec2Instance instance) => Assert.Single(Directory.GetDirectories(folder, $"charlie-{instance.Id}-*"));

    public static string ContainerOf(string folder) => Path.GetFileName(folder);

    /// <summary>The next machine of the group, after one or more others.</summary>
    public async Task<Ec2Instance> NextAsync(params Ec2Instance[] others)
    {
        Ec2Instance? next = null;
        await UntilAsync(
            () => Task.FromResult((next = Instances.FirstOrDefault(
                one => one.State == InstanceState.Running && others.All(other => other.Id != one.Id))) is not null),
            "another machine to run");
        return next!;
    }

    /// <summary>Calls of the machines themselves.</summary>
    public IEnumerable<string> CallsOf(Ec2Instance instance) => Cloud.Endpoint.Calls
        .Where(call => call.Caller == $"ASIA{instance.Id[^16..].ToUpperInvariant()}").Select(call => $"{call.Service}:{call.Action}");

    public async Task<Ec2Instance> FirstAsync()
    {
        await UntilAsync(() => Task.FromResult(Instances is [{ State: InstanceState.Running }, ..]), "a machine to run");
        return Instances[0];
    }

    public async Task UntilAsync(Func<Task<bool>> isSo, string what)
    {
        var since = Stopwatch.GetTimestamp();
        while (!await isSo())
        {
            Assert.True(Stopwatch.GetElapsedTime(since) < Patience,
                $"Waited in vain for {what}.\n{string.Join('\n', Cloud.Timeline.From(0).Select(entry => entry.Text))}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>What an operator calls.</summary>
    public async Task AwsAsync(params string[] arguments) => (await Tool.RunAsync(
        "aws",
        arguments,
        new Dictionary<string, string>
        {
            ["AWS_ENDPOINT_URL"] = server.Endpoint.ToString().TrimEnd('/'),
            ["AWS_ACCESS_KEY_ID"] = ProductionGroup.OperatorKey,
            ["AWS_SECRET_ACCESS_KEY"] = "not-a-secret",
            ["AWS_DEFAULT_REGION"] = "us-east-1",
        })).OutputOrThrow();

    public Task TerminateAsync(Ec2Instance instance) => AwsAsync("ec2", "terminate-instances", "--instance-ids", instance.Id);

    public string? TagOf(Ec2Instance instance, string key)
    {
        lock (Cloud.Gate)
        {
            return instance.Tags[key];
        }
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        group.Dispose();
        await server.DisposeAsync();
    }
}
