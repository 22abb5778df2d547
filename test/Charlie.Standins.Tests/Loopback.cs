using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Charlie.Standins.Tests;

/// <summary>A real HTTP server on a free loopback port.</summary>
internal sealed class Loopback : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Loopback(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.Single());

    public static async Task<Loopback> StartAsync(RequestDelegate response)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.Run(response);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new Loopback(app);
    }

    public async ValueTask DisposeAsync()
    {
        // Requests that wait for a response, as one for the next invocation does, end with the server.
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }
}
