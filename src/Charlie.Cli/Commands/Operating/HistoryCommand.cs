using System.CommandLine;
using Charlie.Cli.Display.Operating;
using Charlie.Operations.History;

namespace Charlie.Cli.Commands.Operating;

/// <summary><c>charlie history</c>: what was released, and what became of it.</summary>
internal static class HistoryCommand
{
    private const int Usual = 10;

    private static readonly Option<int> Most = new("-n", "--number")
    {
        Description = "How many releases, the newest first",
        HelpName = "number",
        DefaultValueFactory = _ => Usual,
    };

    public static Command Create(TimeProvider time)
    {
        var command = AppOptions.Command("history", "What was released, and what became of it", Most);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var session = await AppSession.OpenAsync(parsed, time, cancellation);
            var history = HistoryDocument.Of(session.App, await session.Reader.ReadAsync(), Math.Max(1, parsed.GetValue(Most)));
            if (session.IsJson)
            {
                Documents.Write(history);
            }
            else
            {
                HistoryView.Of(history, session.Width).Write(session.Console);
            }

            return ExitCodes.Success;
        });
        return command;
    }
}
