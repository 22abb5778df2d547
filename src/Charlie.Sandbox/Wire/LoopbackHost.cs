using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Charlie.Sandbox.Wire;

/// <summary>Bare HTTP servers on loopback addresses: no configuration, no logging, no handling of signals.</summary>
internal static class LoopbackHost
{
    public static WebApplication Build(IPAddress address, int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // The adapter has its own limit, to respond as AWS does.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(address, port);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, Embedded>();
        return builder.Build();
    }

    /// <exception cref="PortInUseException">Something listens on the port already.</exception>
    public static async Task<Uri> StartAsync(WebApplication application, int port, CancellationToken cancellationToken)
    {
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch (IOException cause) when (cause.InnerException is AddressInUseException)
        {
            throw new PortInUseException(port, cause);
        }

        return new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    /// <summary>A port on which nothing listens now.</summary>
    public static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>Ends a server at once; open connections break.</summary>
    public static async Task EndAsync(WebApplication application)
    {
        await application.StopAsync(new CancellationToken(canceled: true));
        await application.DisposeAsync();
    }

    /// <summary>The process belongs to another program, and so do its signals.</summary>
    private sealed class Embedded : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
