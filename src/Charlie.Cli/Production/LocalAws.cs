using System.Text.Json.Nodes;
using Charlie.Cli.Expectations;
using Charlie.Sandbox;
using Charlie.Sandbox.Instances;
using Charlie.Sandbox.Instances.Machines;
using Charlie.Sandbox.Lambda.Hosting;
using Charlie.Sandbox.Template;

namespace Charlie.Cli.Production;

/// <summary>How the embedded AWS is set up.</summary>
internal sealed record LocalAwsOptions
{
    /// <summary>The endpoint's port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The template to deploy; the one beside the program by default.</summary>
    public string TemplatePath { get; init; } = Path.Combine(AppContext.BaseDirectory, "serverless.template");

    /// <summary>The program that the functions are: a managed <c>bootstrap.dll</c> or a native <c>bootstrap</c>.</summary>
    public string FunctionPath { get; init; } = Path.Combine(AppContext.BaseDirectory, "bootstrap.dll");

    /// <summary>What a function's program has until it is ready; Lambda gives ten seconds, a crowded machine needs more.</summary>
    public TimeSpan InitTime { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The group's desired capacity; more than one are replaced with strategy Rolling.</summary>
    public int Instances { get; init; } = 1;

    /// <summary>The one repository whose images may be deployed.</summary>
    public string ImageRepository { get; init; } = BotImage.Repository;

    /// <summary>The real machines behind the instances; <c>null</c> for small servers that only answer.</summary>
    public MachineOptions? Machines { get; init; }

    /// <summary>What is in Secrets Manager before the first instance boots, by name.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>();

    public required AwsTimings Timings { get; init; }

    /// <summary>From an instance's start until its app answers.</summary>
    public required TimeSpan BootDelay { get; init; }

    public required int BakeSeconds { get; init; }

    public required int HealthDeadlineSeconds { get; init; }

    /// <summary>Further parameters of the template, by name; the template's own defaults stand for the others.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();
}

/// <summary>Something that had to happen did not happen in time.</summary>
internal sealed class StuckException(string message) : Exception(message);

/// <summary>
/// The embedded AWS with Charlie installed on it: a production group of one behind its launch hook, and the stack of
/// <c>serverless.template</c> with its functions as processes.
/// </summary>
internal sealed class LocalAws : IAsyncDisposable
{
    // Each step takes seconds; one that takes this long hangs.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // A real machine pulls its image, and waits until the one before it is down.
    private static readonly TimeSpan MachinePatience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    private readonly SandboxServer server;
    private readonly Serverless serverless;
    private readonly LocalAwsOptions options;

    private LocalAws(SandboxServer server, Serverless serverless, LocalAwsOptions options)
    {
        (this.server, this.serverless, this.options) = (server, serverless, options);
        Group = new ProductionGroup(server.Endpoint);
        Pipeline = new Pipeline(server.Endpoint);
    }

    public Uri Endpoint => server.Endpoint;

    public Cloud Cloud => server.Cloud;

    /// <summary>The port on which each instance answers.</summary>
    public int HealthPort => server.HealthPort;

    public Serverless Serverless => serverless;

    public Timeline Timeline => server.Cloud.Timeline;

    public ProductionGroup Group { get; }

    public Pipeline Pipeline { get; }

    /// <summary>Starts the embedded AWS with nothing on it.</summary>
    /// <exception cref="PortInUseException">Something listens on the port already.</exception>
    public static async Task<LocalAws> StartAsync(LocalAwsOptions options, CancellationToken cancellation)
    {
        var serverless = new Serverless(FunctionProgram.At(options.FunctionPath), new ProcessHostLimits { Init = options.InitTime });
        var server = await SandboxServer.StartAsync(
            new SandboxOptions { Port = options.Port, Timings = options.Timings, BootDelay = options.BootDelay, Machines = options.Machines, Parts = [serverless] },
            cancellation);
        foreach (var (name, text) in options.Secrets)
        {
            server.Cloud.Secrets.Put(name, text);
        }

        return new LocalAws(server, serverless, options);
    }

    /// <summary>Makes the launch template, deploys the stack, and makes the group, whose first instance launches.</summary>
    /// <exception cref="TemplateException">The template or a parameter of it is wrong.</exception>
    /// <param name="first">The image of the base version: a repository and a digest.</param>
    public async Task InstallAsync(string first)
    {
        await Group.CreateTemplateAsync(first);
        serverless.Deploy(await File.ReadAllTextAsync(options.TemplatePath), Parameters());
        await Group.CreateGroupAsync(options.Instances);
    }

    /// <summary>Asks what should be so, by AWS's own state, while nothing changes that.</summary>
    public T Ask<T>(Func<Oracle, T> question)
    {
        lock (server.Cloud.Gate)
        {
            return question(new Oracle(server.Cloud, Group.TemplateId, serverless.Topics, DateTimeOffset.MinValue));
        }
    }

    /// <summary>What an image does when an instance runs it.</summary>
    public void SetBehaviour(BotImage image, ImageBehaviour behaviour)
    {
        lock (server.Cloud.Gate)
        {
            server.Cloud.Images.Set(image.Digest, behaviour);
        }
    }

    /// <summary>The reports that the functions returned, but those of runs that found nothing to do.</summary>
    public IReadOnlyList<JsonObject> Reports()
    {
        lock (server.Cloud.Gate)
        {
            return
            [
                .. serverless.Invocations.ToJson()
                    .Select(invocation => invocation?["result"])
                    .OfType<JsonObject>()
                    .Where(report => (string?)report["outcome"] is not (null or "NothingToDo"))
                    .Select(report => report.DeepClone().AsObject()),
            ];
        }
    }

    /// <summary>Waits for a report on a release.</summary>
    /// <exception cref="StuckException">It did not come.</exception>
    public Task UntilReportedAsync(string release, string outcome, TimeProvider time, CancellationToken cancellation) =>
        UntilAsync(
            $"the report that release {release} is {outcome}",
            () => Task.FromResult(Reports().Any(report => (string?)report["release"] == release && (string?)report["outcome"] == outcome)),
            options.Machines is null ? Patience : MachinePatience,
            time,
            cancellation);

    /// <summary>Waits until something is so.</summary>
    /// <exception cref="StuckException">It did not become so.</exception>
    public static Task UntilAsync(string what, Func<Task<bool>> isSo, TimeProvider time, CancellationToken cancellation) =>
        UntilAsync(what, isSo, Patience, time, cancellation);

    /// <inheritdoc cref="UntilAsync(string, Func{Task{bool}}, TimeProvider, CancellationToken)"/>
    public static async Task UntilAsync(string what, Func<Task<bool>> isSo, TimeSpan patience, TimeProvider time, CancellationToken cancellation)
    {
        var since = time.GetUtcNow();
        while (!await isSo())
        {
            if (time.GetUtcNow() - since > patience)
            {
                throw new StuckException($"Waited {patience.TotalSeconds:0} s in vain for {what}.");
            }

            await Task.Delay(Glance, time, cancellation);
        }
    }

    /// <summary>The texts of the alerts that people got.</summary>
    public IReadOnlyList<string> Alerts()
    {
        lock (server.Cloud.Gate)
        {
            return [.. serverless.Topics.All.SelectMany(topic => topic.Messages).Select(message => message.Message)];
        }
    }

    public async ValueTask DisposeAsync()
    {
        Pipeline.Dispose();
        Group.Dispose();
        await server.DisposeAsync();
    }

    private Dictionary<string, string> Parameters() => new(options.Parameters)
    {
        ["App"] = ProductionGroup.Name,
        ["GroupName"] = ProductionGroup.Name,
        ["LaunchTemplateId"] = Group.TemplateId,
        ["LaunchHookName"] = ProductionGroup.HookName,
        ["ImageRepository"] = options.ImageRepository,
        ["ProjectId"] = $"{Pipeline.ProjectId}",
        ["ProjectUrl"] = Pipeline.ProjectUrl,
        ["CiRoleArn"] = $"arn:aws:iam::{Account.Id}:role/charlie-ci",
        ["OpsRoleArn"] = $"arn:aws:iam::{Account.Id}:role/charlie-ops",
        ["VpcId"] = "vpc-0123456789abcdef0",
        ["SubnetIds"] = "subnet-0123456789abcdef0",
        ["EventBusName"] = Pipeline.BusName,
        ["HealthPort"] = $"{server.HealthPort}",
        ["HealthPath"] = server.HealthPath,
        ["HealthDeadlineSeconds"] = $"{options.HealthDeadlineSeconds}",
        ["BakeSeconds"] = $"{options.BakeSeconds}",
        ["Strategy"] = options.Instances > 1 ? "Rolling" : "Replace",
        ["Singleton"] = options.Instances > 1 ? "false" : "true",
    };
}
