using System.Globalization;

namespace Charlie.Lambdas.GitLab;

/// <summary>
/// What GitLab is to show of a pipeline's pushes. Reports come late, twice and out of order, so it follows from all that was told, in
/// any order: a release's deployment is its last end, and the commit's status is the end of the pipeline's newest release that has
/// one. A job that was overtaken may be told so long after a newer job of the same pipeline came to its own end.
/// </summary>
internal static class PushHistory
{
    /// <param name="end">What a report says.</param>
    /// <param name="repeats">It may come again and again with nothing new: an attempt that failed.</param>
    /// <param name="told">What the commit's statuses say, in the order in which GitLab got them.</param>
    /// <returns>The state of the release's deployment, and the status to set; <c>null</c> where the right one is shown.</returns>
    public static (PushState Deployment, ToldEnd? Status) Next(ToldEnd end, bool repeats, IReadOnlyList<ToldEnd> told)
    {
        var last = told.Append(end).GroupBy(one => one.Release).Select(ends => ends.MaxBy(RankOf)!).ToList();
        var shown = told.Count == 0 ? null : told[^1];
        var newest = last.MaxBy(one => JobOf(one.Release))!;
        var isShown = (shown?.Release, shown?.State) == (newest.Release, newest.State)
            && (newest != end || repeats || shown!.At == newest.At);
        return (last.Find(one => one.Release == end.Release)!.State, isShown ? null : newest);
    }

    // Within a pipeline releases are ordered by their job. A status that somebody else wrote so is older than all.
    private static long JobOf(string release) =>
        long.TryParse(release.Split('.')[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var job) ? job : 0;

    // A push that another overtook may be gone back to, and comes to an end of its own then. Of two ends at the same moment the
    // rollback is the last word, as in the record tags.
    private static (bool IsOwn, DateTimeOffset At, bool IsFailed) RankOf(ToldEnd end) =>
        (end.State != PushState.Canceled, end.At, end.State == PushState.Failed);
}
