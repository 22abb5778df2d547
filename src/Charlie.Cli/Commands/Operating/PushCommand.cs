using System.CommandLine;
using System.Text.Json.Nodes;
using Charlie.Cli.Display.Operating.Texts;
using Charlie.Lambdas.Decisions;
using Charlie.Operations;
using Charlie.Operations.Access;
using Charlie.Operations.Planning;
using Charlie.Operations.Requests;

namespace Charlie.Cli.Commands.Operating;

/// <summary><c>charlie push</c> and <c>charlie break</c>: new and broken images on the embedded AWS.</summary>
internal static class PushCommand
{
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
            return await PushAsync(session, control, Setting(parsed, Behaviour), cancellation);
        });

        var breaks = AppOptions.Command("break", "Let the running image fail on the embedded AWS", Broken, After, Says);
        breaks.SetAction(async (parsed, cancellation) =>
        {
            using var session = await AppSession.OpenAsync(parsed, time, cancellation);
            using var control = new EmbeddedControl(session.Access, "break");
            return await BreakAsync(session, control, Setting(parsed, Broken), cancellation);
        });
        return [push, breaks];
    }

    // What the functions would turn down is not put.
    private static async Task<int> PushAsync(
        AppSession session, EmbeddedControl control, JsonObject setting, CancellationToken cancellation)
    {
        var snapshot = await session.Reader.ReadAsync();
        var push = NextPush.Of(snapshot, session.Settings);
        var (release, image, put) = push;
        var plan = Planner.Plan(put.Read(session.Settings, session.Time), snapshot, session.Settings, session.Time.GetUtcNow());
        var document = DocumentOf(session, release, image, setting) with { TurnedDown = plan.IsTurnedDown ? plan.Summary : null };
        if (plan.IsTurnedDown)
        {
            await TellAsync(session, document, System.Console.Error, $"charlie: {plan.Summary}");
            return ExitCodes.Failure;
        }

        await control.SetImageAsync(push.Digest, setting, cancellation);
        await session.Bus.PutAsync(put, cancellation);

        // Until then a status would show what was before the push.
        if (await RecordWatch.UntilAsync(session, records => records.VersionOf(release), cancellation) is null)
        {
            await System.Console.Error.WriteLineAsync(
                $"charlie: {session.Texts.NothingRecorded(plan.Request, Words.Age(RecordWatch.Timeout))}");
            return ExitCodes.NoOutcome;
        }

        await TellAsync(session, document, System.Console.Out, $"Pushed release {release}. charlie status --watch follows it.");
        return ExitCodes.Success;
    }

    private static async Task<int> BreakAsync(
        AppSession session, EmbeddedControl control, JsonObject setting, CancellationToken cancellation)
    {
        var desired = (await session.Reader.ReadAsync()).Desired;
        if (desired.Version?.Image is not { } image || !image.Contains('@', StringComparison.Ordinal))
        {
            throw new OperationException($"Release {desired.Release} names no image by its digest, so there is none to break.");
        }

        await control.SetImageAsync(image.Split('@')[1], setting, cancellation);
        await TellAsync(
            session,
            DocumentOf(session, desired.Release, image, setting),
            System.Console.Out,
            $"The image of release {desired.Release} behaves {(string?)setting["behaviour"]} from now on.");
        return ExitCodes.Success;
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

    private static PushDocument DocumentOf(AppSession session, Release release, string image, JsonObject setting) =>
        new(PushDocument.NewestShape, session.App, release.ToString(), image, (string)setting["behaviour"]!, TurnedDown: null);

    private static async Task TellAsync(AppSession session, PushDocument document, TextWriter writer, string sentence)
    {
        if (session.IsJson)
        {
            Documents.Write(document);
        }
        else
        {
            await writer.WriteLineAsync(sentence);
        }
    }
}
