using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Charlie.EndToEnd.Tests.Command;

/// <summary>How the command ended, and what it said.</summary>
internal sealed record CommandEnd(int ExitCode, string Output, string Error)
{
    public IReadOnlyList<string> ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>The built <c>charlie</c> as a process of its own, with what it has printed so far.</summary>
internal sealed class CharlieCommand : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly StringBuilder output = new();
    private readonly StringBuilder error = new();
    private readonly Process process;

    private CharlieCommand(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? variables = null)
    {
        var start = new ProcessStartInfo(Dotnet, [Program, .. arguments])
        {
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        process = Tool.Start(start);
        process.StandardInput.Close();
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(error, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    // The runtime of this very test: shared/Microsoft.NETCore.App/<version>/ below the dotnet that runs it.
    private static string Dotnet =>
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    private static string Program => Path.Combine(AppContext.BaseDirectory, "charlie.dll");

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    public string Output => Read(output);

    public string Error => Read(error);

    public static CharlieCommand Start(params string[] arguments) => new(arguments);

    /// <summary>The same for a shell.</summary>
    public static string LineOf(params string[] arguments) =>
        string.Join(' ', ((string[])[Dotnet, Program, .. arguments]).Select(word => $"'{word}'"));

    /// <summary>Starts it with more variables than this process has.</summary>
    public static CharlieCommand Start(IReadOnlyDictionary<string, string> variables, params IEnumerable<string> arguments) =>
        new(arguments, variables);

    /// <summary>Runs the command to its end.</summary>
    public static async Task<CommandEnd> RunAsync(params string[] arguments)
    {
        await using var command = Start(arguments);
        return await command.EndAsync();
    }

    /// <summary>Waits until the command has ended and everything it printed is read.</summary>
    public async Task<CommandEnd> EndAsync()
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(Poll.Timeout);
        await process.WaitForExitAsync(timeout.Token);
        return new CommandEnd(process.ExitCode, Output, Error);
    }

    public void Send(int signal) => Signal.Send(process.Id, signal);

    /// <summary>Sends a signal; <c>false</c> once the command has ended.</summary>
    public bool TrySend(int signal) => !process.HasExited && Signal.TrySend(process.Id, signal);

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"charlie ({(process.HasExited ? process.ExitCode : "running")})\n{Output}\n{Error}");

    private void Append(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            lock (gate)
            {
                text.Append(line).Append('\n');
            }
        }
    }

    private string Read(StringBuilder text)
    {
        lock (gate)
        {
            return text.ToString();
        }
    }
}
