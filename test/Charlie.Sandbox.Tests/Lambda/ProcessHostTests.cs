using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Charlie.Sandbox.Lambda;
using Charlie.Sandbox.Lambda.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Charlie.Sandbox.Tests.Lambda;

/// <summary>Against a real program (Charlie.Sandbox.Tests.Function), in real processes.</summary>
public sealed class ProcessHostTests
{
    private static readonly FunctionConfiguration Function =
        new("charlie-Refresh", "Refresh") { LogicalId = "Refresh", Timeout = TimeSpan.FromSeconds(60) };

    private static readonly ProcessHostLimits Patient = new() { Init = TimeSpan.FromMinutes(1) };

    private readonly FunctionLogs logs = new();

    [Fact]
    public async Task Environment_has_Lambdas_variables_and_the_functions_and_stays_warm()
    {
        await using var host = Host();
        var function = Function with
        {
            MemorySize = 256,
            JsonLogs = true,
            LogGroup = "/my/group",
            Environment = new Dictionary<string, string> { ["CHARLIE_APP"] = "charlie", ["AWS_REGION"] = "no" }
        };
        var (_, first) = await ReportAsync(host, function, "one");
        var variables = first["variables"]!.AsObject().ToDictionary(pair => pair.Key, pair => (string?)pair.Value);
        Assert.Equal(
            ("Refresh", "charlie-Refresh", "256", "$LATEST", "/my/group", "us-east-1", "us-east-1", "JSON", "charlie",
                "http://127.0.0.1:4566"),
            (variables["_HANDLER"], variables["AWS_LAMBDA_FUNCTION_NAME"], variables["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"],
                variables["AWS_LAMBDA_FUNCTION_VERSION"], variables["AWS_LAMBDA_LOG_GROUP_NAME"],
                variables["AWS_REGION"], variables["AWS_DEFAULT_REGION"], variables["AWS_LAMBDA_LOG_FORMAT"],
                    variables["CHARLIE_APP"], variables["AWS_ENDPOINT_URL"]));
        Assert.Equal("Refresh", host.FunctionOf(variables["AWS_ACCESS_KEY_ID"]!));
        Assert.Null(host.FunctionOf("AKIAOTHER"));
        string[] inherited = ["PATH", "HOME", "TMPDIR", "TZ"];
        Assert.DoesNotContain(variables.Keys, name =>
            !inherited.Contains(name) && !name.StartsWith("AWS_", StringComparison.Ordinal)
                && !name.StartsWith("CHARLIE_", StringComparison.Ordinal)
            && !name.StartsWith("DOTNET_", StringComparison.Ordinal) && name is not ("_HANDLER" or "LAMBDA_TASK_ROOT"));

        var headers = first["headers"]!;
        Assert.Equal(("one", "arn:aws:lambda:us-east-1:123456789012:function:charlie-Refresh"),
            ((string?)headers["Lambda-Runtime-Aws-Request-Id"], (string?)headers["Lambda-Runtime-Invoked-Function-Arn"]));
        Assert.Matches("^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$", (string?)headers["Lambda-Runtime-Trace-Id"]);
        Assert.True(long.Parse((string)headers["Lambda-Runtime-Deadline-Ms"]!, CultureInfo.InvariantCulture) > 1_700_000_000_000);

        var (_, second) = await ReportAsync(host, function, "two");
        Assert.Equal(((int)first["pid"]!, 2), ((int)second["pid"]!, (int)second["count"]!));
    }

    [Fact]
    public async Task Busy_function_gets_more_environments_up_to_the_limit()
    {
        await using var host = Host(Patient with { Concurrency = 2 });
        var place = Directory.CreateTempSubdirectory("charlie-meet").FullName;
        var payload = new JsonObject { ["do"] = "meet", ["place"] = place, ["together"] = 2 }.ToJsonString();
        var first = host.InvokeAsync(new Invocation(Function, "one", payload, 1));
        var second = host.InvokeAsync(new Invocation(Function, "two", payload, 1));
        var third = await host.InvokeAsync(new Invocation(Function, "three", payload, 1));
        Assert.Equal(InvocationStatus.Throttled, third.Status);
        var pids = (await Task.WhenAll(first, second)).Select(result => (int)JsonNode.Parse(result.Payload!)!["pid"]!);
        Assert.Equal(2, pids.Distinct().Count());
        Directory.Delete(place, recursive: true);
    }

    [Theory]
    [InlineData("""{"do":"fail"}""", """{"errorMessage":"it broke","errorType":"InvalidOperationException","stackTrace":["at A()","at B()"]}""")]
    [InlineData("""{"do":"exit","code":5}""", """{"errorType":"Runtime.ExitError","errorMessage":"RequestId: id Error: Runtime exited with error: exit status 5"}""")]
    [InlineData("""{"do":"exit","code":0}""", """{"errorType":"Runtime.ExitError","errorMessage":"RequestId: id Error: Runtime exited without providing a reason"}""")]
    public async Task Error_is_given_in_AWSs_shape_and_the_next_event_runs(string payload, string error)
    {
        await using var host = Host();
        var failed = await host.InvokeAsync(new Invocation(Function, "id", payload, 1));
        Assert.Equal((InvocationStatus.FunctionError, error), (failed.Status, failed.Payload));
        var (result, _) = await ReportAsync(host, Function, "next");
        Assert.Equal(InvocationStatus.Succeeded, result.Status);
    }

    [Theory]
    [InlineData("exit", """{"errorType":"Runtime.ExitError","errorMessage":"RequestId: id Error: Runtime exited with error: exit status 3"}""")]
    [InlineData("error", """{"errorMessage":"a variable is wrong","errorType":"ConfigurationException","stackTrace":[]}""")]
    public async Task Program_that_does_not_start_is_a_function_error(string how, string error)
    {
        await using var host = Host();
        var failed = await host.InvokeAsync(
            new Invocation(Function with { Environment = new Dictionary<string, string> { ["INIT"] = how } }, "id", "{}", 1));
        Assert.Equal((InvocationStatus.FunctionError, error), (failed.Status, failed.Payload));
    }

    [Fact]
    public async Task Program_that_is_not_executable_is_a_function_error()
    {
        await using var host =
            new ProcessHost(TimeProvider.System, new FunctionProgram("/nowhere/bootstrap", []) { TaskRoot = "/" }, () =>
            new Uri("http://127.0.0.1:4566"), logs);
        var failed = await host.InvokeAsync(new Invocation(Function, "id", "{}", 1));
        Assert.Equal("Runtime.InvalidEntrypoint", (string?)JsonNode.Parse(failed.Payload!)!["errorType"]);
        Assert.Contains("does not exist",
            Assert.Throws<FileNotFoundException>(() => FunctionProgram.At("/nowhere/bootstrap.dll")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Function_that_takes_too_long_is_killed()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 14, 3, 7, TimeSpan.Zero));
        await using var host = Host(time: time);
        var (path, invocation) = await HangAsync(host, Function with { Timeout = TimeSpan.FromSeconds(3) });
        time.Advance(TimeSpan.FromSeconds(3));
        var failed = await invocation;
        Assert.Equal("""{"errorType":"Sandbox.Timedout","errorMessage":"RequestId: id Error: Task timed out after 3.00 seconds"}""", failed.Payload);
        await GoneAsync(path);
    }

    [Fact]
    public async Task Program_that_takes_too_long_to_start_is_killed()
    {
        var time = new FakeTimeProvider();
        await using var host = Host(new ProcessHostLimits(), time);
        var invocation = host.InvokeAsync(
            new Invocation(Function with { Environment = new Dictionary<string, string> { ["INIT"] = "hang" } }, "id", "{}", 1));
        while (!invocation.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Contains("Task timed out after 10.00 seconds", (await invocation).Payload, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Environment_that_has_nothing_to_do_ends_after_a_while()
    {
        var time = new FakeTimeProvider();
        await using var host = Host(Patient with { Idle = TimeSpan.FromMinutes(10) }, time);
        var (_, first) = await ReportAsync(host, Function, "first");
        time.Advance(TimeSpan.FromMinutes(9));
        var (_, second) = await ReportAsync(host, Function, "second");
        time.Advance(TimeSpan.FromMinutes(9));
        var (_, third) = await ReportAsync(host, Function, "third");
        time.Advance(TimeSpan.FromMinutes(10));
        var (_, fourth) = await ReportAsync(host, Function, "fourth");
        Assert.Equal([(int)first["pid"]!, (int)first["pid"]!], [(int)second["pid"]!, (int)third["pid"]!]);
        Assert.NotEqual((int)first["pid"]!, (int)fourth["pid"]!);
    }

    [Fact]
    public async Task Environment_can_be_killed_by_its_access_key_in_the_middle_of_its_work()
    {
        await using var host = Host();
        var (result, _) = await ReportAsync(host, Function, "first");
        var (path, invocation) = await HangAsync(host, Function);
        host.Kill(result.Environment!);
        host.Kill("AKIAOTHER");
        Assert.Contains("Runtime exited with error: signal: killed", (await invocation).Payload, StringComparison.Ordinal);
        await GoneAsync(path);
    }

    [Fact]
    public async Task No_process_outlives_the_host()
    {
        var host = Host();
        var (path, invocation) = await HangAsync(host, Function);
        var (_, idle) = await ReportAsync(host, Function with { Name = "other" }, "other");
        await host.DisposeAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => invocation);
        Assert.False(IsRunning(
            int.Parse(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken), CultureInfo.InvariantCulture)));
        Assert.False(IsRunning((int)idle["pid"]!));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.InvokeAsync(new Invocation(Function, "late", "{}", 1)));
        File.Delete(path);
    }

    [Fact]
    public async Task Output_is_kept_by_function_and_by_event()
    {
        await using var host = Host();
        foreach (var text in new[] { "one", "two" })
        {
            await host.InvokeAsync(new Invocation(Function, text, new JsonObject { ["do"] = "log", ["text"] = text }.ToJsonString(), 1));
        }

        // What is written is read on its own way; the end of the process is the end of its output.
        await host.DisposeAsync();
        Assert.Equal(["error of one", "error of two", "out of one", "out of two"],
            logs.OfFunction("charlie-Refresh").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("wrong-id", InvocationStatus.Succeeded, "400")]
    [InlineData("too-large", InvocationStatus.FunctionError, """{"errorType":"Function.ResponseSizeTooLarge","errorMessage":""}""")]
    public async Task Runtime_API_refuses_what_AWSs_refuses(string what, InvocationStatus status, string payload)
    {
        await using var host = Host();
        var result = await host.InvokeAsync(new Invocation(Function, "id", new JsonObject { ["do"] = what }.ToJsonString(), 1));
        Assert.Equal((status, payload), (result.Status, result.Payload));
    }

    private ProcessHost Host(ProcessHostLimits? limits = null, TimeProvider? time = null) => new(
        time ?? TimeProvider.System,
        FunctionProgram.At(Path.Combine(AppContext.BaseDirectory, "Charlie.Sandbox.Tests.Function.dll")),
        () => new Uri("http://127.0.0.1:4566"),
        logs,
        limits ?? Patient);

    private static async Task<(InvocationResult Result, JsonObject Report)> ReportAsync(
        ProcessHost host, FunctionConfiguration function, string requestId)
    {
        var result = await host.InvokeAsync(new Invocation(function, requestId, """{"do":"report"}""", 1));
        Assert.True(result.Status == InvocationStatus.Succeeded, result.Payload);
        return (result, JsonNode.Parse(result.Payload!)!.AsObject());
    }

    /// <summary>An invocation that hangs, and the file in which the program left its process id once it did.</summary>
    private static async Task<(string Path, Task<InvocationResult> Invocation)> HangAsync(ProcessHost host, FunctionConfiguration function)
    {
        var path = Path.Combine(Path.GetTempPath(), $"charlie-hang-{Guid.NewGuid():N}");
        var invocation = host.InvokeAsync(
            new Invocation(function, "id", new JsonObject { ["do"] = "hang", ["started"] = path }.ToJsonString(), 1));
        while (!File.Exists(path) || (await File.ReadAllTextAsync(path)).Length == 0)
        {
            Assert.False(invocation.IsCompleted);
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        return (path, invocation);
    }

    private static async Task GoneAsync(string path)
    {
        var id = int.Parse(await File.ReadAllTextAsync(path), CultureInfo.InvariantCulture);
        while (IsRunning(id))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        File.Delete(path);
    }

    private static bool IsRunning(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
