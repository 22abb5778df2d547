using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace Charlie.Standins.Tests.Runtime;

internal sealed record Invocation(string RequestId, string Event, long DeadlineMs = 4102444800000, string TraceId = "Root=1-2-3");

internal sealed record Post(string Path, string Body, string? ErrorType, string? ContentType);

/// <summary>Lambda's side of the Runtime API, as far as AWS documents it.</summary>
internal sealed class FakeRuntimeApi : IAsyncDisposable
{
    public const string FunctionArn = "arn:aws:lambda:eu-west-1:111122223333:function:orders:live";

    private readonly Channel<Invocation> _invocations = Channel.CreateUnbounded<Invocation>();
    private readonly Channel<Post> _posts = Channel.CreateUnbounded<Post>();
    private readonly TaskCompletionSource _requested = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Loopback _server = null!;

    public string Endpoint => _server.Url.Authority;

    /// <summary>When the function requested an invocation for the first time.</summary>
    public Task Requested => _requested.Task;

    public static async Task<FakeRuntimeApi> StartAsync()
    {
        var api = new FakeRuntimeApi();
        api._server = await Loopback.StartAsync(api.RespondAsync);
        return api;
    }

    public async Task<Post> InvokeAsync(Invocation invocation)
    {
        await _invocations.Writer.WriteAsync(invocation);
        return await NextPostAsync();
    }

    public async Task<Post> NextPostAsync() => await _posts.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task RespondAsync(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        if (http.Request.Method == "GET" && path == "/2018-06-01/runtime/invocation/next")
        {
            _requested.TrySetResult();
            var invocation = await _invocations.Reader.ReadAsync(http.RequestAborted);
            var headers = http.Response.Headers;
            headers["Lambda-Runtime-Aws-Request-Id"] = invocation.RequestId;
            headers["Lambda-Runtime-Deadline-Ms"] = $"{invocation.DeadlineMs}";
            headers["Lambda-Runtime-Invoked-Function-Arn"] = FunctionArn;
            headers["Lambda-Runtime-Trace-Id"] = invocation.TraceId;
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync(invocation.Event);
            return;
        }

        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        http.Response.StatusCode = StatusCodes.Status202Accepted;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync("""{"status":"OK"}""");
        await http.Response.CompleteAsync();
        var errorType = http.Request.Headers["Lambda-Runtime-Function-Error-Type"].FirstOrDefault();
        await _posts.Writer.WriteAsync(new Post(path, body, errorType, http.Request.ContentType));
    }
}
