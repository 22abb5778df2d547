using System.Net;
using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Charlie.Lambdas.Tests.Health;

/// <summary>The probe against real HTTP servers, good, bad and hostile.</summary>
public sealed class HttpProbeTests
{
    private const string Image =
        "registry.gitlab.com/example/charlie@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    [Fact]
    public async Task A_200_with_an_image_is_healthy() =>
        Assert.Equal(new ProbeResponse.Healthy(Image, TimeSpan.FromSeconds(90)), await RespondAsync(Healthy));

    [Fact]
    public async Task A_503_with_a_failure_says_whose_it_is()
    {
        Assert.Equal(new ProbeResponse.Failed(false, "exited with 1: no API key"),
            await RespondAsync(Failure("app: exited with 1: no API key")));
        Assert.Equal(new ProbeResponse.Failed(true, "the registry is away"), await RespondAsync(Failure("machine: the registry is away")));
        Assert.Equal(new ProbeResponse.Failed(false, "broken"), await RespondAsync(Failure("broken")));
    }

    [Fact]
    public async Task A_503_says_what_the_machine_does()
    {
        Assert.Equal(
            new ProbeResponse.Preparing(BootPhase.Lock),
            await RespondAsync(context => Write(context, 503, (HealthResponse.PhaseHeader, "lock"))));
        Assert.Equal(
            new ProbeResponse.Unhealthy(TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(99), 2, "exited with 1"),
            await RespondAsync(context => Write(
                context,
                503,
                (HealthResponse.PhaseHeader, "run"),
                (HealthResponse.NowHeader, "1000.5"),
                (HealthResponse.UnhealthySinceHeader, "991.5"),
                (HealthResponse.RunSinceHeader, "901.5"),
                (HealthResponse.RestartsHeader, "2"),
                (HealthResponse.LastEndHeader, "exited with 1"))));
    }

    [Fact]
    public async Task Any_other_response_is_silence()
    {
        Assert.IsType<ProbeResponse.Silent>(await RespondAsync(_ => { }));
        Assert.Equal(new ProbeResponse.Silent("status 500"), await RespondAsync(context => Write(context, 500)));
        Assert.Equal(
            new ProbeResponse.Silent("status 404"),
            await RespondAsync(context =>
            {
                Healthy(context);
                context.Response.StatusCode = 404;
            }));
    }

    [Fact]
    public async Task A_redirect_is_not_followed() =>
        Assert.IsType<ProbeResponse.Silent>(await RespondAsync(context =>
        {
            if (context.Request.Path == "/health")
            {
                context.Response.Redirect("/elsewhere");
            }
            else
            {
                Healthy(context);
            }
        }));

    [Fact]
    public async Task More_than_8_KiB_of_headers_are_silence() =>
        Assert.IsType<ProbeResponse.Silent>(await RespondAsync(context =>
        {
            Healthy(context);
            context.Response.Headers["X-Long"] = new string('x', 9 * 1024);
        }));

    [Fact]
    public async Task An_endless_body_is_not_waited_for() =>
        Assert.Equal(new ProbeResponse.Healthy(Image, TimeSpan.FromSeconds(90)), await RespondAsync(async context =>
        {
            Healthy(context);
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(new byte[4096], context.RequestAborted);
            }
        }));

    [Fact]
    public async Task A_refused_connection_is_silence()
    {
        using var taken = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();
        Assert.IsType<ProbeResponse.Silent>(await Probe(port).ProbeAsync(IPAddress.Loopback, TestContext.Current.CancellationToken));
    }

    private static void Healthy(HttpContext context) => Write(
        context,
        200,
        (HealthResponse.ImageHeader, Image),
        (HealthResponse.NowHeader, "1000.123"),
        (HealthResponse.HealthySinceHeader, "910.123"));

    private static void Write(HttpContext context, int status, params (string Name, string Value)[] headers)
    {
        context.Response.StatusCode = status;
        foreach (var (name, value) in headers)
        {
            context.Response.Headers[name] = value;
        }
    }

    private static Action<HttpContext> Failure(string reason) => context =>
    {
        context.Response.StatusCode = 503;
        context.Response.Headers[HealthResponse.FailureHeader] = reason;
    };

    private static Task<ProbeResponse> RespondAsync(Action<HttpContext> respond) =>
        RespondAsync(context =>
        {
            respond(context);
            return Task.CompletedTask;
        });

    private static async Task<ProbeResponse> RespondAsync(Func<HttpContext, Task> respond)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        await using var server = builder.Build();
        server.Run(new RequestDelegate(respond));
        await server.StartAsync(TestContext.Current.CancellationToken);
        return await Probe(new Uri(server.Urls.Single()).Port).ProbeAsync(IPAddress.Loopback, TestContext.Current.CancellationToken);
    }

    private static HttpProbe Probe(int port) => new(HttpProbe.CreateClient(), port, "/health", TimeProvider.System);
}
