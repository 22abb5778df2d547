using System.Globalization;

namespace Charlie.Operations.Fitting;

/// <summary>
/// Makes the containers of a trial, all with the limits of the machine's, and starts them. As on the machine an engine without an init of
/// its own does without.
/// </summary>
internal sealed class TrialContainers(ContainerEngine engine, FittingOptions options)
{
    private const string MemoryInfo = "/proc/meminfo";
    private const int ShownLines = 20;

    private bool hasInit = true;

    /// <summary>Makes one and starts it.</summary>
    /// <param name="arguments">The network, and whatever else of <c>create</c> comes before the image.</param>
    /// <param name="words">What comes after the image.</param>
    /// <returns>Its id, which the caller removes, and how the start ended.</returns>
    /// <exception cref="OperationException">The engine does not make it, which says nothing of the image.</exception>
    public async Task<(string Id, EngineEnd Started)> StartAsync(
        IReadOnlyList<string> arguments, IReadOnlyList<string> words, CancellationToken cancellation)
    {
        while (true)
        {
            var created = await CreateAsync(arguments, words, cancellation);
            if (!created.IsGood)
            {
                if (!DoesWithout(created))
                {
                    throw new OperationException($"{engine.Program} create: {created.LastLine}");
                }

                continue;
            }

            var id = created.Output.Trim().Split('\n')[^1].Trim();
            try
            {
                var started = await engine.RunAsync(cancellation, "start", id);
                if (started.IsGood || !DoesWithout(started))
                {
                    return (id, started);
                }
            }
            catch
            {
                await RemoveAsync(id);
                throw;
            }

            await RemoveAsync(id);
        }
    }

    public Task RemoveAsync(string id) => engine.RunAsync(CancellationToken.None, "rm", "--force", id);

    /// <summary>Whether it runs or will, and its exit code.</summary>
    /// <exception cref="OperationException">The engine does not say.</exception>
    public async Task<(bool IsRunning, int Code)> StateAsync(string id, CancellationToken cancellation)
    {
        var state = await engine.RunAsync(cancellation, "inspect", "--format", "{{.State.Status}} {{.State.ExitCode}}", id);
        return state.Output.Trim().Split(' ') is [var status, var code] && int.TryParse(code, CultureInfo.InvariantCulture, out var number)
            ? (status is "running" or "created" or "initialized", number)
            : throw new OperationException($"{engine.Program} inspect: {state.LastLine}");
    }

    /// <summary>Its last lines.</summary>
    public async Task<IReadOnlyList<string>> LinesAsync(string id, CancellationToken cancellation)
    {
        var logs = await engine.RunAsync(cancellation, "logs", "--tail", ShownLines.ToString(CultureInfo.InvariantCulture), id);
        return [.. (logs.Output + logs.Errors).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    // As instance/lib/container.sh makes it.
    private async Task<EngineEnd> CreateAsync(
        IReadOnlyList<string> arguments, IReadOnlyList<string> words, CancellationToken cancellation)
    {
        var memory = File.Exists(MemoryInfo)
            ? await File.ReadAllTextAsync(MemoryInfo, cancellation)
            : throw new OperationException($"There is no {MemoryInfo} here: an image is tried on Linux, as the machine has it.");
        string[] variables = options.Variables is { } file ? ["--env-file", file] : [];
        string[] port = ["--env", string.Create(CultureInfo.InvariantCulture, $"PORT={options.Port}")];
        return await engine.RunAsync(
            cancellation,
            [
                "create", "--restart", "no", .. port, .. variables, .. options.Settings.Limits(hasInit, memory), .. arguments,
                options.Image, .. words,
            ]);
    }

    // In Docker's words or Podman's.
    private bool DoesWithout(EngineEnd end)
    {
        var said = end.Errors + end.Output;
        var lacks = hasInit && options.Settings[MachineSetting.Init] == "true"
            && (said.Contains("docker-init", StringComparison.Ordinal) || said.Contains("container-init binary", StringComparison.Ordinal));
        hasInit = hasInit && !lacks;
        return lacks;
    }
}
