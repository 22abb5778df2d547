using System.CommandLine;
using System.Text.Json.Nodes;
using Charlie.Cli.Display.Operating.Texts;
using Charlie.Operations.Access;
using Charlie.Operations.Releases;

namespace Charlie.Cli.Commands.Operating;

/// <summary><c>charlie logs</c>: what the functions logged of a release; on an account the commands that show it.</summary>
internal static class LogsCommand
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    private static readonly Argument<string> Name = Releases.Argument("As charlie history shows it");

    private static readonly Option<bool> Follow = new("--follow", "-f") { Description = "Go on until Ctrl-C" };

    public static Command Create(TimeProvider time)
    {
        var command = AppOptions.CommandOfLines("logs", "What the functions logged of a release", Name, Follow);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var session = await AppSession.OpenAsync(parsed, time, cancellation);
            var snapshot = await session.Reader.ReadAsync();
            var known = Releases.Known(parsed.GetValue(Name)!, snapshot);
            var release = known.ToString();
            if (!session.Access.IsEmbedded)
            {
                foreach (var line in LogCommands.Of(session, ReleaseDocument.Of(known, snapshot)))
                {
                    System.Console.Out.WriteLine(line);
                }

                return ExitCodes.Success;
            }

            using var control = new EmbeddedControl(session.Access, "logs");
            var shown = new HashSet<string>();
            for (; ; )
            {
                foreach (var run in (await control.ReadAsync("invocations", cancellation)).AsArray())
                {
                    Show(run!, release, shown);
                }

                if (!parsed.GetValue(Follow))
                {
                    return ExitCodes.Success;
                }

                await Task.Delay(PollInterval, time, cancellation);
            }
        });
        return command;
    }

    // A line that names the release, or any line of a run whose report is about it.
    private static void Show(JsonNode run, string release, HashSet<string> shown)
    {
        var isAbout = (string?)(run["result"] as JsonObject)?["release"] == release;
        foreach (var (number, line) in run["logs"]!.AsArray().Select(line => (string)line!).Index())
        {
            if ((isAbout || line.Contains(release, StringComparison.Ordinal)) && shown.Add($"{run["requestId"]} {run["attempt"]} {number}"))
            {
                System.Console.Out.WriteLine($"{Words.Time((DateTimeOffset)run["startedAt"]!)}  {run["function"]}  {Text(line)}");
            }
        }
    }

    // The functions write JSON; a person reads the message.
    private static string Text(string line)
    {
        try
        {
            return (string?)JsonNode.Parse(line)?["message"] ?? line;
        }
        catch (Exception error) when (error is System.Text.Json.JsonException or InvalidOperationException)
        {
            return line;
        }
    }
}
