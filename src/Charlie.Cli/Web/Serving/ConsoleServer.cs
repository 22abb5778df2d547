using System.Net;
using Charlie.Sandbox;
using Charlie.Sandbox.Wire;
using Microsoft.AspNetCore.Builder;

namespace Charlie.Cli.Web.Serving;

/// <summary><c>charlie console</c>: the page on a loopback port of its own, for whoever has its address.</summary>
internal sealed class ConsoleServer : IAsyncDisposable
{
    private readonly ConsoleFeed feed;
    private readonly WebApplication application;

    private ConsoleServer(ConsoleFeed feed, WebApplication application) => (this.feed, this.application) = (feed, application);

    /// <summary>The page with its key.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <param name="port">On 127.0.0.1; 0 takes a free one.</param>
    /// <exception cref="PortInUseException">Something listens on the port already.</exception>
    public static async Task<ConsoleServer> StartAsync(FeedOptions options, int port, TimeProvider time, CancellationToken cancellation)
    {
        var key = ConsoleGuard.NewKey();
        var server = new ConsoleServer(new ConsoleFeed(options, time), LoopbackHost.Build(IPAddress.Loopback, port));
        try
        {
            var routes = new ConsoleRoutes(server.feed, new ConsoleGuard(key), time);
            routes.Map(server.application);
            server.application.MapGet("/", routes.HomeAsync);
            var endpoint = await LoopbackHost.StartAsync(server.application, port, cancellation);
            server.Address = new Uri(endpoint, $"/?{ConsoleGuard.Query}={key}");
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
        await LoopbackHost.EndAsync(application);
        await feed.DisposeAsync();
    }
}
