using System.CommandLine;
using Charlie.Cli.Display.Operating;
using Charlie.Lambdas.Decisions;
using Charlie.Operations.Releases;

namespace Charlie.Cli.Commands.Operating;

/// <summary><c>charlie show</c>: everything known of one release.</summary>
internal static class ShowCommand
{
    private static readonly Argument<string> Name = Releases.Argument("As charlie history shows it");

    public static Command Create(TimeProvider time)
    {
        var command = AppOptions.Command(
            "show", "Everything known of one release, and the commands to see its logs", Name, AppOptions.Language);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var session = await AppSession.OpenAsync(parsed, time, cancellation);
            var snapshot = await session.Reader.ReadAsync();
            var release = ReleaseDocument.Of(Releases.Known(parsed.GetValue(Name)!, snapshot), snapshot);
            if (session.IsJson)
            {
                Documents.Write(new ShownRelease(ShownRelease.NewestShape, session.App, snapshot.RecordsReadAt, release));
            }
            else
            {
                ReleaseView.Of(release, LogCommands.Of(session, release), snapshot.RecordsReadAt, session.Texts, session.Width)
                    .Write(session.Console);
            }

            return ExitCodes.Success;
        });
        return command;
    }
}
