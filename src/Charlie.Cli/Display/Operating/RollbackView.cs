using Charlie.Lambdas.Decisions;
using Charlie.Operations.Releases;
using Spectre.Console;

namespace Charlie.Cli.Display.Operating;

/// <summary>What <c>charlie rollback</c> shows before it asks: the releases to choose from, and both sides.</summary>
internal static class RollbackView
{
    /// <summary>A release in the list to choose from.</summary>
    public static string Line(RollbackChoice choice, Snapshot snapshot)
    {
        var facts = choice.Facts;
        return string.Join(
            "  ",
            ((string?[])
            [
                $"{(facts.Release == Release.Base ? "base" : facts.Release)}",
                facts.Version?.Commit is { } commit ? Words.Commit(commit) : null,
                facts.PushedAt is { } pushed ? $"pushed {Words.Age(snapshot.RecordsReadAt - pushed)} ago" : null,
                choice.IsRejected ? $"was rejected: {facts.Reason}" : Words.Of(facts.State),
                choice.IsUsual ? "(usual)" : null,
            ]).OfType<string>());
    }

    /// <summary>What runs, what will run, and for how long nothing does.</summary>
    /// <param name="to">The release to go back to; <c>null</c> where there is none.</param>
    public static void Explain(Page page, Release from, Release? to, Snapshot before, Strategy strategy)
    {
        page.Fact("Now", Side(before.Desired.Release, before));
        if (from != before.Desired.Release)
        {
            page.Fact("Rejects", Side(from, before));
        }
        else if (to is { } fallback)
        {
            page.Fact("Then", Side(fallback, before));
            if (new RollbackChoice(ReleaseFacts.Of(fallback, before), IsUsual: false) is { IsRejected: true, Facts: var facts })
            {
                page.Fact("Warning", $"release {fallback} was rejected: {facts.Reason}", Color.Red);
            }

            page.Fact("Downtime", OutOfService(before, strategy));
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

    private static string OutOfService(Snapshot snapshot, Strategy strategy)
    {
        if (strategy is Strategy.Rolling rolling)
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
