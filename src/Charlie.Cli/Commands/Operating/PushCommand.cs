using System.CommandLine;
using System.Text.Json.Nodes;
using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Events;
using Charlie.Operations.Requests;
using Charlie.Simulation.Production;
using Spectre.Console;

namespace Charlie.Cli.Commands.Operating;

/// <summary><c>charlie push</c> and <c>charlie break</c>: new and broken images on the embedded AWS.</summary>
internal static class PushCommand
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(300);

    private static readonly Argument<string> Behaviour = new("behaviour")
    {
        Description = "What the image does: healthy, error-500, exits, cannot-run, healthy-then-exits, ...",
        DefaultValueFactory = _ => "healthy",
    };

    private static readonly Argument<string> Broken = new("behaviour")
    {
        Description = "What the running image does from now on",
        DefaultValueFactory = _ => "error-500",
    };

    private static readonly Option<double?> After = new("--after")
    {
        Description = "Seconds for which a healthy-then-... behaviour stays healthy",
        HelpName = "seconds",
    };

    private static readonly Option<string?> Says = new("--says") { Description = "The app's last line", HelpName = "text" };

    public static IEnumerable<Command> Create(TimeProvider time)
    {
        var push = AppOptions.Command("push", "Push a new image on the embedded AWS, as a pipeline does", Behaviour, After, Says);
        push.SetAction(async (parsed, cancellation) =>
        {
            using var session = await AppSession.OpenAsync(parsed, time, cancellation);
            using var control = new EmbeddedControl(session.Access, "push");
            var snapshot = await session.Reader.ReadAsync();
            var release = Following(snapshot);
            var image = Image(release, session);
            await control.SetImageAsync(image.Digest, Setting(parsed, Behaviour), cancellation);
            await session.Bus.PutAsync(
                new OperatorEvent(ImagePushed.Source, ImagePushed.DetailType, Detail(image, release, session)), cancellation);
            await RecordedAsync(session, release, cancellation);
            Tell(session, release, image, $"Pushed release {release}. charlie status --watch follows it.");
            return ExitCodes.Success;
        });

        var breaks = AppOptions.Command("break", "Let the running image fail on the embedded AWS", Broken, After, Says);
        breaks.SetAction(async (parsed, cancellation) =>
        {
            using var session = await AppSession.OpenAsync(parsed, time, cancellation);
            using var control = new EmbeddedControl(session.Access, "break");
            var desired = (await session.Reader.ReadAsync()).Desired;
            var digest = desired.Version!.Image!.Split('@')[1];
            await control.SetImageAsync(digest, Setting(parsed, Broken), cancellation);
            Tell(session, desired.Release, null, $"The image of release {desired.Release} behaves {parsed.GetValue(Broken)} from now on.");
            return ExitCodes.Success;
        });
        return [push, breaks];
    }

    // Until then a status would show what was before the push.
    private static async Task RecordedAsync(AppSession session, Release release, CancellationToken cancellation)
    {
        while (!(await session.Reader.ReadAsync()).Records.IsRecorded(release))
        {
            await Task.Delay(PollInterval, session.Time, cancellation);
        }
    }

    private static JsonObject Setting(ParseResult parsed, Argument<string> behaviour)
    {
        var setting = new JsonObject { ["behaviour"] = parsed.GetValue(behaviour) };
        if (parsed.GetValue(After) is { } seconds)
        {
            setting["afterSeconds"] = seconds;
        }

        if (parsed.GetValue(Says) is { } says)
        {
            setting["reason"] = says;
        }

        return setting;
    }

    // A new pipeline's job: greater than everything on record.
    private static Release Following(Snapshot snapshot)
    {
        var recorded = snapshot.Records.Versions.Select(version => version.Release)
            .Concat(snapshot.Records.Rejections.Select(rejection => rejection.Through))
            .Where(release => release != Release.Base)
            .ToList();
        return recorded is [] ? new Release(1048576, 7700123) : new Release(recorded.Max().PipelineId + 1, recorded.Max().JobId + 1);
    }

    private static BotImage Image(Release release, AppSession session)
    {
        var image = new BotImage($"1.{release.JobId}");
        return image with { Name = $"{session.Settings.Origin.ImageRepository}@{image.Digest}" };
    }

    private static JsonObject Detail(BotImage image, Release release, AppSession session)
    {
        var origin = session.Settings.Origin;
        return new JsonObject
        {
            ["app"] = session.App,
            ["image"] = image.Name,
            ["tag"] = image.Version,
            ["commit"] = image.Commit,
            ["ref"] = "main",
            ["pipelineId"] = release.PipelineId,
            ["jobId"] = release.JobId,
            ["pipelineUrl"] = $"{origin.ProjectUrl}/-/pipelines/{release.PipelineId}",
            ["projectId"] = origin.ProjectId,
        };
    }

    private static void Tell(AppSession session, Release release, BotImage? image, string sentence)
    {
        if (session.IsJson)
        {
            Documents.Write(new { Shape = 1, session.App, Release = release.ToString(), Image = image?.Name });
        }
        else
        {
            session.Console.WriteLine(sentence);
        }
    }
}
