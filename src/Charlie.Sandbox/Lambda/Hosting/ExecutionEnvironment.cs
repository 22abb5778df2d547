using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace Charlie.Sandbox.Lambda.Hosting;

/// <summary>
/// One process that runs one function, one invocation at a time, behind a Runtime API of its own. It is ready when
/// the program first requests an invocation, idle when it has responded to one, and over when the process ends.
/// </summary>
internal sealed class ExecutionEnvironment : IRuntime
{
    private readonly TimeProvider time;
    private readonly FunctionConfiguration function;
    private readonly FunctionLogs logs;
    private readonly Action<ExecutionEnvironment> becameIdle;
    private readonly EnvironmentProcess process;
    private readonly Lock gate = new();
    private readonly TaskCompletionSource<string?> initialised = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource<RuntimeInvocation>? waiting;
    private RuntimeInvocation? current;
    /// <summary>An invocation that came while the program was between two of its requests for one.</summary>
    private RuntimeInvocation? undelivered;
    private string? logRequestId;
    private TaskCompletionSource<InvocationResult?>? running;

    public ExecutionEnvironment(
        TimeProvider time, FunctionConfiguration function, FunctionLogs logs, Action<ExecutionEnvironment> becameIdle)
    {
        this.time = time;
        this.function = function;
        this.logs = logs;
        this.becameIdle = becameIdle;
        Identity = EnvironmentIdentity.New(time.GetUtcNow());
        process = new EnvironmentProcess(line => logs.Write(function.Name, logRequestId, line), OnExit);
    }

    public EnvironmentIdentity Identity { get; }

    public FunctionConfiguration Function => function;

    /// <summary>The process is gone, or never came.</summary>
    public bool Exited { get; private set; }

    /// <summary>Starts the program and waits until it requests an invocation.</summary>
    /// <returns><c>null</c> when it is ready, else the error that the first invocation ends with.</returns>
    public async Task<string?> StartAsync(Invocation first, FunctionProgram program, Uri endpoint, TimeSpan initTimeout)
    {
        logRequestId = first.RequestId;
        try
        {
            await process.StartAsync(this, program, api => EnvironmentVariables.Of(function, Identity, api, endpoint, program.TaskRoot));
        }
        catch (Exception notStarted) when (notStarted is Win32Exception or IOException)
        {
            return FunctionErrors.NotStarted(first.RequestId, notStarted.Message);
        }

        try
        {
            return await initialised.Task.WaitAsync(initTimeout, time);
        }
        catch (TimeoutException)
        {
            process.Kill();
            return FunctionErrors.TimedOut(first.RequestId, initTimeout);
        }
    }

    /// <summary>Runs one invocation; the environment must be ready.</summary>
    /// <returns><c>null</c> when the process ended before it took the invocation, so that another may have it.</returns>
    public async Task<InvocationResult?> RunAsync(Invocation invocation)
    {
        var ended = new TaskCompletionSource<InvocationResult?>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (Exited)
            {
                return null;
            }

            running = ended;
            logRequestId = invocation.RequestId;
            current = new RuntimeInvocation(
                invocation.RequestId, function.Arn, TraceId(), time.GetUtcNow() + function.Timeout, invocation.Payload);
            if (waiting?.TrySetResult(current) != true)
            {
                undelivered = current;
            }

            waiting = null;
        }

        try
        {
            return await ended.Task.WaitAsync(function.Timeout, time);
        }
        catch (TimeoutException)
        {
            process.Kill();
            logs.Write(function.Name, invocation.RequestId,
                string.Create(CultureInfo.InvariantCulture,
                $"{invocation.RequestId} Task timed out after {function.Timeout.TotalSeconds:0.00} seconds"));
            return Failed(FunctionErrors.TimedOut(invocation.RequestId, function.Timeout));
        }
    }

    public void Kill() => process.Kill();

    public Task StopAsync() => process.StopAsync();

    async Task<RuntimeInvocation> IRuntime.NextAsync(CancellationToken gone)
    {
        TaskCompletionSource<RuntimeInvocation> next;
        lock (gate)
        {
            if (undelivered is { } invocation)
            {
                undelivered = null;
                return invocation;
            }

            if (current is not null)
            {
                throw new OperationCanceledException("The program requests an invocation before it ended the one it has.");
            }

            waiting = next = new TaskCompletionSource<RuntimeInvocation>(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        initialised.TrySetResult(null);
        await using var cancelled = gone.Register(() => next.TrySetCanceled(gone));
        return await next.Task;
    }

    bool IRuntime.End(string requestId, InvocationStatus status, string payload)
    {
        TaskCompletionSource<InvocationResult?> ended;
        lock (gate)
        {
            if (current?.RequestId != requestId || undelivered is not null)
            {
                return false;
            }

            current = null;
            ended = running!;
        }

        // Before the response is known, so that who waits for it finds the environment idle.
        becameIdle(this);
        return ended.TrySetResult(new InvocationResult(status, payload, Identity.AccessKey));
    }

    void IRuntime.InitError(string payload)
    {
        initialised.TrySetResult(payload);
        process.Kill();
    }

    private void OnExit()
    {
        lock (gate)
        {
            Exited = true;
            waiting?.TrySetCanceled();
            waiting = null;
            running?.TrySetResult(
                undelivered is not null ? null : Failed(FunctionErrors.Exited(current?.RequestId ?? "", process.ExitCode)));
        }

        initialised.TrySetResult(FunctionErrors.Exited(logRequestId ?? "", process.ExitCode));
        becameIdle(this);
    }

    private InvocationResult Failed(string error) => new(InvocationStatus.FunctionError, error, Identity.AccessKey);

    /// <summary>X-Ray's header of a request that is not traced.</summary>
    private string TraceId() => string.Create(
        CultureInfo.InvariantCulture,
        $"Root=1-{time.GetUtcNow().ToUnixTimeSeconds():x8}-{RandomNumberGenerator.GetHexString(24, lowercase: true)};Parent={RandomNumberGenerator.GetHexString(16, lowercase: true)};Sampled=0");
}
