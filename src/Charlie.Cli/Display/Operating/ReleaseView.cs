using Charlie.Operations.Releases;

namespace Charlie.Cli.Display.Operating;

/// <summary><c>charlie show</c>: everything known of one release, and the commands to see its logs.</summary>
internal static class ReleaseView
{
    /// <param name="commands">Lines for a shell.</param>
    public static Page Of(ReleaseDocument release, IReadOnlyList<string> commands, DateTimeOffset now, int width)
    {
        var page = new Page(width);
        page.Fact("Release", release.IsBase ? "0.0, the base image" : release.Release);
        page.Fact(
            "State",
            Words.Of(release.State)
            + (release.By is { } by ? $" by {by}" : "")
            + (release.EndedAt is { } ended ? $" {Words.TimeAndAge(ended, now)}" : "")
            + (release.Seconds is { } seconds ? $", {Words.Age(TimeSpan.FromSeconds(seconds))} after the push" : ""));
        Add("Reason", release.Reason);
        Add("Fallback", release.Fallback is { } fallback ? $"release {fallback} ran instead" : null);
        page.VerbatimFact("Image", release.Image ?? "none");
        Add("Commit", release.Commit);
        Add("Pipeline", release.PipelineUrl);
        Add("Pushed", release.PushedAt is { } pushed ? Words.TimeAndAge(pushed, now) : null);
        page.Fact("Version", release.Version is { } version ? $"{version} of the launch template" : "deleted: it cannot run again");
        page.Blank();
        page.Sentence("Its logs:");
        foreach (var command in commands)
        {
            page.Verbatim("  " + command);
        }

        return page;

        void Add(string label, string? text)
        {
            if (text is not null)
            {
                page.Fact(label, text);
            }
        }
    }
}
