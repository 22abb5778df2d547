using System.Text.Json;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.Serialization.SystemTextJson;
using Charlie.Standins.Tests.Functions;

namespace Charlie.Standins.Tests.Runtime;

public sealed class InvocationTests : IAsyncLifetime
{
    private readonly CancellationTokenSource _stop = new();
    private FakeRuntimeApi _api = null!;

    public async ValueTask InitializeAsync() => _api = await FakeRuntimeApi.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        _stop.Dispose();
    }

    [Fact]
    public async Task Each_event_is_responded_to_under_its_own_request_id_until_cancelled()
    {
        var loop = RunAsync((order, context) => Task.FromResult(new Receipt(context.AwsRequestId, $"{order.Count} {order.Item}")));
        for (var i = 1; i <= 3; i++)
        {
            var post = await _api.InvokeAsync(new Invocation($"id-{i}", $$"""{"item":"tea <ü>","count":{{i}}}"""));

            Assert.Equal($"/2018-06-01/runtime/invocation/id-{i}/response", post.Path);
            Assert.Equal($$"""{"requestId":"id-{{i}}","text":"{{i}} tea <ü>"}""", post.Body);
        }

        await _stop.CancelAsync();
        await loop;
    }

    [Fact]
    public async Task Streams_pass_untouched()
    {
        using var bootstrap = Build(LambdaBootstrapBuilder.Create((Stream input, ILambdaContext _) => Task.FromResult(input)));
        var loop = bootstrap.RunAsync(_stop.Token);

        var post = await _api.InvokeAsync(new Invocation("id", " not json "));

        Assert.Equal(" not json ", post.Body);
        await _stop.CancelAsync();
        await loop;
    }

    [Fact]
    public async Task The_context_tells_what_the_headers_told()
    {
        var deadline = DateTimeOffset.FromUnixTimeMilliseconds(4102444800000);
        var seen = new TaskCompletionSource<ILambdaContext>();
        var loop = RunAsync((_, context) =>
        {
            seen.SetResult(context);
            return Task.FromResult(new Receipt("", ""));
        });
        var before = TimeProvider.System.GetUtcNow();
        await _api.InvokeAsync(new Invocation("id", "{}", deadline.ToUnixTimeMilliseconds(), "Root=1-trace"));
        var context = await seen.Task;
        var remaining = context.RemainingTime;

        Assert.Equal("id", context.AwsRequestId);
        Assert.Equal(FakeRuntimeApi.FunctionArn, context.InvokedFunctionArn);
        Assert.Equal("Root=1-trace", context.TraceId);
        Assert.NotNull(context.ClientContext);
        Assert.Null(context.ClientContext.Client);
        Assert.NotNull(context.Identity);
        Assert.Null(context.Identity.IdentityId);
        Assert.InRange(remaining, deadline - TimeProvider.System.GetUtcNow(), deadline - before);
        await _stop.CancelAsync();
        await loop;
    }

    [Fact]
    public async Task What_a_handler_throws_is_reported_in_Lambdas_shape_and_the_next_event_is_served()
    {
        var loop = RunAsync((order, _) => order.Count == 0
            ? throw new InvalidOperationException("nothing \"ordered\"", new TimeoutException("too late"))
            : Task.FromResult(new Receipt("ok", order.Item)));

        var failed = await _api.InvokeAsync(new Invocation("id-1", """{"item":"tea","count":0}"""));
        var next = await _api.InvokeAsync(new Invocation("id-2", """{"item":"tea","count":1}"""));

        Assert.Equal("/2018-06-01/runtime/invocation/id-1/error", failed.Path);
        Assert.Equal("InvalidOperationException", failed.ErrorType);
        var error = JsonDocument.Parse(failed.Body).RootElement;
        Assert.Equal("InvalidOperationException", error.GetProperty("errorType").GetString());
        Assert.Equal("nothing \"ordered\"", error.GetProperty("errorMessage").GetString());
        Assert.Contains(
            error.GetProperty("stackTrace").EnumerateArray(),
            frame => frame.GetString()!.StartsWith($"at {typeof(InvocationTests).FullName}", StringComparison.Ordinal));
        Assert.Equal("TimeoutException", error.GetProperty("cause").GetProperty("errorType").GetString());
        Assert.Equal("/2018-06-01/runtime/invocation/id-2/response", next.Path);
        await _stop.CancelAsync();
        await loop;
    }

    [Fact]
    public async Task An_event_that_is_not_the_functions_own_is_an_error_of_that_invocation()
    {
        var loop = RunAsync((_, _) => Task.FromResult(new Receipt("", "")));

        var failed = await _api.InvokeAsync(new Invocation("id", """{"item":"tea","count":"many"}"""));

        Assert.Equal(nameof(JsonSerializerException), failed.ErrorType);
        Assert.Contains("Functions.Order", JsonDocument.Parse(failed.Body).RootElement.GetProperty("errorMessage").GetString());
        await _stop.CancelAsync();
        await loop;
    }

    [Fact]
    public async Task An_initializer_that_throws_is_reported_and_thrown_on()
    {
        using var bootstrap = Build(Orders((_, _) => Task.FromResult(new Receipt("", "")))
            .UseBootstrapHandler(() => throw new ArgumentException("CHARLIE_APP is missing")));

        var thrown = await Assert.ThrowsAsync<ArgumentException>(() => bootstrap.RunAsync(_stop.Token));

        var post = await _api.NextPostAsync();
        Assert.Equal("/2018-06-01/runtime/init/error", post.Path);
        var error = JsonDocument.Parse(post.Body).RootElement;
        Assert.Equal("ArgumentException", error.GetProperty("errorType").GetString());
        Assert.Equal(thrown.Message, error.GetProperty("errorMessage").GetString());
    }

    [Fact]
    public async Task An_initializer_that_says_no_ends_without_asking_for_an_event()
    {
        using var bootstrap = Build(Orders((_, _) => Task.FromResult(new Receipt("", "")))
            .UseBootstrapHandler(() => Task.FromResult(false)));

        await bootstrap.RunAsync(_stop.Token);

        Assert.False(_api.Requested.IsCompleted);
    }

    private static LambdaBootstrapBuilder Orders(Func<Order, ILambdaContext, Task<Receipt>> handler) =>
        LambdaBootstrapBuilder.Create(handler, new SourceGeneratorLambdaJsonSerializer<OrderJson>());

    private async Task RunAsync(Func<Order, ILambdaContext, Task<Receipt>> handler)
    {
        using var bootstrap = Build(Orders(handler));
        await bootstrap.RunAsync(_stop.Token);
    }

    private LambdaBootstrap Build(LambdaBootstrapBuilder builder) =>
        builder.ConfigureOptions(options => options.RuntimeApiEndpoint = _api.Endpoint).Build();
}
