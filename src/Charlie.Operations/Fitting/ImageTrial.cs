using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Charlie.Operations.Fitting;

/// <summary>Runs an image as the machine does, and says what does not fit: docs/fitting.md has the rules.</summary>
internal sealed class ImageTrial(ContainerEngine engine, TimeProvider time) : IDisposable
{
    private const int Killed = 137;
    private const string Elsewhere =
        "All of it would be gone with the machine. Keep state outside (docs/fitting.md), and scratch files in /tmp, which is in memory.";

    private const int ShownPaths = 3;

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ResponseTime = TimeSpan.FromSeconds(2);

    // Where apps listen that do not read PORT.
    private static readonly int[] OtherPorts = [8080, 8000, 3000, 5000, 80];

    // What the engine itself writes into a container.
    private static readonly string[] EnginePaths =
    [
        "/", "/.dockerenv", "/dev", "/proc", "/sys", "/run", "/run/.containerenv", "/run/secrets",
        "/etc", "/etc/hosts", "/etc/hostname", "/etc/resolv.conf", "/etc/mtab", "/etc/passwd", "/etc/group",
    ];

    private readonly HttpClient http =
        new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = ResponseTime };

    public void Dispose() => http.Dispose();

    /// <exception cref="OperationException">The engine does not do what it is asked, which says nothing of the image.</exception>
    public async Task<FittingDocument> RunAsync(FittingOptions options, CancellationToken cancellation)
    {
        var facts = await InspectAsync(options.Image, cancellation);
        var misfits = facts.Misfits(options.Image).ToList();
        var document = new FittingDocument(FittingDocument.NewestShape, options.Image, engine.Program, misfits, null, null, []);
        if (await ListensAsync(options.Port, cancellation))
        {
            throw new OperationException($"Something listens on port {options.Port} of this machine already: --port names another.");
        }

        var taken = new HashSet<int>();
        foreach (var port in facts.Ports.Concat(OtherPorts).Distinct())
        {
            if (await ListensAsync(port, cancellation))
            {
                taken.Add(port);
            }
        }

        var containers = new TrialContainers(engine, options);
        if (await new ImagePreflight(containers, options, time).RunAsync(facts.Preflight, cancellation) is { } preflight)
        {
            misfits.Add(preflight.Misfit);
            return document with { LastLines = preflight.LastLines };
        }

        var (container, started) = await containers.StartAsync(["--network", "host"], [], cancellation);
        try
        {
            if (!started.IsGood)
            {
                misfits.Add(new Misfit(
                    "CannotRun", $"It cannot be started: {started.LastLine}", "Run it here by hand; look at ENTRYPOINT, CMD and the file's rights."));
                return document;
            }

            var others = facts.Ports.Concat(OtherPorts).Where(port => port != options.Port && !taken.Contains(port)).Distinct().ToList();
            if (await BecomeHealthyAsync(containers, container, options, others, misfits, cancellation) is not { } healthy)
            {
                if (options.Settings.HasReadOnlyRoot)
                {
                    misfits.AddRange(await RefusedAsync(container, cancellation));
                }

                return document with { LastLines = await containers.LinesAsync(container, cancellation) };
            }

            misfits.AddRange(options.Settings.HasReadOnlyRoot
                ? await RefusedAsync(container, cancellation)
                : await WrittenAsync(container, cancellation));
            var begun = time.GetUtcNow();
            var code = await StopAsync(containers, container, options, misfits, cancellation);
            return document with
            {
                HealthySeconds = Math.Round(healthy.TotalSeconds, 1),
                StopSeconds = Math.Round((time.GetUtcNow() - begun).TotalSeconds, 1),
                LastLines = code == Killed ? await containers.LinesAsync(container, cancellation) : [],
            };
        }
        finally
        {
            await containers.RemoveAsync(container);
        }
    }

    private async Task<ImageFacts> InspectAsync(string image, CancellationToken cancellation)
    {
        var inspected = await engine.RunAsync(cancellation, "image", "inspect", image);
        if (!inspected.IsGood)
        {
            var pulled = await engine.RunAsync(cancellation, "pull", image);
            if (!pulled.IsGood)
            {
                throw new OperationException($"{image} is not here, and cannot be pulled: {pulled.LastLine}");
            }

            inspected = await engine.RunAsync(cancellation, "image", "inspect", image);
        }

        return ImageFacts.Read(inspected.Output);
    }

    /// <returns>How long it took; <c>null</c> where it did not, of which a misfit says why.</returns>
    private async Task<TimeSpan?> BecomeHealthyAsync(
        TrialContainers containers,
        string container,
        FittingOptions options,
        IReadOnlyList<int> others,
        List<Misfit> misfits,
        CancellationToken cancellation)
    {
        var (since, answer) = (time.GetUtcNow(), "no answer");
        while (time.GetUtcNow() - since < options.HealthTime)
        {
            var (isRunning, code) = await containers.StateAsync(container, cancellation);
            if (!isRunning)
            {
                // With an init, Docker's ends with 126 or 127 too; Podman's says it, and ends with 1.
                var lines = await containers.LinesAsync(container, cancellation);
                misfits.Add(code is 126 or 127 || lines.Any(line => line.Contains("failed to exec pid1", StringComparison.Ordinal))
                    ? new Misfit(
                        "CannotRun",
                        $"It cannot be executed: it ended with {code}.",
                        "Look at ENTRYPOINT and CMD, and at the program's rights.")
                    : new Misfit(
                        "Ends",
                        $"It ended with {code} before it was healthy.",
                        "Its last lines say why. What it needs from its secret comes by --variables."));
                return null;
            }

            if (options.HealthPath.Length == 0)
            {
                return time.GetUtcNow() - since;
            }

            answer = await AnswerAsync(options.Port, options.HealthPath, cancellation);
            if (answer == "200")
            {
                return time.GetUtcNow() - since;
            }

            await Task.Delay(PollInterval, time, cancellation);
        }

        misfits.Add(await NotHealthyAsync(options, answer, others, cancellation));
        return null;
    }

    private static async Task<Misfit> NotHealthyAsync(
        FittingOptions options, string answer, IReadOnlyList<int> others, CancellationToken cancellation)
    {
        if (!await ListensAsync(options.Port, cancellation))
        {
            foreach (var port in others)
            {
                if (await ListensAsync(port, cancellation))
                {
                    return new Misfit(
                        "WrongPort",
                        $"It listens on {port}, and not on {options.Port}, the port in its variable PORT.",
                        "Let it listen on $PORT.");
                }
            }
        }

        return new Misfit(
            "NotHealthy",
            $"GET {options.HealthPath} on port {options.Port} was not answered with 200 in {options.HealthTime.TotalSeconds:0} s; the last was: {answer}.",
            "Answer 200 there as soon as the app works; --path names another path, and \"\" that it has none (AppHealthPath).");
    }

    private async Task<IReadOnlyList<Misfit>> WrittenAsync(string container, CancellationToken cancellation)
    {
        var changed = await engine.RunAsync(cancellation, "diff", container);
        if (!changed.IsGood)
        {
            throw new OperationException($"{engine.Program} diff: {changed.LastLine}");
        }

        // "A /path", "C /path" or "D /path"; the folder of a file that is new is changed too.
        var paths = changed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', 2) is [var kind, var path] ? (Kind: kind, Path: path.Trim()) : (Kind: "", Path: ""))
            .Where(change => change.Kind is "A" or "D" or "C" && !EnginePaths.Contains(change.Path)
                && !change.Path.StartsWith("/dev/", StringComparison.Ordinal)
                && !change.Path.StartsWith("/proc/", StringComparison.Ordinal))
            .ToList();
        var files = paths
            .Where(change => change.Kind != "C"
                || !paths.Exists(other => other.Path.StartsWith(change.Path.TrimEnd('/') + "/", StringComparison.Ordinal)))
            .Select(change => change.Path).ToList();
        return files.Count == 0 ? [] : [new Misfit(
            "WritesRoot",
            $"It writes to its own file system: {string.Join(", ", files.Take(ShownPaths))}{(files.Count > ShownPaths ? ", ..." : "")}.",
            Elsewhere)];
    }

    // With a read-only root nothing is written, and what the app says of it is all that is to be seen.
    private async Task<IReadOnlyList<Misfit>> RefusedAsync(string container, CancellationToken cancellation)
    {
        var logs = await engine.RunAsync(cancellation, "logs", container);
        var line = (logs.Output + logs.Errors).Split('\n')
            .FirstOrDefault(line => line.Contains("read-only file system", StringComparison.OrdinalIgnoreCase));
        return line is null ? [] : [new Misfit(
            "WritesRoot",
            $"It tries to write to its own file system, which is read-only: {line.Trim()}",
            Elsewhere)];
    }

    private async Task<int> StopAsync(
        TrialContainers containers, string container, FittingOptions options, List<Misfit> misfits, CancellationToken cancellation)
    {
        var seconds = ((int)options.StopTime.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        await engine.RunAsync(cancellation, "stop", "--time", seconds, container);
        var (_, code) = await containers.StateAsync(container, cancellation);
        if (code == Killed)
        {
            misfits.Add(new Misfit(
                "IgnoresTerm",
                $"It did not end within {seconds} s of SIGTERM, and was killed: on the machine it would be killed as it trades.",
                "Take SIGTERM, close the positions and exit. A shell as process 1 takes it by a trap; CMD in the form [\"program\"] needs none."));
        }

        return code;
    }

    private async Task<string> AnswerAsync(int port, string path, CancellationToken cancellation)
    {
        try
        {
            using var response = await http.GetAsync(
                new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}{path}")),
                HttpCompletionOption.ResponseHeadersRead,
                cancellation);
            return ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
        }
        catch (HttpRequestException)
        {
            return "no answer";
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return $"no answer in {ResponseTime.TotalSeconds:0} s";
        }
    }

    private static async Task<bool> ListensAsync(int port, CancellationToken cancellation)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, cancellation);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
