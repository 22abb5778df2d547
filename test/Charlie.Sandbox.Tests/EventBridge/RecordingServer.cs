using System.Net;
using Charlie.Sandbox.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Charlie.Sandbox.Tests.EventBridge;

/// <summary>A server on 127.0.0.0/8 that stands for one of the internet: it keeps what it got, and answers as a test says.</summary>
internal sealed class RecordingServer : IAsyncDisposable
{
    private readonly WebApplication application = LoopbackHost.Build(IPAddress.Parse("127.0.0.7"), 0);
    private readonly List<ReceivedRequest> requests = [];

    public Uri Url { get; private set; } = new("http://127.0.0.7");

    /// <summary>Answers a request, given how many came before.</summary>
    public Func<HttpContext, int, Task> Answer { get; set; } = (_, _) => Task.CompletedTask;

    public IReadOnlyList<ReceivedRequest> Requests
    {
        get
        {
            lock (requests)
            {
                return [.. requests];
            }
        }
    }

    public static async Task<RecordingServer> StartAsync()
    {
        var server = new RecordingServer();
        server.application.MapFallback("{*path}", server.TakeAsync);
        server.Url = await LoopbackHost.StartAsync(server.application, 0, TestContext.Current.CancellationToken);
        return server;
    }

    /// <summary>An answer of nothing but a status.</summary>
    public static Func<HttpContext, int, Task> With(Func<int, int> status) => (context, before) =>
    {
        context.Response.StatusCode = status(before);
        return Task.CompletedTask;
    };

    public async ValueTask DisposeAsync() => await LoopbackHost.EndAsync(application);

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var request = new ReceivedRequest(
            context.Request.Method,
            context.Request.Path + context.Request.QueryString,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            await reader.ReadToEndAsync());
        int before;
        lock (requests)
        {
            before = requests.Count;
            requests.Add(request);
        }

        await Answer(context, before);
    }
}

internal sealed record ReceivedRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body);
