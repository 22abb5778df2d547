using Charlie.Cli.Display.Operating.Texts;
using Charlie.Operations.Releases;

namespace Charlie.Cli.Display.Operating;

/// <summary><c>charlie show</c>: everything known of one release, and the commands to see its logs.</summary>
internal static class ReleaseView
{
    /// <param name="commands">Lines for a shell.</param>
    public static Page Of(ReleaseDocument release, IReadOnlyList<string> commands, DateTimeOffset now, ITexts texts, int width)
    {
        var page = new Page(width);
        Add(Label.Release, release.IsBase ? texts.BaseInFull : release.Release);
        Add(
            Label.State,
            texts.Outcome(release with { Reason = null }, release.EndedAt is { } ended ? texts.Time(ended, now) : "")
            + (release.Seconds is { } seconds ? texts.AfterPush(Words.Age(TimeSpan.FromSeconds(seconds))) : ""));
        Add(Label.Reason, release.Reason);
        Add(Label.Fallback, release.Fallback is { } fallback ? texts.RanInstead(fallback) : null);
        page.VerbatimFact(texts.Of(Label.Image), release.Image ?? texts.NoImage);
        Add(Label.Tag, release.Tag);
        Add(Label.Commit, release.Commit);
        Add(Label.Title, release.CommitTitle);
        Add(Label.Author, release.CommitAuthor);
        Add(Label.Pipeline, release.PipelineUrl);
        Add(Label.Pushed, release.PushedAt is { } pushed ? texts.Time(pushed, now) : null);
        Add(Label.Version, release.Version is { } version ? texts.VersionOf(version) : texts.VersionDeleted);
        page.Blank();
        page.Sentence(texts.ItsLogs);
        foreach (var command in commands)
        {
            page.Verbatim("  " + command);
        }

        return page;

        void Add(Label label, string? text)
        {
            if (text is not null)
            {
                page.Fact(texts.Of(label), text);
            }
        }
    }
}
