using Charlie.Cli.Display.Operating.Texts;
using Charlie.Operations.History;
using Charlie.Operations.Releases;
using Spectre.Console;

namespace Charlie.Cli.Display.Operating;

/// <summary><c>charlie history</c>: one line a release, with the reason below a rejection.</summary>
internal static class HistoryView
{
    public static Page Of(HistoryDocument history, ITexts texts, int width)
    {
        var page = new Page(width);
        page.Table(
            [
                .. ((Label[])[Label.Release, Label.Commit, Label.Pushed, Label.Took, Label.State])
                    .Select(label => texts.Of(label).ToUpperInvariant()),
            ],
            [.. history.Releases.Select(release => Row(release, history, texts))]);
        page.Blank();
        page.Sentence(history.Unread is { } why ? texts.HistoryUnread(why) : texts.HistoryNote, Color.Grey);
        return page;
    }

    private static IReadOnlyList<string> Row(ReleaseDocument release, HistoryDocument history, ITexts texts) =>
    [
        (release.Release == history.Desired ? "*" : " ") + (release.IsBase ? "base" : release.Release),
        release.Commit is { } commit ? Words.Commit(commit) : "-",
        release.PushedAt is { } pushed ? texts.Ago(Words.ShortAge(history.At - pushed)) : "-",
        release.Seconds is { } seconds ? Words.Age(TimeSpan.FromSeconds(seconds)) : "-",
        texts.Outcome(release),
    ];
}
