using System.Diagnostics;

namespace Charlie.Sandbox.Lambda.Hosting;

/// <summary>The operating system's side of an execution environment: the process, its output, and its Runtime API while it lives.</summary>
internal sealed class EnvironmentProcess(Action<string> line, Action exited)
{
    /// <summary>What Lambda gives a runtime between SIGTERM and SIGKILL.</summary>
    private static readonly TimeSpan ShutdownTime = TimeSpan.FromMilliseconds(500);

    private readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock gate = new();
    private Process? process;
    private bool stopped;

    public bool Over => over.Task.IsCompleted;

    public int ExitCode { get; private set; }

    /// <param name="variables">The environment's variables, given the Runtime API's address.</param>
    public async Task StartAsync(IRuntime runtime, FunctionProgram program, Func<string, IReadOnlyDictionary<string, string>> variables)
    {
        var api = await RuntimeApi.StartAsync(runtime);
        try
        {
            var start = new ProcessStartInfo(program.FileName, program.Arguments)
            {
                WorkingDirectory = program.TaskRoot,
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            start.Environment.Clear();
            foreach (var (name, value) in variables(api.Address))
            {
                start.Environment[name] = value;
            }

            Start(start);
        }
        catch
        {
            over.TrySetResult();
            exited();
            await api.DisposeAsync();
            throw;
        }

        _ = WatchAsync(api);
    }

    /// <summary>Ends the process and all that it started, at once.</summary>
    public void Kill()
    {
        lock (gate)
        {
            stopped = true;
            if (process is not null && !Over)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    /// <summary>
    /// SIGTERM, some time, SIGKILL; done when the process is gone. The time is the machine's: a process knows no
    /// simulated clock.
    /// </summary>
    public async Task StopAsync()
    {
        lock (gate)
        {
            stopped = true;
            if (process is null)
            {
                return;
            }

            if (!Over)
            {
                Signals.Terminate(process.Id);
            }
        }

        try
        {
            await over.Task.WaitAsync(ShutdownTime, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            Kill();
            await over.Task;
        }
    }

    private void Start(ProcessStartInfo start)
    {
        lock (gate)
        {
            if (stopped)
            {
                throw new IOException("The sandbox is shutting down.");
            }

            var made = new Process { StartInfo = start };
            made.OutputDataReceived += (_, output) => Write(output.Data);
            made.ErrorDataReceived += (_, output) => Write(output.Data);
            made.Start();
            process = made;
            made.StandardInput.Close();
            made.BeginOutputReadLine();
            made.BeginErrorReadLine();
        }
    }

    private void Write(string? text)
    {
        if (text is not null)
        {
            line(text);
        }
    }

    private async Task WatchAsync(RuntimeApi api)
    {
        await process!.WaitForExitAsync();
        ExitCode = process.ExitCode;
        exited();
        lock (gate)
        {
            over.TrySetResult();
            process.Dispose();
        }

        await api.DisposeAsync();
    }
}
