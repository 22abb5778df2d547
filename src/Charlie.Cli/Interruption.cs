using System.Runtime.InteropServices;
using Spectre.Console;

namespace Charlie.Cli;

/// <summary>
/// Ctrl-C and SIGTERM: the first asks the command to stop, which ends what it started and says how far it came; another
/// one ends the program at once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    // As shells say it: 128 and the signal's number.
    private const int OfInterrupt = 130;
    private const int OfTermination = 143;

    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration[] registrations;
    private int exitCode;

    public Interruption() => registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, OfInterrupt)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, OfTermination)),
    ];

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>What the program returns when a signal stopped it: 130 after Ctrl-C, 143 after SIGTERM.</summary>
    public int ExitCode => exitCode;

    public void Dispose()
    {
        foreach (var registration in registrations)
        {
            registration.Dispose();
        }

        source.Dispose();
    }

    private void Stop(PosixSignalContext context, int code)
    {
        context.Cancel = true;
        if (Interlocked.CompareExchange(ref exitCode, code, 0) == 0)
        {
            source.Cancel();
            return;
        }

        AnsiConsole.Cursor.Show();
        Console.Error.WriteLine("charlie: stopped at once.");
        Environment.Exit(exitCode);
    }
}
