using System.Net;
using Charlie.Sandbox.Control;
using Charlie.Sandbox.Instances;
using Charlie.Sandbox.Instances.Machines;
using Charlie.Sandbox.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Charlie.Sandbox.Server;

/// <summary>The embedded AWS as a server: the cloud behind one loopback port, its instances behind addresses of their own.</summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly IInstanceBacking instances;
    private readonly IReadOnlyList<ISandboxPart> parts;
    private WebApplication? application;

    private SandboxServer(SandboxOptions options)
    {
        parts = options.Parts;
        Cloud = new Cloud(options.Time, options.Timings, options.Seed, options.HistoryLength);
        instances = options.Machines is { } machines
            ? new InstanceMachines(Cloud, options.HealthPort, options.HealthPath, machines, () => Endpoint)
            : new InstanceServers(Cloud.Context, Cloud.Ec2.Instances, options.Software, options.HealthPort, options.HealthPath);
    }

    public Cloud Cloud { get; }

    /// <summary>What <c>AWS_ENDPOINT_URL</c> has to be.</summary>
    public Uri Endpoint { get; private set; } = new("http://127.0.0.1");

    public int HealthPort => instances.Port;

    public string HealthPath => instances.Path;

    /// <exception cref="PortInUseException">Something listens on the port already.</exception>
    public static async Task<SandboxServer> StartAsync(SandboxOptions options, CancellationToken cancellationToken = default)
    {
        var server = new SandboxServer(options);
        try
        {
            await server.ListenAsync(options, cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in parts.Reverse())
        {
            await part.DisposeAsync();
        }

        Cloud.Dispose();
        if (application is not null)
        {
            await LoopbackHost.EndAsync(application);
        }

        await instances.DisposeAsync();
    }

    private async Task ListenAsync(SandboxOptions options, CancellationToken cancellationToken)
    {
        foreach (var part in parts)
        {
            part.Attach(Cloud);
        }

        application = LoopbackHost.Build(IPAddress.Loopback, options.Port);
        ControlRoutes.Map(application, Cloud, routes =>
        {
            foreach (var part in parts)
            {
                part.MapControl(routes);
            }
        });
        foreach (var part in parts)
        {
            part.MapPages(application);
        }

        var adapter = new HttpAdapter(Cloud.Endpoint);
        if (parts.Select(part => part.Home).FirstOrDefault(home => home is not null) is { } shown)
        {
            application.MapGet("/", context => IsOfClient(context.Request) ? adapter.RespondAsync(context) : shown(context));
        }

        application.MapFallback("{*path}", context =>
            ObjectRoutes.Takes(context.Request) ? ObjectRoutes.RespondAsync(context, Cloud) : adapter.RespondAsync(context));
        Endpoint = await LoopbackHost.StartAsync(application, options.Port, cancellationToken);
        foreach (var part in parts)
        {
            await part.StartAsync(this, cancellationToken);
        }
    }

    // A call of the Query protocol may be a GET; the clients of other protocols sign what they ask.
    private static bool IsOfClient(HttpRequest request) =>
        request.Headers.Authorization.Count > 0
        || request.Headers.ContainsKey("X-Amz-Target")
        || request.Query.ContainsKey("Action")
        || request.Query.ContainsKey("X-Amz-Signature");
}
