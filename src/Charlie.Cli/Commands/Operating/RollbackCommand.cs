using System.CommandLine;
using Charlie.Cli.Display.Operating;
using Charlie.Lambdas.Decisions;
using Charlie.Operations.Releases;
using Charlie.Operations.Requests;
using Spectre.Console;

namespace Charlie.Cli.Commands.Operating;

/// <summary><c>charlie rollback</c>: rejects the desired release, or one that waits, and goes back to an older one.</summary>
internal static class RollbackCommand
{
    private static readonly Option<string?> From = Releases.Option("--from", "The release to reject; usually the desired one");
    private static readonly Option<string?> To = Releases.Option("--to", "The release to go back to; usually the last confirmed one");
    private static readonly Option<bool> NoWait = new("--no-wait") { Description = "Do not wait until it runs" };

    public static Command Create(TimeProvider time)
    {
        var command = AppOptions.Command(
            "rollback",
            "Go back to an older release; the newer ones stay rejected",
            From,
            To,
            AppOptions.Reason,
            AppOptions.By,
            AppOptions.Yes,
            AppOptions.Language,
            NoWait);
        command.SetAction(async (parsed, cancellation) =>
        {
            var reason = Reasons.Needed(parsed);
            using var session = await AppSession.OpenAsync(parsed, time, cancellation);
            var before = await session.Reader.ReadAsync();
            var from = parsed.GetValue(From) is { } given ? Releases.Known(given, before) : before.Desired.Release;
            var to = parsed.GetValue(To) is { } named
                ? Releases.Known(named, before)
                : await PickAsync(session, before, from, parsed.GetValue(AppOptions.Yes), cancellation);
            return await new RequestRun(session, parsed).RunAsync(
                OperatorEvent.Rollback(session.App, from, to, reason, parsed.GetValue(AppOptions.By)!),
                before,
                page => RollbackView.Explain(
                    page, from, to ?? RollbackChoice.Usual(from, before), before, session.Settings.Policy.Strategy, session.Texts),
                isFollowed: !parsed.GetValue(NoWait),
                cancellation);
        });
        return command;
    }

    // A release that was desired before is chosen from a list; without a terminal the records choose.
    private static async Task<Release?> PickAsync(
        AppSession session, Snapshot snapshot, Release from, bool isYes, CancellationToken cancellation)
    {
        if (!AppSession.IsTerminal || session.IsJson || isYes)
        {
            return null;
        }

        var choices = RollbackChoice.All(from, snapshot);
        return choices.Count < 2
            ? null
            : (await new SelectionPrompt<RollbackChoice>()
                .Title(session.Texts.RollBackTo)
                .UseConverter(one => Markup.Escape(RollbackView.Line(one, snapshot, session.Texts)))
                .AddChoices(choices)
                .ShowAsync(session.Console, cancellation)).Facts.Release;
    }
}
