using System.Globalization;

namespace Charlie.Operations.Fitting;

/// <summary>Runs an image's preflight as instance/lib/preflight.sh does.</summary>
internal sealed class ImagePreflight(TrialContainers containers, FittingOptions options, TimeProvider time)
{
    /// <summary>The label in which an image names its command.</summary>
    public const string Label = "charlie.preflight";

    // The machine tries it again for its start time, and once at least: what it needs may be away for a moment.
    private const int Tries = 2;

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Why the machine would not start the app; <c>null</c> where the preflight passes, or there is none.</summary>
    /// <param name="label">The value of the image's label; empty without it.</param>
    /// <returns>The finding, and the last lines that the command said.</returns>
    public async Task<(Misfit Misfit, IReadOnlyList<string> LastLines)?> RunAsync(string label, CancellationToken cancellation)
    {
        var command = options.Settings[MachineSetting.Preflight] is { Length: > 0 } set ? set : label;
        if (!MachineSetting.Preflight.Takes(command))
        {
            return (new Misfit(
                "BadPreflight",
                $"The image's label {Label} must be {MachineSetting.Preflight.Words}; it is \"{command}\".",
                "No shell reads it: put what needs one into a script of the image, and name that."), []);
        }

        // Where the image's own is what is wrong.
        if (command is "" or "none")
        {
            return null;
        }

        var words = command.Split(' ');
        for (var at = 1; ; at++)
        {
            var (id, started) = await containers.StartAsync(["--network", "bridge", "--entrypoint", words[0]], words[1..], cancellation);
            try
            {
                if (!started.IsGood)
                {
                    return (Fails($"cannot be started: {started.LastLine}"), []);
                }

                var why = await EndAsync(id, cancellation);
                if (why is null)
                {
                    return null;
                }

                if (at == Tries)
                {
                    return (Fails(why), await containers.LinesAsync(id, cancellation));
                }
            }
            finally
            {
                await containers.RemoveAsync(id);
            }

            await Task.Delay(Pause, time, cancellation);
        }

        Misfit Fails(string why) => new Misfit(
            "PreflightFails",
            $"Its preflight, {command}, {why}: on the machine the app would not be started.",
            "Its last lines say why. What it needs from its secret comes by --variables; --preflight none leaves it out.");
    }

    /// <returns>How it ended where it did not pass.</returns>
    private async Task<string?> EndAsync(string id, CancellationToken cancellation)
    {
        var seconds = int.Parse(options.Settings[MachineSetting.PreflightSeconds], CultureInfo.InvariantCulture);
        for (var since = time.GetUtcNow(); ;)
        {
            var (isRunning, code) = await containers.StateAsync(id, cancellation);
            if (!isRunning)
            {
                return code == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"exited with {code}");
            }

            if (time.GetUtcNow() - since >= TimeSpan.FromSeconds(seconds))
            {
                return string.Create(CultureInfo.InvariantCulture, $"timed out after {seconds} s");
            }

            await Task.Delay(PollInterval, time, cancellation);
        }
    }
}
