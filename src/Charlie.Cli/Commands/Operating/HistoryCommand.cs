using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
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
        CustomParser = Read,
    };

    public static Command Create(TimeProvider time)
    {
        var command = AppOptions.Command("history", "What was released, and what became of it", Most, AppOptions.Language);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var session = await AppSession.OpenAsync(parsed, time, cancellation);
            var history = await new HistoryReader(session.Stack, session.Reader, session.Client)
                .ReadAsync(parsed.GetValue(Most), cancellation);
            if (session.IsJson)
            {
                Documents.Write(history);
            }
            else
            {
                HistoryView.Of(history, session.Texts, session.Width).Write(session.Console);
            }

            return ExitCodes.Success;
        });
        return command;
    }

    private static int Read(ArgumentResult result)
    {
        var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
        {
            return number;
        }

        result.AddError($"-n must be a number of releases, 1 or more; it is '{text}'.");
        return Usual;
    }
}
