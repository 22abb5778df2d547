using System.Diagnostics;
using System.Text;

namespace Charlie.Tests;

/// <summary>
/// The only way in which a test starts a program. A program that this machine does not have skips the test with a line
/// that names the program, so no test has to look for its tools before it begins.
/// </summary>
internal static class Tool
{
    /// <summary>The full path of a program on PATH, or of one given by its path; <c>null</c> where there is none.</summary>
    public static string? Find(string program) =>
        Path.IsPathRooted(program)
            ? File.Exists(program) ? program : null
            : (Environment.GetEnvironmentVariable("PATH") ?? "")
                .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                .Select(folder => Path.Combine(folder, program))
                .FirstOrDefault(File.Exists);

    /// <summary>Which of the programs this machine does not have, in one line; <c>null</c> where it has them all.</summary>
    public static string? Missing(params IEnumerable<string> programs)
    {
        var missing = programs.Where(program => Find(program) is null).Select(program => $"`{program}`").ToList();
        return missing.Count == 0 ? null : $"There is no {string.Join(", ", missing)} on PATH.";
    }

    /// <summary>Skips the test unless all programs are there: for what a script or a fixture starts by itself.</summary>
    public static void Need(params IEnumerable<string> programs)
    {
        if (Missing(programs) is { } missing)
        {
            Assert.Skip(missing);
        }
    }

    /// <summary>Starts a program that runs beside the test; the caller ends it.</summary>
    public static Process Start(ProcessStartInfo start)
    {
        Need(start.FileName);
        return Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
    }

    /// <summary>Runs a program to its end, with further variables beside those of this process.</summary>
    public static Task<Ran> RunAsync(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? variables = null,
        string input = "",
        string folder = "",
        CancellationToken? cancellation = null)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder };
        foreach (var (name, value) in variables ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return RunAsync(start, input, cancellation);
    }

    /// <summary>Runs a program to its end; whatever stops the test kills it and what it started.</summary>
    /// <param name="start">The program; its three streams are redirected here.</param>
    /// <param name="input">All that it can read.</param>
    /// <param name="cancellation">The test's own where none is given.</param>
    public static async Task<Ran> RunAsync(ProcessStartInfo start, string input = "", CancellationToken? cancellation = null)
    {
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        (start.StandardOutputEncoding, start.StandardErrorEncoding) = (Encoding.UTF8, Encoding.UTF8);
        using var process = Start(start);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await WriteAsync(process, input);
        try
        {
            await process.WaitForExitAsync(cancellation ?? TestContext.Current.CancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new Ran(process.ExitCode, await output, await error);
    }

    private static async Task WriteAsync(Process process, string input)
    {
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program ended before it read everything; its exit code says why.
        }
    }
}

/// <summary>How a program ended, and what it wrote.</summary>
internal sealed record Ran(int ExitCode, string Output, string Error)
{
    public string OutputOrThrow() =>
        ExitCode == 0 ? Output : throw new InvalidOperationException($"Ended with {ExitCode}: {Output}{Error}");
}
