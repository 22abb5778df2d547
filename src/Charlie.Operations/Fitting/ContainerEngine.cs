using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Charlie.Operations.Fitting;

/// <summary>How a command of the engine ended.</summary>
internal sealed record EngineEnd(int ExitCode, string Output, string Errors)
{
    public bool IsGood => ExitCode == 0;

    /// <summary>The last line of what it said, which names the trouble.</summary>
    public string LastLine =>
        (Errors + Output).TrimEnd().Split('\n')[^1].Trim() is { Length: > 0 } line ? line : $"it ended with {ExitCode}";
}

/// <summary>The container engine of this machine, by its command.</summary>
/// <param name="program"><c>docker</c> or <c>podman</c>, or a path.</param>
internal sealed class ContainerEngine(string program)
{
    // A pull of a great image; everything else takes seconds.
    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(10);

    public string Program => program;

    /// <summary>The engine that is on the PATH, Docker first; <c>null</c> without one.</summary>
    public static ContainerEngine? Find(string? path) => ((string[])["docker", "podman"])
        .Where(name => (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => File.Exists(Path.Combine(folder, name))))
        .Select(name => new ContainerEngine(name))
        .FirstOrDefault();

    /// <exception cref="OperationException">The command is not there, or took longer than ten minutes.</exception>
    public async Task<EngineEnd> RunAsync(CancellationToken cancellation, params string[] arguments)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(MaxWait);
        Process? process = null;
        try
        {
            process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardOutputEncoding = Encoding.UTF8,
                StandardErrorEncoding = Encoding.UTF8,
            })!;
            process.StandardInput.Close();
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await Task.WhenAll(output, errors, process.WaitForExitAsync(limit.Token));
            return new EngineEnd(process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new OperationException($"{program} {arguments[0]} did not end in {MaxWait.TotalMinutes:0} min.");
        }
        catch (Win32Exception error)
        {
            throw new OperationException($"{program} cannot be run: {error.Message}");
        }
        finally
        {
            if (process is { HasExited: false })
            {
                process.Kill(entireProcessTree: true);
            }

            process?.Dispose();
        }
    }
}
