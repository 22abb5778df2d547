using System.Globalization;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Charlie.Bench.Runtime;

/// <summary>A function's response, and the moment in which its last byte was here.</summary>
internal sealed record Response(string Json, long At);

/// <summary>
/// Lambda's Runtime API (version 2018-06-01) for one process at a time, with nothing in it but what is measured: an
/// event waits here before the process starts, so that a cold start is the process's own.
/// </summary>
internal sealed class RuntimeApi(TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);

    private readonly Channel<string> events = Channel.CreateUnbounded<string>();
    private Channel<Response> responses = Channel.CreateUnbounded<Response>();
    private WebApplication? application;

    /// <summary><c>host:port</c>, as <c>AWS_LAMBDA_RUNTIME_API</c> has it.</summary>
    public string Address { get; private set; } = "";

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        application = builder.Build();
        application.MapGet("/2018-06-01/runtime/invocation/next", NextAsync);
        application.MapPost("/2018-06-01/runtime/invocation/{id}/response", TakeAsync);
        application.MapPost("/2018-06-01/runtime/invocation/{id}/error", RefuseAsync);
        application.MapPost("/2018-06-01/runtime/init/error", RefuseAsync);
        await application.StartAsync();
        Address = new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First())
            .Authority;
    }

    /// <summary>Lays an event before the next request.</summary>
    public void Put(string json) => events.Writer.TryWrite(json);

    /// <exception cref="InvalidOperationException">The function responded with an error.</exception>
    public async Task<Response> TakeAsync(CancellationToken cancellation)
    {
        try
        {
            return await responses.Reader.ReadAsync(cancellation);
        }
        catch (ChannelClosedException closed) when (closed.InnerException is { } failure)
        {
            responses = Channel.CreateUnbounded<Response>();
            throw new InvalidOperationException(failure.Message, failure);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (application is not null)
        {
            await application.StopAsync(new CancellationToken(canceled: true));
            await application.DisposeAsync();
        }
    }

    private async Task NextAsync(HttpContext context)
    {
        string document;
        try
        {
            document = await events.Reader.ReadAsync(context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        var headers = context.Response.Headers;
        headers["Lambda-Runtime-Aws-Request-Id"] = "8f5f7a3e-0d5b-4d0a-9a51-1f6f1f2f0001";
        headers["Lambda-Runtime-Deadline-Ms"] = (time.GetUtcNow() + Deadline).ToUnixTimeMilliseconds()
            .ToString(CultureInfo.InvariantCulture);
        headers["Lambda-Runtime-Invoked-Function-Arn"] = "arn:aws:lambda:us-east-1:123456789012:function:charlie";
        headers["Lambda-Runtime-Trace-Id"] = "Root=1-67891233-abcdef012345678912345678;Parent=53995c3f42cd8ad8;Sampled=0";
        context.Response.ContentType = "application/json";
        var bytes = Encoding.UTF8.GetBytes(document);
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    private async Task TakeAsync(HttpContext context)
    {
        var body = await ReadAsync(context);
        var at = time.GetTimestamp();
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        responses.Writer.TryWrite(new Response(body, at));
    }

    private async Task RefuseAsync(HttpContext context)
    {
        var body = await ReadAsync(context);
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        responses.Writer.TryComplete(new InvalidOperationException($"The function failed: {body}"));
    }

    private static async Task<string> ReadAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        return await reader.ReadToEndAsync(context.RequestAborted);
    }
}
