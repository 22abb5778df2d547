using System.CommandLine;
using Charlie.Cli.Display.Operating;
using Charlie.Lambdas.Decisions;
using Charlie.Operations;
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
            NoWait);
        command.SetAction(async (parsed, cancellation) =>
        {
            var reason = Reasons.Needed(parsed);
            using var session = await AppSession.OpenAsync(parsed, time, cancellation);
            var before = await session.Reader.ReadAsync();
            var from = parsed.GetValue(From) is { } given ? Releases.Known(given, before) : before.Desired.Release;
            var to = parsed.GetValue(To) is { } named
                ? Releases.Known(named, before)
                : Picked(session, before, from, parsed.GetValue(AppOptions.Yes));
            return await new RequestRun(session, parsed).RunAsync(
                OperatorEvent.Rollback(session.App, from, to, reason, parsed.GetValue(AppOptions.By)!),
                before,
                page => Explain(page, from, to ?? before.Records.FallbackOf(from), before, session),
                isFollowed: !parsed.GetValue(NoWait),
                cancellation);
        });
        return command;
    }

    // A release that was desired before is chosen from a list; without a terminal the records choose.
    private static Release? Picked(AppSession session, Snapshot snapshot, Release from, bool isYes)
    {
        if (!AppSession.IsTerminal || session.IsJson || isYes)
        {
            return null;
        }

        var choices = ReleaseFacts.All(snapshot)
            .Where(one => one.Release < from && one.Release <= snapshot.Desired.Release && one.Version is not null)
            .ToList();
        return choices.Count < 2
            ? null
            : session.Console.Prompt(new SelectionPrompt<ReleaseFacts>()
                .Title("Go back to")
                .UseConverter(one => Markup.Escape(Choice(one, snapshot)))
                .AddChoices(choices)).Release;
    }

    private static string Choice(ReleaseFacts one, Snapshot snapshot) =>
        $"{(one.Release == Release.Base ? "base" : one.Release)}  {Words.Commit(one.Version?.Commit)}  "
        + $"{(one.PushedAt is { } pushed ? $"pushed {Words.Age(snapshot.RecordsReadAt - pushed)} ago" : "")}  {Words.Of(one.State)}"
        + (one.Release == snapshot.Records.FallbackOf(snapshot.Desired.Release) ? "  (usual)" : "");

    private static void Explain(Page page, Release from, Release? to, Snapshot before, AppSession session)
    {
        page.Fact("Now", Side(before.Desired.Release, before));
        if (from != before.Desired.Release)
        {
            page.Fact("Rejects", Side(from, before));
        }

        if (from == before.Desired.Release && to is { } fallback)
        {
            page.Fact("Then", Side(fallback, before));
            page.Fact("Downtime", OutOfService(before, session));
        }

        page.Blank();
    }

    private static string Side(Release release, Snapshot snapshot)
    {
        var facts = ReleaseFacts.Of(release, snapshot);
        return $"{(release == Release.Base ? "the base image" : $"release {release}")}, {Words.Of(facts.State)}"
            + (facts.Version?.Commit is { } commit ? $", commit {Words.Commit(commit)}" : "")
            + (facts.PushedAt is { } pushed ? $", pushed {Words.TimeAndAge(pushed, snapshot.RecordsReadAt)}" : "");
    }

    private static string OutOfService(Snapshot snapshot, AppSession session)
    {
        if (session.Settings.Policy.Strategy is Strategy.Rolling rolling)
        {
            return $"none: {rolling.MinHealthyPercentage} % of the instances stay in service";
        }

        var boots = snapshot.Group.Instances
            .Select(instance => snapshot.Details.GetValueOrDefault(instance.Id))
            .Select(details => details?.InServiceAt - details?.LaunchedAt)
            .OfType<TimeSpan>()
            .ToList();
        return boots is []
            ? "about as long as a launch takes"
            : $"about {Words.Age(boots.Max())}, as the last launch took, and the old instance's end";
    }
}
