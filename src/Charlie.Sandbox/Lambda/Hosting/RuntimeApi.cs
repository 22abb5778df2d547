using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Charlie.Sandbox.Lambda.Hosting;

/// <summary>What the program behind a Runtime API does, seen from Lambda's side.</summary>
internal interface IRuntime
{
    /// <summary>Waits for the next invocation; the program is idle meanwhile.</summary>
    Task<RuntimeInvocation> NextAsync(CancellationToken gone);

    /// <summary>Takes a response or an error; <c>false</c> when that is not the invocation at hand.</summary>
    bool End(string requestId, InvocationStatus status, string payload);

    void InitError(string payload);
}

/// <param name="Deadline">Wall-clock time when the function is ended.</param>
internal sealed record RuntimeInvocation(string RequestId, string FunctionArn, string TraceId, DateTimeOffset Deadline, string Payload);

/// <summary>Lambda's Runtime API, version 2018-06-01, on a loopback port of its own: one for each execution environment.</summary>
internal sealed class RuntimeApi : IHttpApplication<HttpContext>, IAsyncDisposable
{
    private const string Prefix = "/2018-06-01/runtime/";

    /// <summary>Lambda's limit of a response.</summary>
    private const int MaximumResponse = 6 * 1024 * 1024;

    private readonly IRuntime runtime;
    private readonly KestrelServer server;

    private RuntimeApi(IRuntime runtime, KestrelServer server)
    {
        this.runtime = runtime;
        this.server = server;
    }

    /// <summary><c>host:port</c>, as <c>AWS_LAMBDA_RUNTIME_API</c> has it.</summary>
    public string Address => new Uri(server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single()).Authority;

    public static async Task<RuntimeApi> StartAsync(IRuntime runtime)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MaxRequestBodySize = MaximumResponse + 1024;
        options.Listen(System.Net.IPAddress.Loopback, 0);
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        var api = new RuntimeApi(runtime, new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance));
        await api.server.StartAsync(api, CancellationToken.None);
        return api;
    }

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        var steps = path.StartsWith(Prefix, StringComparison.Ordinal) ? path[Prefix.Length..].Split('/') : [];
        switch (context.Request.Method, steps)
        {
            case ("GET", ["invocation", "next"]):
                await NextAsync(context);
                break;
            case ("POST", ["invocation", var id, "response"]):
                await EndAsync(context, id, InvocationStatus.Succeeded);
                break;
            case ("POST", ["invocation", var id, "error"]):
                await EndAsync(context, id, InvocationStatus.FunctionError);
                break;
            case ("POST", ["init", "error"]):
                runtime.InitError(FunctionErrors.Posted(await BodyAsync(context) ?? "", ErrorType(context)));
                await RespondAsync(context, 202, """{"status":"OK"}""");
                break;
            default:
                await RespondAsync(context, 404, """{"errorMessage":"404 page not found","errorType":"InvalidPath"}""");
                break;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // The program is gone by now; a connection that is not must not hold the shutdown up.
        await server.StopAsync(new CancellationToken(canceled: true));
        server.Dispose();
    }

    private async Task NextAsync(HttpContext context)
    {
        RuntimeInvocation invocation;
        try
        {
            invocation = await runtime.NextAsync(context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
            return;
        }

        var headers = context.Response.Headers;
        headers["Lambda-Runtime-Aws-Request-Id"] = invocation.RequestId;
        headers["Lambda-Runtime-Deadline-Ms"] = invocation.Deadline.ToUnixTimeMilliseconds()
            .ToString(System.Globalization.CultureInfo.InvariantCulture);
        headers["Lambda-Runtime-Invoked-Function-Arn"] = invocation.FunctionArn;
        headers["Lambda-Runtime-Trace-Id"] = invocation.TraceId;
        await RespondAsync(context, 200, invocation.Payload);
    }

    private async Task EndAsync(HttpContext context, string requestId, InvocationStatus status)
    {
        if (await BodyAsync(context) is not { } body)
        {
            runtime.End(requestId, InvocationStatus.FunctionError, FunctionErrors.Posted("", "Function.ResponseSizeTooLarge"));
            await RespondAsync(context, 413, $$"""{"errorMessage":"Exceeded maximum allowed payload size ({{MaximumResponse}} bytes).","errorType":"RequestEntityTooLarge"}""");
            return;
        }

        var payload = status == InvocationStatus.Succeeded ? (body.Length == 0 ? "null" : body)
            : FunctionErrors.Posted(body, ErrorType(context));
        if (runtime.End(requestId, status, payload))
        {
            await RespondAsync(context, 202, """{"status":"OK"}""");
        }
        else
        {
            await RespondAsync(context, 400, """{"errorMessage":"Invalid request ID","errorType":"InvalidRequestID"}""");
        }
    }

    private static string? ErrorType(HttpContext context) => context.Request.Headers["Lambda-Runtime-Function-Error-Type"].FirstOrDefault();

    /// <summary>The request's body, or <c>null</c> when it is over the limit.</summary>
    private static async Task<string?> BodyAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        try
        {
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException tooLarge) when (
            tooLarge.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }

        return body.Length > MaximumResponse ? null : Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length);
    }

    private static async Task RespondAsync(HttpContext context, int status, string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
