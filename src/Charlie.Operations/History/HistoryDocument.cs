using Charlie.Lambdas.Decisions;
using Charlie.Operations.Releases;

namespace Charlie.Operations.History;

/// <summary>The releases that the records still name, and older ones that the log of the reports names, the newest first.</summary>
/// <param name="Shape">The version of this shape; a member is only added to it without a new one.</param>
/// <param name="Unread">Why older releases could not be read; <c>null</c> where they were, or nobody asked for so many.</param>
internal sealed record HistoryDocument(
    int Shape, string App, DateTimeOffset At, string Desired, IReadOnlyList<ReleaseDocument> Releases, string? Unread = null)
{
    private const int NewestShape = 1;

    /// <param name="most">How many releases at most.</param>
    public static HistoryDocument Of(string app, Snapshot snapshot, int most) => new(
        NewestShape,
        app,
        snapshot.RecordsReadAt,
        snapshot.Desired.Release.ToString(),
        [.. ReleaseFacts.All(snapshot).Take(most).Select(ReleaseDocument.Of)]);

    /// <summary>With what the log says of releases that the records do not name any more.</summary>
    public HistoryDocument With(IEnumerable<ReleaseDocument> logged, int most)
    {
        var known = Releases.Select(release => release.Release).ToHashSet();
        var older = logged.Where(release => !known.Contains(release.Release));
        return this with { Releases = [.. Releases.Concat(older).OrderByDescending(Number).Take(most)] };
    }

    private static Release Number(ReleaseDocument release) =>
        Release.TryParse(release.Release, out var number) ? number : Release.Base;
}
