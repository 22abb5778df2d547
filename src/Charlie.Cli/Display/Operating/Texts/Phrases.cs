using Charlie.Operations.Releases;

namespace Charlie.Cli.Display.Operating.Texts;

/// <summary>What every language puts together in the same order.</summary>
internal static class Phrases
{
    /// <summary>A time, and how long ago it was or how far ahead it is.</summary>
    public static string Time(this ITexts texts, DateTimeOffset at, DateTimeOffset now) =>
        $"{Words.Time(at)} ({(at <= now ? texts.Ago(Words.Age(now - at)) : texts.Ahead(Words.Age(at - now)))})";

    /// <summary>A release's state, who rejected it, and why.</summary>
    /// <param name="when">When it ended, in words; empty for nothing.</param>
    public static string Outcome(this ITexts texts, ReleaseDocument release, string when = "") =>
        texts.Of(release.State)
        + (release.By is { } by ? texts.By(by) : "")
        + (when.Length > 0 ? $" {when}" : "")
        + (release.Reason is { } reason ? $": {reason}" : "");
}
