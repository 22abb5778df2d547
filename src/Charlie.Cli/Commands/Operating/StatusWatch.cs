using Charlie.Cli.Display.Operating;
using Charlie.Cli.Display.Operating.Texts;
using Charlie.Lambdas.Decisions;
using Charlie.Operations.Status;
using Spectre.Console;

namespace Charlie.Cli.Commands.Operating;

/// <summary>
/// Follows an app until it is in sync: on a terminal a view that is drawn again, else a line for each change; with
/// <c>--json</c> the line is the document.
/// </summary>
/// <param name="isBusy">Whether something is under way already; otherwise the watch waits for the next deployment.</param>
/// <param name="isSilent">Whether nothing is shown, and the exit code alone says what came of it.</param>
internal sealed class StatusWatch(AppSession session, bool isBusy = false, bool isSilent = false)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    private readonly HashSet<string> rolledBack = [];

    /// <returns>0 where the last deployment was confirmed, 1 where one was rolled back meanwhile.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var lines = new StatusLines(session.Texts);
        StatusDocument? shown = null;
        var first = true;
        if (!isBusy && !session.IsJson)
        {
            await System.Console.Error.WriteLineAsync(
                "Following; without a deployment under way it waits for the next one. Ctrl-C ends it.");
        }

        var known = new HashSet<Rejection>();
        if (isSilent || session.IsJson || !AppSession.IsTerminal)
        {
            return await FollowAsync(isSilent ? (_, _) => { } : Print, cancellation);
        }

        return await session.Console.Live(new Text(" ")).StartAsync(context => FollowAsync(Draw, cancellation, context));

        void Print(StatusDocument status, LiveDisplayContext? context)
        {
            if (session.IsJson)
            {
                if (StatusChange.Is(shown, status))
                {
                    Documents.WriteLine(status);
                }

                shown = status;
                return;
            }

            foreach (var line in lines.Changes(status))
            {
                // A line stays one, whatever the width, so that it can be searched for.
                System.Console.Out.WriteLine($"{Words.Time(status.At)}  {line}");
            }
        }

        void Draw(StatusDocument status, LiveDisplayContext? context) =>
            context!.UpdateTarget(StatusView.Of(status, session.Texts, session.Width).Render());

        async Task<int> FollowAsync(
            Action<StatusDocument, LiveDisplayContext?> show, CancellationToken token, LiveDisplayContext? context = null)
        {
            for (; ; first = false)
            {
                var snapshot = await session.ReadAsync();
                var status = AppStatus.Of(snapshot, session.Settings);
                foreach (var rejection in snapshot.Records.Rejections.Where(rejection => known.Add(rejection) && !first))
                {
                    rolledBack.Add(rejection.From.ToString());
                }

                show(status, context);
                if (!IsAtRest(status))
                {
                    isBusy = true;
                }
                else if (isBusy)
                {
                    return rolledBack.Count > 0 ? ExitCodes.Failure : ExitCodes.Success;
                }

                await Task.Delay(PollInterval, session.Time, token);
            }
        }
    }

    private static bool IsAtRest(StatusDocument status) => status.State switch
    {
        AppState.InSync or AppState.Closed => true,
        AppState.Stopped => status.Instances.Count == 0,
        _ => false,
    };
}
