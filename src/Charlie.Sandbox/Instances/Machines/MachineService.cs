using System.Diagnostics;
using Charlie.Sandbox.Context;

namespace Charlie.Sandbox.Instances.Machines;

/// <summary>
/// One program of a machine, started again as its systemd unit says until it is stopped. As with systemd, nothing of its
/// process group outlives it: a worker of NGINX would keep the port.
/// </summary>
internal sealed class MachineService : IAsyncDisposable
{
    // A program that takes this long to stop on a busy machine hangs.
    private static readonly TimeSpan StopTime = TimeSpan.FromMinutes(5);

    private readonly CancellationTokenSource stopping = new();
    private readonly Func<ProcessStartInfo> command;
    private readonly Action<string> say;
    private readonly ServiceUnit unit;
    private readonly Task life;
    private Process process;

    /// <param name="command">Starts the program as the leader of a process group.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">The program cannot be started.</exception>
    public MachineService(Func<ProcessStartInfo> command, ServiceUnit unit, Action<string> say)
    {
        (this.command, this.unit, this.say) = (command, unit, say);
        process = Start();
        life = LiveAsync();
    }

    /// <summary>Lets it end by itself, and ends it when it takes too long. Its children stay, as containers do.</summary>
    public async Task StopAsync()
    {
        await stopping.CancelAsync();
        await life;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        process.Dispose();
        stopping.Dispose();
    }

    private async Task LiveAsync()
    {
        while (true)
        {
            try
            {
                await process.WaitForExitAsync(stopping.Token);
                Signals.KillGroup(process.Id);
                if (!unit.StartsAgain(process.ExitCode))
                {
                    return;
                }

                // A machine's processes know no simulated clock.
                await Task.Delay(unit.Delay, TimeProvider.System, stopping.Token);
            }
            catch (OperationCanceledException)
            {
                await EndAsync();
                return;
            }

            process.Dispose();
            process = Start();
        }
    }

    private async Task EndAsync()
    {
        if (process.HasExited)
        {
            Signals.KillGroup(process.Id);
            return;
        }

        Signals.Terminate(process.Id);
        using var patience = new CancellationTokenSource(StopTime, TimeProvider.System);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }

        Signals.KillGroup(process.Id);
    }

    private Process Start()
    {
        var started = new Process { StartInfo = command() };
        started.OutputDataReceived += (_, line) => Say(line.Data);
        started.ErrorDataReceived += (_, line) => Say(line.Data);
        started.Start();
        started.StandardInput.Close();
        started.BeginOutputReadLine();
        started.BeginErrorReadLine();
        return started;
    }

    private void Say(string? line)
    {
        if (!string.IsNullOrWhiteSpace(line))
        {
            say(line);
        }
    }
}
