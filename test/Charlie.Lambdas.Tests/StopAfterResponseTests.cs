using System.Net;
using System.Text;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.RuntimeSupport.Bootstrap;

namespace Charlie.Lambdas.Tests;

/// <summary>SIGTERM and the runtime's loop, with either package of it: what has begun is responded to.</summary>
public sealed class StopAfterResponseTests
{
    [Fact]
    public async Task An_invocation_that_a_stop_meets_is_responded_to_and_is_the_last()
    {
        using var api = new OneEventApi();
        using var stop = new StopAfterResponse(api);
        await RunAsync(stop, input =>
        {
            stop.Stop();
            return Task.FromResult(input);
        });

        Assert.Equal(["GET next", "POST response {\"an\":\"event\"}"], api.Requests);
    }

    [Fact]
    public async Task An_error_of_an_invocation_that_a_stop_meets_is_told_too()
    {
        using var api = new OneEventApi();
        using var stop = new StopAfterResponse(api);
        await RunAsync(stop, _ =>
        {
            stop.Stop();
            throw new InvalidOperationException("broken");
        });

        Assert.Equal(["GET next", "POST error"], api.Requests.Select(request => string.Join(' ', request.Split(' ').Take(2))));
    }

    [Fact]
    public async Task A_stop_between_invocations_ends_the_wait_for_the_next()
    {
        using var api = new OneEventApi();
        using var stop = new StopAfterResponse(api);
        api.Waiting += stop.Stop;
        await RunAsync(stop, Task.FromResult);

        Assert.Equal(["GET next", "POST response {\"an\":\"event\"}", "GET next"], api.Requests);
    }

    private static async Task RunAsync(StopAfterResponse stop, Func<Stream, Task<Stream>> function)
    {
        using var http = new HttpClient(stop, disposeHandler: false);
        using var wrapper = HandlerWrapper.GetHandlerWrapper((Stream input, ILambdaContext _) => function(input));
        using var loop = new LambdaBootstrap(http, wrapper, new LambdaBootstrapOptions { RuntimeApiEndpoint = "127.0.0.1:9" });
        await loop.RunAsync(stop.Token);
    }

    /// <summary>The Runtime API with one event; a request for another one waits until it is cancelled.</summary>
    private sealed class OneEventApi : HttpMessageHandler
    {
        private bool isTaken;

        public event Action? Waiting;

        public List<string> Requests { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var body = request.Content is null ? "" : " " + await request.Content.ReadAsStringAsync(CancellationToken.None);
            Requests.Add($"{request.Method} {request.RequestUri!.Segments[^1]}{body}");
            if (request.Method == HttpMethod.Post)
            {
                return new HttpResponseMessage(HttpStatusCode.Accepted) { Content = new StringContent("{}") };
            }

            if (isTaken)
            {
                Waiting?.Invoke();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }

            isTaken = true;
            var response = new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent("""{"an":"event"}""", Encoding.UTF8, "application/json"),
            };
            response.Headers.Add("Lambda-Runtime-Aws-Request-Id", "1");
            response.Headers.Add("Lambda-Runtime-Deadline-Ms", "4102444800000");
            response.Headers.Add("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:us-east-1:111122223333:function:refresh");
            response.Headers.Add("Lambda-Runtime-Trace-Id", "Root=1-2-3");
            return response;
        }
    }
}
