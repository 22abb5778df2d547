using Charlie.Cli.Display.Operating.Texts;
using Charlie.Lambdas.Decisions;
using Charlie.Operations.Releases;
using Spectre.Console;

namespace Charlie.Cli.Display.Operating;

/// <summary>What <c>charlie rollback</c> shows before it asks: the releases to choose from, and both sides.</summary>
internal static class RollbackView
{
    /// <summary>A release in the list to choose from.</summary>
    public static string Line(RollbackChoice choice, Snapshot snapshot, ITexts texts)
    {
        var facts = choice.Facts;
        return string.Join(
            "  ",
            ((string?[])
            [
                $"{(facts.Release == Release.Base ? "base" : facts.Release)}",
                facts.Version?.Commit is { } commit ? Words.Commit(commit) : null,
                facts.PushedAt is { } pushed ? texts.PushedBefore(Words.Age(snapshot.RecordsReadAt - pushed)) : null,
                choice.IsRejected ? texts.WasRejected(facts.Reason) : texts.Of(facts.State),
                choice.IsUsual ? texts.UsualChoice : null,
            ]).OfType<string>());
    }

    /// <summary>What runs, what will run, and for how long nothing does.</summary>
    /// <param name="to">The release to go back to; <c>null</c> where there is none.</param>
    public static void Explain(Page page, Release from, Release? to, Snapshot before, Strategy strategy, ITexts texts)
    {
        page.Fact(texts.Of(Label.Now), Side(before.Desired.Release, before, texts));
        if (from != before.Desired.Release)
        {
            page.Fact(texts.Of(Label.Rejects), Side(from, before, texts));
        }
        else if (to is { } fallback)
        {
            page.Fact(texts.Of(Label.Then), Side(fallback, before, texts));
            if (new RollbackChoice(ReleaseFacts.Of(fallback, before), IsUsual: false) is { IsRejected: true, Facts: var facts })
            {
                page.Fact(texts.Of(Label.Warning), $"{texts.NameOf($"{fallback}")} {texts.WasRejected(facts.Reason)}", Color.Red);
            }

            page.Fact(texts.Of(Label.Downtime), OutOfService(before, strategy, texts));
        }

        page.Blank();
    }

    private static string Side(Release release, Snapshot snapshot, ITexts texts)
    {
        var facts = ReleaseFacts.Of(release, snapshot);
        return $"{texts.NameOf($"{release}")}, {texts.Of(facts.State)}"
            + (facts.PushedAt is { } pushed
                ? $", {texts.Pushed(Words.Commit(facts.Version?.Commit), texts.Time(pushed, snapshot.RecordsReadAt))}"
                : "");
    }

    private static string OutOfService(Snapshot snapshot, Strategy strategy, ITexts texts)
    {
        if (strategy is Strategy.Rolling rolling)
        {
            return texts.DowntimeOfRolling(rolling.MinHealthyPercentage);
        }

        if (strategy is Strategy.Handover)
        {
            return texts.DowntimeOfHandover;
        }

        var boots = snapshot.Group.Instances
            .Select(instance => snapshot.Details.GetValueOrDefault(instance.Id))
            .Select(details => details?.InServiceAt - details?.LaunchedAt)
            .OfType<TimeSpan>()
            .ToList();
        return boots is [] ? texts.DowntimeUnknown : texts.Downtime(Words.Age(boots.Max()));
    }
}
