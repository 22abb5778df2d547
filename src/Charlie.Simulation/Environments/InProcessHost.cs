using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.Lambda.Serialization.SystemTextJson;
using Charlie.Lambdas;
using Charlie.Lambdas.Functions;
using Charlie.Lambdas.Reports;
using Charlie.Sandbox.Lambda;

namespace Charlie.Simulation.Environments;

/// <summary>Runs the functions themselves in place of their processes: same door, same serializer, same time limit.</summary>
internal sealed class InProcessHost(
    TimeProvider time, Func<FunctionConfiguration, ILambdaHandler> functionOf, FaultInjector faults) : IFunctionHost
{
    // From the event to the function's first line, as a warm native function takes it.
    private static readonly TimeSpan Start = TimeSpan.FromMilliseconds(20);

    private readonly SourceGeneratorLambdaJsonSerializer<CharlieJson> serializer = Composition.CreateSerializer();

    private readonly Dictionary<FunctionRun, TaskCompletionSource<InvocationResult>> running = [];

    /// <summary>How long Lambda's queue keeps the next run of a function.</summary>
    public Func<string, TimeSpan>? DelayOf { get; set; }

    /// <summary>Runs that are under way.</summary>
    public int Running => running.Count;

    /// <summary>Called with each attempt that begins, and with those that are under way then.</summary>
    public event Action<FunctionRun, IEnumerable<FunctionRun>>? Began;

    /// <summary>Called with each exception that a function let out, and with the name of the function.</summary>
    public event Action<FunctionRun, Exception>? Threw;

    /// <summary>Called with each report that a function returned.</summary>
    public event Action<FunctionRun, DeploymentReport>? Reported;

    /// <summary>Called with each attempt that ended well.</summary>
    public event Action<FunctionRun>? Completed;

    public async Task<InvocationResult> InvokeAsync(Invocation invocation)
    {
        var name = invocation.Function.DisplayName;
        if (faults.ThrottlesInvocation(name))
        {
            return new InvocationResult(InvocationStatus.Throttled, null);
        }

        await Task.Delay(Start + (DelayOf?.Invoke(name) ?? TimeSpan.Zero), time);
        var run = new FunctionRun(name, invocation.RequestId, invocation.Payload, time.GetUtcNow() + invocation.Function.Timeout)
        {
            Kill = killed => End(
                killed, Error("Runtime.ExitError", $"RequestId: {killed.RequestId} Error: Runtime exited with error: signal: killed")),
        };
        var end = new TaskCompletionSource<InvocationResult>();
        Began?.Invoke(run, running.Keys);
        running.Add(run, end);
        using var limit = time.CreateTimer(
            _ => End(run, Error(
                "Sandbox.Timedout",
                string.Create(CultureInfo.InvariantCulture,
                $"RequestId: {run.RequestId} Error: Task timed out after {invocation.Function.Timeout.TotalSeconds:0.00} seconds"))),
            null,
            invocation.Function.Timeout,
            Timeout.InfiniteTimeSpan);
        FunctionRun.Current = run;
        _ = RunAsync(run, invocation);
        return await end.Task;
    }

    private async Task RunAsync(FunctionRun run, Invocation invocation)
    {
        InvocationResult result;
        try
        {
            using var payload = new MemoryStream(Encoding.UTF8.GetBytes(invocation.Payload));
            var document = serializer.Deserialize<JsonElement>(payload);
            var report = await functionOf(invocation.Function).HandleAsync(document, new FunctionContext(run, invocation.Function, time));
            if (run.IsOver)
            {
                return;
            }

            if (report is not null)
            {
                Reported?.Invoke(run, report);
            }

            using var response = new MemoryStream();
            serializer.Serialize(report, response);
            Completed?.Invoke(run);
            result = new InvocationResult(InvocationStatus.Succeeded, Encoding.UTF8.GetString(response.ToArray()));
        }
        // What a function lets out is Lambda's to handle: it becomes the invocation's error, as in the real Runtime API client.
        catch (Exception error) when (!run.IsOver)
        {
            Threw?.Invoke(run, error);
            result = Error(error.GetType().Name, error.Message);
        }

        End(run, result);
    }

    private void End(FunctionRun run, InvocationResult result)
    {
        run.IsOver = true;
        if (running.Remove(run, out var end))
        {
            end.SetResult(result);
        }
    }

    private static InvocationResult Error(string type, string message) =>
        new(InvocationStatus.FunctionError, new JsonObject { ["errorType"] = type, ["errorMessage"] = message }.ToJsonString());
}
