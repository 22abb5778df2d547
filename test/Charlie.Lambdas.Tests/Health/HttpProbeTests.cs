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
    private const string Image = "registry.gitlab.com/example/charlie@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    [Fact]
    public async Task Ok_with_an_image_is_healthy() =>
        Assert.Equal(new ProbeAnswer.Healthy(Image), await AskAsync(context => context.Response.Headers[HttpProbe.ImageHeader] = Image));

    [Fact]
    public async Task A_failure_is_final_and_says_whose_it_is()
    {
        Assert.Equal(new ProbeAnswer.Failed(false, "exited with 1: no API key"), await AskAsync(Failure("app: exited with 1: no API key")));
        Assert.Equal(new ProbeAnswer.Failed(true, "the registry is away"), await AskAsync(Failure("machine: the registry is away")));
        Assert.Equal(new ProbeAnswer.Failed(false, "broken"), await AskAsync(Failure("broken")));
    }

    [Fact]
    public async Task Anything_else_is_not_yet()
    {
        Assert.IsType<ProbeAnswer.NotYet>(await AskAsync(_ => { }));
        Assert.IsType<ProbeAnswer.NotYet>(await AskAsync(context => context.Response.StatusCode = 500));
        Assert.IsType<ProbeAnswer.NotYet>(await AskAsync(context => context.Response.StatusCode = 503));
        Assert.IsType<ProbeAnswer.NotYet>(await AskAsync(context =>
        {
            context.Response.StatusCode = 404;
            context.Response.Headers[HttpProbe.ImageHeader] = Image;
        }));
        Assert.IsType<ProbeAnswer.NotYet>(await AskAsync(context =>
        {
            context.Response.StatusCode = 500;
            context.Response.Headers[HttpProbe.FailureHeader] = "app: only 503 is final";
        }));
        Assert.IsType<ProbeAnswer.NotYet>(await AskAsync(context => context.Response.Headers[HttpProbe.ImageHeader] = new([Image, "another"])));
    }

    [Fact]
    public async Task A_redirect_is_not_followed() =>
        Assert.IsType<ProbeAnswer.NotYet>(await AskAsync(context =>
        {
            if (context.Request.Path == "/health")
            {
                context.Response.Redirect("/elsewhere");
            }
            else
            {
                context.Response.Headers[HttpProbe.ImageHeader] = Image;
            }
        }));

    [Fact]
    public async Task More_headers_than_it_reads_are_not_yet() =>
        Assert.IsType<ProbeAnswer.NotYet>(await AskAsync(context =>
        {
            context.Response.Headers[HttpProbe.ImageHeader] = Image;
            context.Response.Headers["X-Long"] = new string('x', 9 * 1024);
        }));

    [Fact]
    public async Task An_endless_body_is_not_waited_for() =>
        Assert.Equal(new ProbeAnswer.Healthy(Image), await AskAsync(async context =>
        {
            context.Response.Headers[HttpProbe.ImageHeader] = Image;
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(new byte[4096], context.RequestAborted);
            }
        }));

    [Fact]
    public async Task Nobody_there_is_not_yet()
    {
        using var taken = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();
        Assert.IsType<ProbeAnswer.NotYet>(await Probe(port).AskAsync(IPAddress.Loopback, TestContext.Current.CancellationToken));
    }

    private static Action<HttpContext> Failure(string reason) => context =>
    {
        context.Response.StatusCode = 503;
        context.Response.Headers[HttpProbe.FailureHeader] = reason;
    };

    private static Task<ProbeAnswer> AskAsync(Action<HttpContext> answer) =>
        AskAsync(context =>
        {
            answer(context);
            return Task.CompletedTask;
        });

    private static async Task<ProbeAnswer> AskAsync(Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        await using var server = builder.Build();
        server.Run(new RequestDelegate(answer));
        await server.StartAsync(TestContext.Current.CancellationToken);
        return await Probe(new Uri(server.Urls.Single()).Port).AskAsync(IPAddress.Loopback, TestContext.Current.CancellationToken);
    }

    private static HttpProbe Probe(int port) => new(HttpProbe.CreateClient(), port, "/health", TimeProvider.System);
}
