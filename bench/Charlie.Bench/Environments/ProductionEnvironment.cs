using System.Globalization;
using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Runtime;
using Charlie.Sandbox;
using Charlie.Sandbox.Context;
using Charlie.Sandbox.Server;
using Charlie.Simulation.Environments;
using Charlie.Simulation.Images;
using Charlie.Simulation.Production;

namespace Charlie.Bench.Environments;

/// <summary>
/// A production group of one on an embedded AWS of its own, the same in every run: its first instance is up, responds
/// healthy, and waits at the launch hook until <see cref="ConfirmAsync"/>.
/// </summary>
internal sealed class ProductionEnvironment : IAsyncDisposable
{
    public static readonly BotImage First = new("1.0");

    // AWS's own steps take no time here, and a group replaces its own instances long after the measured response.
    private static readonly AwsTimings Timings = new()
    {
        Launch = TimeSpan.FromMilliseconds(5),
        Termination = TimeSpan.FromMinutes(5),
        LifecycleStep = TimeSpan.FromMilliseconds(5),
        GroupCheck = TimeSpan.FromMilliseconds(500),
    };

    private readonly SandboxServer server;
    private readonly ProductionGroup group;
    private readonly TimeProvider time;

    private ProductionEnvironment(SandboxServer server, TimeProvider time)
    {
        (this.server, this.time) = (server, time);
        group = new ProductionGroup(server.Endpoint);
    }

    public Cloud Cloud => server.Cloud;

    /// <summary>The instance that the environment began with.</summary>
    public string InstanceId { get; private set; } = "";

    /// <summary>The health URL of that instance.</summary>
    public Uri Health => new UriBuilder(
        Uri.UriSchemeHttp,
        Cloud.Ec2.Instances.All.Single(instance => instance.Id == InstanceId).PrivateIpAddress,
        server.HealthPort,
        server.HealthPath).Uri;

    public static async Task<ProductionEnvironment> SetAsync(TimeProvider time, CancellationToken cancellation)
    {
        var server = await SandboxServer.StartAsync(
            new SandboxOptions { Software = new ImageBehaviours(TimeSpan.Zero), Timings = Timings, Time = time }, cancellation);
        var environment = new ProductionEnvironment(server, time);
        await environment.group.CreateTemplateAsync(First.Name);
        await environment.group.CreateGroupAsync(1, 1);
        environment.InstanceId = (await environment.UntilAsync("Pending:Wait", cancellation)).Id;
        await environment.UntilHealthyAsync(cancellation);
        return environment;
    }

    /// <summary>Admits the first instance, and records that its release is confirmed.</summary>
    public async Task ConfirmAsync(CancellationToken cancellation)
    {
        var credentials = new BasicAWSCredentials(ProductionGroup.OperatorKey, "not-a-secret");
        using var autoScaling = new AmazonAutoScalingClient(
            credentials, new AmazonAutoScalingConfig { ServiceURL = server.Endpoint.ToString(), AuthenticationRegion = Account.Region });
        using var ec2 = new AmazonEC2Client(
            credentials, new AmazonEC2Config { ServiceURL = server.Endpoint.ToString(), AuthenticationRegion = Account.Region });
        await autoScaling.CompleteLifecycleActionAsync(
            new CompleteLifecycleActionRequest
            {
                AutoScalingGroupName = ProductionGroup.Name,
                LifecycleHookName = ProductionGroup.HookName,
                InstanceId = InstanceId,
                LifecycleActionResult = "CONTINUE",
            },
            cancellation);
        await UntilAsync("InService", cancellation);
        await ec2.CreateTagsAsync(
            new CreateTagsRequest
            {
                Resources = [group.TemplateId],
                Tags =
                [
                    new Amazon.EC2.Model.Tag("charlie:confirmed:0.0", "1 2026-01-05T10:00:00Z"),
                    new Amazon.EC2.Model.Tag("charlie:reported:0.0", "Confirmed 2026-01-05T10:00:00Z"),
                ],
            },
            cancellation);
    }

    /// <summary>The variables of a function's environment, as Lambda and the stack set them.</summary>
    public IEnumerable<KeyValuePair<string, string>> Variables(string handler) => new Dictionary<string, string>
    {
        ["_HANDLER"] = handler,
        ["AWS_LAMBDA_FUNCTION_NAME"] = "charlie-" + handler,
        ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = "128",
        ["AWS_LAMBDA_FUNCTION_VERSION"] = "$LATEST",
        ["AWS_LAMBDA_LOG_FORMAT"] = "JSON",
        ["AWS_LAMBDA_INITIALIZATION_TYPE"] = "on-demand",
        ["AWS_REGION"] = Account.Region,
        ["AWS_DEFAULT_REGION"] = Account.Region,
        ["AWS_ACCESS_KEY_ID"] = "ASIABENCHBENCHBENCHB",
        ["AWS_SECRET_ACCESS_KEY"] = "not-a-secret",
        ["AWS_SESSION_TOKEN"] = "not-a-secret-either",
        ["AWS_ENDPOINT_URL"] = server.Endpoint.AbsoluteUri.TrimEnd('/'),
        ["TZ"] = ":UTC",
        ["CHARLIE_APP"] = ProductionGroup.Name,
        ["CHARLIE_GROUP"] = ProductionGroup.Name,
        ["CHARLIE_LAUNCH_TEMPLATE"] = group.TemplateId,
        ["CHARLIE_LAUNCH_HOOK"] = ProductionGroup.HookName,
        ["CHARLIE_IMAGE_REPOSITORY"] = BotImage.Repository,
        ["CHARLIE_PROJECT_ID"] = Pipeline.ProjectId.ToString(CultureInfo.InvariantCulture),
        ["CHARLIE_PROJECT_URL"] = Pipeline.ProjectUrl,
        ["CHARLIE_HEALTH_PORT"] = server.HealthPort.ToString(CultureInfo.InvariantCulture),
        ["CHARLIE_HEALTH_PATH"] = server.HealthPath,
        ["CHARLIE_HEALTH_SUCCESSES"] = "3",
        ["CHARLIE_MACHINE_DEADLINE_SECONDS"] = "480",
        ["CHARLIE_START_SECONDS"] = "60",
        ["CHARLIE_HEALTH_DEADLINE_SECONDS"] = "600",
        ["CHARLIE_BAKE_SECONDS"] = "1",
        ["CHARLIE_DEPLOYMENT_DEADLINE_SECONDS"] = "1800",
        ["CHARLIE_STRATEGY"] = "Replace",
        ["CHARLIE_MIN_HEALTHY_PERCENTAGE"] = "0",
        ["CHARLIE_MAX_HEALTHY_PERCENTAGE"] = "100",
        ["CHARLIE_SINGLETON"] = "true",
    };

    public async ValueTask DisposeAsync()
    {
        group.Dispose();
        await server.DisposeAsync();
    }

    private async Task<RunningInstance> UntilAsync(string state, CancellationToken cancellation)
    {
        RunningInstance? found = null;
        await LocalAws.UntilAsync(
            $"an instance that is {state}",
            async () => (found = (await group.ReadInstancesAsync())
                .FirstOrDefault(instance => instance.LifecycleState == state)) is not null,
            time,
            cancellation);
        return found!;
    }

    private async Task UntilHealthyAsync(CancellationToken cancellation)
    {
        using var http = new HttpClient();
        await LocalAws.UntilAsync(
            "its first healthy response",
            async () =>
            {
                try
                {
                    using var response = await http.GetAsync(Health, cancellation);
                    return response.IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            time,
            cancellation);
    }
}
