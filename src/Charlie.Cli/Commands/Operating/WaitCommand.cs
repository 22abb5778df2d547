using System.CommandLine;
using Charlie.Cli.Display.Operating;
using Charlie.Cli.Display.Operating.Texts;
using Charlie.Operations.Releases;
using Charlie.Operations.Requests;

namespace Charlie.Cli.Commands.Operating;

/// <summary><c>charlie wait</c>: until a release's final outcome, for a job that goes on only then.</summary>
internal static class WaitCommand
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    private static readonly Option<string> Name = new("--release")
    {
        Description = "As the push named it",
        HelpName = "release",
        Required = true,
    };

    private static readonly Option<string> Timeout = new("--timeout")
    {
        Description = "How long at most: 90s, 20m or 2h",
        HelpName = "length",
        DefaultValueFactory = _ => "30m",
    };

    public static Command Create(TimeProvider time)
    {
        var command = AppOptions.Command(
            "wait",
            "Wait until a release is confirmed (exit 0), rolled back or cannot run (1), superseded (3) or held (5); 4 when the time is up",
            Name,
            Timeout,
            AppOptions.Language);
        command.SetAction(async (parsed, cancellation) =>
        {
            var (release, most) = (Releases.Read(parsed.GetValue(Name)!), Lengths.Read("--timeout", parsed.GetValue(Timeout)!));
            using var session = await AppSession.OpenAsync(parsed, time, cancellation);
            return await RunAsync(session, release, most, cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        AppSession session, Lambdas.Decisions.Release release, TimeSpan most, CancellationToken cancellation)
    {
        for (var since = session.Time.GetUtcNow(); ;)
        {
            var snapshot = await session.Reader.ReadAsync();
            var facts = ReleaseFacts.Of(release, snapshot);
            var end = OutcomeWatch.Of(facts, snapshot);
            if (end is not null || session.Time.GetUtcNow() - since >= most)
            {
                Report(session, facts, end, most);
                return CodeOf(end);
            }

            await Task.Delay(PollInterval, session.Time, cancellation);
        }
    }

    private static void Report(AppSession session, ReleaseFacts facts, WaitEnd? end, TimeSpan most)
    {
        if (session.IsJson)
        {
            Documents.Write(new WaitDocument(WaitDocument.NewestShape, session.App, end, ReleaseDocument.Of(facts)));
            return;
        }

        var page = new Page(session.Width);
        page.Sentence(session.Texts.Ended(end, facts, Words.Age(most)));
        page.Write(session.Console);
    }

    /// <summary>The exit code that says how waiting ended.</summary>
    public static int CodeOf(WaitEnd? end) => end switch
    {
        WaitEnd.Confirmed => ExitCodes.Success,
        WaitEnd.RolledBack or WaitEnd.Failed => ExitCodes.Failure,
        WaitEnd.Superseded => ExitCodes.Superseded,
        WaitEnd.Held => ExitCodes.Held,
        _ => ExitCodes.NoOutcome,
    };
}
