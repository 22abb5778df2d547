namespace Charlie.Sandbox.Lambda.Hosting;

/// <summary>The limits of a <see cref="ProcessHost"/>.</summary>
public sealed record ProcessHostLimits
{
    /// <summary>Invocations at once in the account; a new account may have no more than ten.</summary>
    public int Concurrency { get; init; } = 10;

    /// <summary>
    /// What a program has until it requests its first invocation. Lambda would start it once more within the
    /// function's timeout; here the invocation fails and is retried.
    /// </summary>
    public TimeSpan Init { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a process that has nothing to do is kept for the next event; Lambda does not say how long.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(10);
}

/// <summary>
/// Runs functions as processes: one for each execution environment, started for the first event, kept for the next,
/// more of them while others are busy. Safe to call from any thread, and never calls back into the cloud.
/// </summary>
/// <param name="endpoint">Where the functions find the sandbox; read when one starts.</param>
public sealed class ProcessHost(
    TimeProvider time, FunctionProgram program, Func<Uri> endpoint, FunctionLogs logs, ProcessHostLimits? limits = null)
    : IFunctionHost, IAsyncDisposable
{
    private readonly ProcessHostLimits limits = limits ?? new ProcessHostLimits();
    private readonly Lock gate = new();
    private readonly Dictionary<string, ExecutionEnvironment> byAccessKey = [];
    private readonly Dictionary<string, string> functionNames = [];
    private readonly Dictionary<ExecutionEnvironment, ITimer> ends = [];
    private readonly List<ExecutionEnvironment> idle = [];
    private readonly List<Task> invocations = [];
    private bool disposed;

    public Task<InvocationResult> InvokeAsync(Invocation invocation)
    {
        lock (gate)
        {
            if (disposed)
            {
                return Task.FromCanceled<InvocationResult>(new CancellationToken(canceled: true));
            }

            var warm = idle.LastOrDefault(environment => environment.Function == invocation.Function);
            if (warm is not null)
            {
                Wake(warm);
            }
            else if (IsFull(invocation.Function))
            {
                return Task.FromResult(new InvocationResult(InvocationStatus.Throttled, null));
            }

            var environment = warm ?? Create(invocation.Function);
            var task = Task.Run(() => RunAsync(environment, warm is not null, invocation));
            invocations.RemoveAll(one => one.IsCompleted);
            invocations.Add(task);
            return task;
        }
    }

    /// <summary>The display name of the function whose execution environment has, or had, this access key.</summary>
    public string? FunctionOf(string accessKey)
    {
        lock (gate)
        {
            return functionNames.GetValueOrDefault(accessKey);
        }
    }

    /// <summary>A fault: ends the environment with this access key at once, wherever its function is.</summary>
    public void Kill(string accessKey)
    {
        lock (gate)
        {
            byAccessKey.GetValueOrDefault(accessKey)?.Kill();
        }
    }

    /// <summary>Ends every process; invocations under way end cancelled. Afterwards none is left.</summary>
    public async ValueTask DisposeAsync()
    {
        List<ExecutionEnvironment> all;
        List<Task> running;
        lock (gate)
        {
            disposed = true;
            idle.ToList().ForEach(Wake);
            all = [.. byAccessKey.Values];
            running = [.. invocations];
        }

        await Task.WhenAll(all.Select(environment => environment.StopAsync()));
        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private bool IsFull(FunctionConfiguration function)
    {
        var busy = byAccessKey.Values.Except(idle).ToList();
        return busy.Count >= limits.Concurrency
            || busy.Count(environment => environment.Function.Name == function.Name) >= (function.ReservedConcurrency ?? int.MaxValue);
    }

    private ExecutionEnvironment Create(FunctionConfiguration function)
    {
        var environment = new ExecutionEnvironment(time, function, logs, Return);
        byAccessKey[environment.Identity.AccessKey] = environment;
        functionNames[environment.Identity.AccessKey] = function.DisplayName;
        return environment;
    }

    private async Task<InvocationResult> RunAsync(ExecutionEnvironment environment, bool ready, Invocation invocation)
    {
        while (true)
        {
            if (!ready && await environment.StartAsync(invocation, program, endpoint(), limits.Init) is { } error)
            {
                environment.Kill();
                return Unless(new InvocationResult(InvocationStatus.FunctionError, error, environment.Identity.AccessKey));
            }

            if (await environment.RunAsync(invocation) is { } result)
            {
                return Unless(result);
            }

            lock (gate)
            {
                environment = disposed ? throw new OperationCanceledException("The sandbox is shutting down.")
                    : Create(invocation.Function);
                ready = false;
            }
        }
    }

    /// <summary>A function that died because the sandbox ends did not fail.</summary>
    private InvocationResult Unless(InvocationResult result)
    {
        lock (gate)
        {
            return disposed ? throw new OperationCanceledException("The sandbox is shutting down.") : result;
        }
    }

    /// <summary>The environment may have work again, or its process is gone.</summary>
    private void Return(ExecutionEnvironment environment)
    {
        lock (gate)
        {
            Wake(environment);
            if (environment.Exited)
            {
                byAccessKey.Remove(environment.Identity.AccessKey);
            }
            else
            {
                idle.Add(environment);
                ends[environment] = time.CreateTimer(_ => End(environment), null, limits.Idle, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>It is idle no more, so it does not end for being so.</summary>
    private void Wake(ExecutionEnvironment environment)
    {
        idle.Remove(environment);
        if (ends.Remove(environment, out var end))
        {
            end.Dispose();
        }
    }

    private void End(ExecutionEnvironment environment)
    {
        lock (gate)
        {
            if (idle.Contains(environment) && !disposed)
            {
                Wake(environment);
                invocations.Add(Task.Run(environment.StopAsync));
            }
        }
    }
}
