using System.Text.Json.Nodes;
using Charlie.Sandbox;
using Charlie.Sandbox.Context;
using Charlie.Sandbox.Instances.Machines;
using Charlie.Sandbox.Lambda;
using Charlie.Sandbox.Lambda.Hosting;
using Charlie.Sandbox.Server;
using Charlie.Sandbox.Template;
using Charlie.Simulation.GitLab;
using Charlie.Simulation.Images;
using Charlie.Simulation.Oracles;
using Charlie.Simulation.Production;

namespace Charlie.Simulation.Environments;

/// <summary>How the embedded AWS is set up.</summary>
internal sealed record LocalAwsOptions
{
    /// <summary>The endpoint's port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The port on which each instance responds; 0 takes a free one.</summary>
    public int HealthPort { get; init; }

    /// <summary>The template to deploy; the one beside the program by default.</summary>
    public string TemplatePath { get; init; } = Path.Combine(AppContext.BaseDirectory, "serverless.template");

    /// <summary>The functions' program where none is given: what the variable CHARLIE_FUNCTIONS names, else the one beside this.</summary>
    public static string DefaultFunctionPath =>
        Environment.GetEnvironmentVariable("CHARLIE_FUNCTIONS") is { Length: > 0 } given
            ? given
            : Path.Combine(AppContext.BaseDirectory, "bootstrap.dll");

    /// <summary>The program that the functions are: a managed <c>bootstrap.dll</c> or a native <c>bootstrap</c>.</summary>
    public string FunctionPath { get; init; } = DefaultFunctionPath;

    /// <summary>How long a function's program may take until it is ready; AWS's ten seconds are too short for a busy machine.</summary>
    public TimeSpan InitTime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The group's desired capacity; more than one are replaced with strategy Rolling.</summary>
    public int Instances { get; init; } = 1;

    /// <summary>How a single instance is replaced: Replace or Handover.</summary>
    public string Strategy { get; init; } = "Replace";

    /// <summary>The one repository whose images may be deployed.</summary>
    public string ImageRepository { get; init; } = BotImage.Repository;

    /// <summary>The real machines behind the instances; <c>null</c> for small servers that only respond.</summary>
    public MachineOptions? Machines { get; init; }

    /// <summary>What is in Secrets Manager before the first instance boots, by name.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>();

    /// <summary>Further parts of the embedded AWS; they are disposed with it.</summary>
    public IReadOnlyList<ISandboxPart> Parts { get; init; } = [];

    public required AwsTimings Timings { get; init; }

    /// <summary>From an instance's start until its app responds.</summary>
    public required TimeSpan BootDelay { get; init; }

    /// <summary>How many timeline entries, API calls and invocations are kept; <c>null</c> for all.</summary>
    public int? HistoryLength { get; init; }

    public required int BakeSeconds { get; init; }

    public required int HealthDeadlineSeconds { get; init; }

    /// <summary>From an instance's launch until its machine must have started the app (10 to 600).</summary>
    public int MachineDeadlineSeconds { get; init; } = 480;

    /// <summary>How long an app that ends is started again until its release is rejected.</summary>
    public int StartSeconds { get; init; }

    /// <summary>The GitLab that Charlie tells how pushes ended; <c>null</c> for none.</summary>
    public SmallGitLab? GitLab { get; init; }

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
    // Each step takes seconds, with real machines up to a minute; a step that takes this long on a busy machine hangs.
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    private const string GitLabSecret = "charlie/gitlab-token";

    private readonly SandboxServer server;
    private readonly LambdaPlatform platform;
    private readonly ImageBehaviours images;
    private readonly LocalAwsOptions options;

    private LocalAws(SandboxServer server, LambdaPlatform platform, ImageBehaviours images, LocalAwsOptions options)
    {
        (this.server, this.platform, this.images, this.options) = (server, platform, images, options);
        Group = new ProductionGroup(server.Endpoint);
        Pipeline = new Pipeline(server.Endpoint);
    }

    public Uri Endpoint => server.Endpoint;

    public Cloud Cloud => server.Cloud;

    /// <summary>The port on which each instance responds.</summary>
    public int HealthPort => server.HealthPort;

    public EventPlane Events => platform.Plane;

    public Timeline Timeline => server.Cloud.Timeline;

    public ProductionGroup Group { get; }

    public Pipeline Pipeline { get; }

    /// <summary>Starts the embedded AWS with nothing on it.</summary>
    /// <exception cref="PortInUseException">Something listens on the port already.</exception>
    public static async Task<LocalAws> StartAsync(LocalAwsOptions options, CancellationToken cancellation)
    {
        var platform = new LambdaPlatform(FunctionProgram.At(options.FunctionPath), new ProcessHostLimits { Init = options.InitTime });
        var images = new ImageBehaviours(options.BootDelay);
        var server = await SandboxServer.StartAsync(
            new SandboxOptions
            {
                Port = options.Port,
                HealthPort = options.HealthPort,
                Timings = options.Timings,
                Software = images,
                HistoryLength = options.HistoryLength,
                Machines = options.Machines,
                Parts =
                [
                    platform,
                    new ImageControl(images),
                    .. options.GitLab is { } gitLab ? (ISandboxPart[])[new GitLabPart(gitLab)] : [],
                    .. options.Parts,
                ],
            },
            cancellation);
        images.Lock = options.Instances > 1 ? null : new MachineLock(server.Cloud);
        foreach (var (name, text) in options.Secrets)
        {
            server.Cloud.Secrets.Put(name, text);
        }

        if (options.GitLab is { Token: var token })
        {
            server.Cloud.Secrets.Put(GitLabSecret, token);
        }

        return new LocalAws(server, platform, images, options);
    }

    /// <summary>Makes the launch template, deploys the stack, and makes the group, whose first instance launches.</summary>
    /// <exception cref="TemplateException">The template or a parameter of it is wrong.</exception>
    /// <param name="first">The image of the base version: a repository and a digest.</param>
    public async Task InstallAsync(string first)
    {
        await Group.CreateTemplateAsync(first);
        platform.Deploy(await File.ReadAllTextAsync(options.TemplatePath), Parameters());
        await Group.CreateGroupAsync(options.Instances, options.Strategy == "Handover" ? 2 : options.Instances);
    }

    /// <summary>Queries what should be so, by AWS's own state, while nothing changes that.</summary>
    public T Query<T>(Func<Oracle, T> query)
    {
        lock (server.Cloud.Gate)
        {
            return query(new Oracle(server.Cloud, images, Group.TemplateId, platform.Plane.Topics, DateTimeOffset.MinValue));
        }
    }

    /// <summary>What an image does when an instance runs it.</summary>
    public void SetBehaviour(BotImage image, ImageBehaviour behaviour)
    {
        lock (server.Cloud.Gate)
        {
            images.Set(image.Digest, behaviour);
        }
    }

    /// <summary>The reports that the functions returned, but those of runs that found nothing to do.</summary>
    public IReadOnlyList<JsonObject> Reports()
    {
        lock (server.Cloud.Gate)
        {
            return
            [
                .. platform.Plane.Invocations.ToJson()
                    .Select(invocation => invocation?["result"])
                    .OfType<JsonObject>()
                    .Where(report => (string?)report["outcome"] is not (null or "NothingToDo"))
                    .Select(report => report.DeepClone().AsObject()),
            ];
        }
    }

    /// <summary>Waits for a report on a release.</summary>
    /// <exception cref="StuckException">It did not come, or the functions cannot start.</exception>
    public Task UntilReportedAsync(string release, string outcome, TimeProvider time, CancellationToken cancellation) =>
        UntilAsync(
            $"the report that release {release} is {outcome}",
            () =>
            {
                ThrowIfNotStarted();
                return Task.FromResult(
                    Reports().Any(report => (string?)report["release"] == release && (string?)report["outcome"] == outcome));
            },
            Hang,
            time,
            cancellation);

    /// <summary>Waits until something is so.</summary>
    /// <exception cref="StuckException">It did not become so.</exception>
    public static Task UntilAsync(string what, Func<Task<bool>> isSo, TimeProvider time, CancellationToken cancellation) =>
        UntilAsync(what, isSo, Hang, time, cancellation);

    /// <inheritdoc cref="UntilAsync(string, Func{Task{bool}}, TimeProvider, CancellationToken)"/>
    public static async Task UntilAsync(
        string what, Func<Task<bool>> isSo, TimeSpan hang, TimeProvider time, CancellationToken cancellation)
    {
        var since = time.GetUtcNow();
        while (!await isSo())
        {
            if (time.GetUtcNow() - since > hang)
            {
                throw new StuckException($"Waited {hang.TotalMinutes:0} min for {what}.");
            }

            await Task.Delay(PollInterval, time, cancellation);
        }
    }

    /// <summary>The alerts that were sent, each its subject and its text.</summary>
    public IReadOnlyList<string> Alerts()
    {
        lock (server.Cloud.Gate)
        {
            return [.. platform.Plane.Topics.All.SelectMany(topic => topic.Messages).Select(message => message.Text)];
        }
    }

    // No attempt helps a program that the machine cannot start.
    private void ThrowIfNotStarted()
    {
        lock (server.Cloud.Gate)
        {
            var failed = platform.Plane.Invocations.Records
                .Where(record => record.Result?.Status == InvocationStatus.FunctionError)
                .Select(record => JsonNode.Parse(record.Result!.Payload!) as JsonObject)
                .FirstOrDefault(error => (string?)error?["errorType"] == "Runtime.InvalidEntrypoint");
            if (failed is not null)
            {
                throw new StuckException($"The functions' program {options.FunctionPath} does not start: {failed["errorMessage"]}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Pipeline.Dispose();
        Group.Dispose();
        await server.DisposeAsync();
    }

    private Dictionary<string, string> Parameters() => StackParameters.Of(
        Group.TemplateId,
        options.ImageRepository,
        options.Instances > 1 ? "Rolling" : options.Strategy,
        new Dictionary<string, string>(options.Parameters)
        {
            ["HealthPort"] = $"{server.HealthPort}",
            ["HealthPath"] = server.HealthPath,
            ["StartSeconds"] = $"{options.StartSeconds}",
            ["HealthDeadlineSeconds"] = $"{options.HealthDeadlineSeconds}",
            ["BakeSeconds"] = $"{options.BakeSeconds}",
            ["MachineDeadlineSeconds"] = $"{options.MachineDeadlineSeconds}",
            ["GitLabTokenSecretArn"] = options.GitLab is null ? "" : Account.Arn("secretsmanager", $"secret:{GitLabSecret}"),
            ["GitLabApiUrl"] = options.GitLab is null ? "" : new Uri(server.Endpoint, GitLabPart.Path).ToString(),
        });
}
