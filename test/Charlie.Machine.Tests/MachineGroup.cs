using System.Diagnostics;
using System.Globalization;
using System.Net;
using Amazon.EC2;
using Amazon.Runtime;
using Charlie.Cli.Production;
using Charlie.Sandbox;
using Charlie.Sandbox.Ec2;
using Charlie.Sandbox.Instances.Machines;

namespace Charlie.Machine.Tests;

/// <summary>A group of real machines behind its launch hook, with no functions: each stays where its boot leads it.</summary>
internal sealed class MachineGroup : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

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

    /// <param name="prepare">Puts what has to be there before the first machine boots, and further settings.</param>
    public static async Task<MachineGroup> StartAsync(
        ContainerHost host, string image, IReadOnlyDictionary<string, string> settings, Action<Cloud, IDictionary<string, string>>? prepare = null, int size = 1)
    {
        var all = new Dictionary<string, string>(host.Environment.Where(variable => variable.Key is "DOCKER_HOST" or "SSL_CERT_FILE"));
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        var server = await SandboxServer.StartAsync(
            new SandboxOptions
            {
                Timings = Timings,
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
            await machines.group.CreateGroupAsync(size);
            return machines;
        }
        catch
        {
            await machines.DisposeAsync();
            throw;
        }
    }

    /// <summary>What a machine answers to the health question: status, image and failure.</summary>
    public async Task<(HttpStatusCode? Status, string? Image, string? Failure)> AskAsync(Ec2Instance instance)
    {
        try
        {
            using var response = await http.GetAsync(UrlOf(instance, server.HealthPath), TestContext.Current.CancellationToken);
            return (response.StatusCode, Header("X-Charlie-Image"), Header("X-Charlie-Failure"));

            string? Header(string name) => response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
        }
        catch (HttpRequestException)
        {
            return (null, null, null);
        }
    }

    public Uri UrlOf(Ec2Instance instance, string path) =>
        new(string.Create(CultureInfo.InvariantCulture, $"http://{instance.PrivateIpAddress}:{server.HealthPort}{path}"));

    public Task<string> GetAsync(Ec2Instance instance, string path) => http.GetStringAsync(UrlOf(instance, path), TestContext.Current.CancellationToken);

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
            Assert.True(Stopwatch.GetElapsedTime(since) < Patience, $"Waited in vain for {what}.\n{string.Join('\n', Cloud.Timeline.From(0).Select(entry => entry.Text))}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public async Task TerminateAsync(Ec2Instance instance)
    {
        using var ec2 = new AmazonEC2Client(
            new BasicAWSCredentials(ProductionGroup.OperatorKey, "not-a-secret"),
            new AmazonEC2Config { ServiceURL = server.Endpoint.ToString(), AuthenticationRegion = "us-east-1" });
        await ec2.TerminateInstancesAsync(new Amazon.EC2.Model.TerminateInstancesRequest { InstanceIds = [instance.Id] }, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        group.Dispose();
        await server.DisposeAsync();
    }
}
