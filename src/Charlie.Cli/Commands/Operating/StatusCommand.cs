using System.CommandLine;
using Charlie.Cli.Display.Operating;
using Charlie.Operations.Status;

namespace Charlie.Cli.Commands.Operating;

/// <summary><c>charlie status</c>: what runs, what should run and why.</summary>
internal static class StatusCommand
{
    private static readonly Option<bool> Watch = new("--watch", "-w")
    {
        Description = "Follow a deployment to its end, with its rollback where it comes to one",
    };

    public static Command Create(TimeProvider time)
    {
        var command = AppOptions.Command("status", "What runs and since when, what should run and why", Watch, AppOptions.Language);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var session = await AppSession.OpenAsync(parsed, time, cancellation);
            return parsed.GetValue(Watch) ? await new StatusWatch(session).RunAsync(cancellation) : await ShowAsync(session);
        });
        return command;
    }

    private static async Task<int> ShowAsync(AppSession session)
    {
        var status = AppStatus.Of(await session.ReadAsync(), session.Settings);
        if (session.IsJson)
        {
            Documents.Write(status);
        }
        else
        {
            StatusView.Of(status, session.Texts, session.Width).Write(session.Console);
        }

        return ExitCodes.Success;
    }
}
