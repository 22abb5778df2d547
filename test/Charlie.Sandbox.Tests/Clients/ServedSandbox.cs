using Charlie.Sandbox.Context;
using Charlie.Sandbox.EventBridge.Api;
using Charlie.Sandbox.Instances;
using Charlie.Sandbox.Logs;
using Charlie.Sandbox.Server;
using Charlie.Sandbox.Sns;
using Charlie.Sandbox.Sqs;
using Charlie.Sandbox.Tests.EventBridge;

namespace Charlie.Sandbox.Tests.Clients;

/// <summary>A sandbox with all services behind a port, in a hurry.</summary>
internal sealed class ServedSandbox : IAsyncDisposable
{
    private readonly SandboxServer server;

    private ServedSandbox(SandboxServer server)
    {
        this.server = server;
        var plane = new EventPlane(server.Cloud.Context, new ScriptedHost(), groups: server.Cloud.AutoScaling);
        plane.Queues.Create("queue");
        plane.LogGroups.Create("reports");
        server.Cloud.Endpoint.Add(new EventsApi(plane.Router, plane.Destinations));
        server.Cloud.Endpoint.Add(new SnsApi(plane.Topics));
        server.Cloud.Endpoint.Add(new SqsApi(plane.Queues));
        server.Cloud.Endpoint.Add(new LogsApi(plane.LogGroups));
        server.Cloud.Stacks.Deployer = new StackDeployer(server.Cloud, plane);
    }

    public Uri Endpoint => server.Endpoint;

    /// <summary>Each service and operation, with a space between.</summary>
    public IEnumerable<string> Played =>
        server.Cloud.Endpoint.Played.SelectMany(service => service.Value.Names.Select(operation => $"{service.Key} {operation}"));

    public static async Task<ServedSandbox> StartAsync() => new(await SandboxServer.StartAsync(
        new SandboxOptions
        {
            Software = new HealthySoftware(TimeSpan.Zero),
            Timings = new AwsTimings
            {
                Launch = TimeSpan.FromMilliseconds(10),
                Termination = TimeSpan.FromMilliseconds(10),
                LifecycleStep = TimeSpan.FromMilliseconds(10),
                GroupCheck = TimeSpan.FromMilliseconds(20),
            },
        },
        TestContext.Current.CancellationToken));

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
