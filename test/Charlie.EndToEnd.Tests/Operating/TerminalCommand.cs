using System.Diagnostics;
using System.Text;
using Charlie.EndToEnd.Tests.Command;
using Charlie.EndToEnd.Tests.Serve;

namespace Charlie.EndToEnd.Tests.Operating;

/// <summary>The command on a terminal that <c>script</c> makes, and what is typed there.</summary>
internal sealed class TerminalCommand : IDisposable
{
    public const string CtrlC = "\u0003";

    public const string Enter = "\r";

    private readonly Process terminal;
    private readonly StringBuilder shown = new();
    private int read;

    private TerminalCommand(Process terminal) => this.terminal = terminal;

    /// <summary>Everything that the terminal has shown, with its control sequences.</summary>
    public string Shown => shown.ToString();

    /// <summary>Skips the test where there is no <c>script</c>.</summary>
    public static TerminalCommand Start(ServedAws served, params string[] arguments)
    {
        var start = new ProcessStartInfo("script", ["-qec", CharlieCommand.LineOf(arguments), "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AWS_ENDPOINT_URL"] = served.Endpoint.ToString().TrimEnd('/');
        start.Environment["AWS_ACCESS_KEY_ID"] = OperatingCommand.AccessKey;
        start.Environment["AWS_SECRET_ACCESS_KEY"] = "not-a-secret";
        return new TerminalCommand(Tool.Start(start));
    }

    /// <summary>Waits until the terminal shows a text after all that was waited for before.</summary>
    public async Task ExpectAsync(string text)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(TimeSpan.FromMinutes(2));
        var buffer = new char[256];
        int at;
        while ((at = Shown.IndexOf(text, read, StringComparison.Ordinal)) < 0)
        {
            var count = await ReadAsync(buffer, text, timeout.Token);
            Assert.True(count > 0, $"The command ended without showing '{text}':\n{Shown}");
            shown.Append(buffer, 0, count);
        }

        read = at + text.Length;
    }

    public async Task TypeAsync(string keys)
    {
        await terminal.StandardInput.WriteAsync(keys);
        await terminal.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Waits for the end; its exit code.</summary>
    public async Task<int> EndAsync()
    {
        shown.Append(await terminal.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(Poll.Timeout);
        await terminal.WaitForExitAsync(timeout.Token);
        return terminal.ExitCode;
    }

    public void Dispose()
    {
        if (!terminal.HasExited)
        {
            terminal.Kill(entireProcessTree: true);
        }

        terminal.Dispose();
    }

    private async Task<int> ReadAsync(char[] buffer, string awaited, CancellationToken cancellation)
    {
        try
        {
            return await terminal.StandardOutput.ReadAsync(buffer.AsMemory(), cancellation);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The command does not show '{awaited}':\n{Shown}");
        }
    }
}
