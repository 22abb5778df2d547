using Charlie.Operations.History;
using Charlie.Operations.Releases;
using Spectre.Console;

namespace Charlie.Cli.Display.Operating;

/// <summary><c>charlie history</c>: one line a release, with the reason below a rejection.</summary>
internal static class HistoryView
{
    public static Page Of(HistoryDocument history, int width)
    {
        var page = new Page(width);
        page.Table(
            ["RELEASE", "COMMIT", "PUSHED", "TOOK", "STATE"],
            [.. history.Releases.Select(release => Row(release, history))]);
        page.Blank();
        page.Sentence("* the desired release. Of older releases only the outcome is kept.", Color.Grey);
        return page;
    }

    private static IReadOnlyList<string> Row(ReleaseDocument release, HistoryDocument history) =>
    [
        (release.Release == history.Desired ? "*" : " ") + (release.IsBase ? "base" : release.Release),
        release.Commit is { } commit ? Words.Commit(commit) : "-",
        release.PushedAt is { } pushed ? $"{Words.ShortAge(history.At - pushed)} ago" : "-",
        release.Seconds is { } seconds ? Words.Age(TimeSpan.FromSeconds(seconds)) : "-",
        Words.Of(release.State)
        + (release.By is { } by ? $" by {by}" : "")
        + (release.Reason is { } reason ? $": {reason}" : ""),
    ];
}
