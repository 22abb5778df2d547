using System.Text.Json;
using Charlie.Standins.Tests.Functions;

namespace Charlie.Standins.Tests.Runtime;

/// <summary>What only a process of its own shows: its environment, its output, its end.</summary>
public sealed class ProcessTests : IAsyncLifetime
{
    private FakeRuntimeApi _api = null!;

    public async ValueTask InitializeAsync() => _api = await FakeRuntimeApi.StartAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task A_function_sees_Lambdas_environment_and_ends_cleanly_on_SIGTERM()
    {
        await using var function = new FunctionProcess(
            "environment",
            _api.Endpoint,
            ("AWS_LAMBDA_FUNCTION_NAME", "orders"),
            ("AWS_LAMBDA_FUNCTION_VERSION", "7"),
            ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256"),
            ("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/orders"),
            ("AWS_LAMBDA_LOG_STREAM_NAME", "2026/10/17/[7]abc"));

        var first = await _api.InvokeAsync(new Invocation("1", "{}", TraceId: "Root=1-first"));
        var second = await _api.InvokeAsync(new Invocation("2", "{}", TraceId: "Root=1-second"));

        Assert.Equal("Root=1-first|orders|7|256|/aws/lambda/orders|2026/10/17/[7]abc", first.Body);
        Assert.StartsWith("Root=1-second|", second.Body, StringComparison.Ordinal);
        Assert.Equal(0, await function.TerminateAsync());
    }

    [Fact]
    public async Task A_broken_initializer_ends_the_process_with_an_error()
    {
        await using var function = new FunctionProcess("broken-init", _api.Endpoint);

        var post = await _api.NextPostAsync();

        Assert.Equal("/2018-06-01/runtime/init/error", post.Path);
        Assert.NotEqual(0, await function.ExitCodeAsync());
        Assert.Contains("no configuration", await function.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JSON_log_lines_carry_each_named_argument()
    {
        var lines = (await LogAsync(("AWS_LAMBDA_LOG_FORMAT", "JSON"), ("AWS_LAMBDA_LOG_LEVEL", "INFO")))
            .Select(line => JsonDocument.Parse(line).RootElement).ToArray();

        Assert.All(lines, line =>
        {
            Assert.Equal("log-1", line.GetProperty("requestId").GetString());
            Assert.Equal("Root=1-log", line.GetProperty("traceId").GetString());
            Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", line.GetProperty("timestamp").GetString());
        });
        Assert.Equal(
            ["Information", "Warning", "Error", "Information"], lines.Select(line => line.GetProperty("level").GetString()));
        Assert.Equal("first before True, first again", Message(lines[1]));
        Assert.Equal("braces {stay} as they are", Message(lines[3]));
        Assert.Equal(2, lines[0].GetProperty("Count").GetInt32());
        Assert.Equal("web", lines[0].GetProperty("Group").GetString());
        Assert.Equal(["a", "b"], lines[0].GetProperty("Zones").EnumerateArray().Select(zone => zone.GetString()));
        Assert.Equal("could not use i-1", Message(lines[2]));
        Assert.Equal("i-1", lines[2].GetProperty("Instance").GetString());
        Assert.Equal("System.InvalidOperationException", lines[2].GetProperty("errorType").GetString());
        Assert.Equal("broken", lines[2].GetProperty("errorMessage").GetString());
        Assert.Equal("System.InvalidOperationException: broken", lines[2].GetProperty("stackTrace")[0].GetString());
    }

    [Fact]
    public async Task Text_log_lines_carry_time_request_id_and_level()
    {
        var lines = await LogAsync(("AWS_LAMBDA_LOG_FORMAT", "Text"), ("AWS_LAMBDA_LOG_LEVEL", "DEBUG"));

        Assert.Matches(@"^\S+Z\tlog-1\tdbug\thidden unless asked for$", lines[0]);
        Assert.Matches(@"^\S+Z\tlog-1\tinfo\t2 instances of web in \{Zones\}", lines[1]);
        Assert.Matches(@"^\S+Z\tlog-1\twarn\tfirst before True, first again$", lines[2]);
        Assert.Matches(@"^\S+Z\tlog-1\tfail\tcould not use i-1$", lines[3]);
        Assert.Equal("System.InvalidOperationException: broken", lines[4]);
    }

    [Fact]
    public async Task The_log_level_is_a_minimum()
    {
        var lines = await LogAsync(("AWS_LAMBDA_LOG_FORMAT", "JSON"), ("AWS_LAMBDA_LOG_LEVEL", "ERROR"));

        Assert.Contains("could not use i-1", Assert.Single(lines), StringComparison.Ordinal);
    }

    private static string? Message(JsonElement line) => line.GetProperty("message").GetString();

    private async Task<string[]> LogAsync(params (string, string)[] environment)
    {
        await using var function = new FunctionProcess("log", _api.Endpoint, environment);
        await _api.InvokeAsync(new Invocation("log-1", "{}", TraceId: "Root=1-log"));
        await function.TerminateAsync();
        return await function.LinesAsync();
    }
}
