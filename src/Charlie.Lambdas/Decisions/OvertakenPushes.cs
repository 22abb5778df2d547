using System.Collections.Immutable;

namespace Charlie.Lambdas.Decisions;

/// <summary>
/// The pushes that a release overtook: they came to no end of their own and never will, whether they were being deployed or only
/// recorded. Its start names them, and so does its own end: what is recorded while no instance runs is started by nobody.
/// </summary>
internal static class OvertakenPushes
{
    // As many as a report has room for and GitLab is told of within one run. Of what is recorded during a hold no push between tells.
    private const int Most = 20;

    /// <summary>
    /// The newest versions below the release and above every release that came to an end: of older ones the record tags may be
    /// deleted, and they may have been confirmed.
    /// </summary>
    public static ImmutableArray<ReleaseVersion> Of(Records records, Release release)
    {
        var ended = records.Confirmations.Select(tag => tag.Release)
            .Concat(records.Rejections.Select(rejection => rejection.From))
            .Concat(records.Rejections.Select(rejection => rejection.Through))
            .Where(end => end < release)
            .DefaultIfEmpty(Release.Base)
            .Max();
        // Two results without any are equal: arrays are compared by reference, and there is one empty array.
        return records.Versions
            .Where(version => version.Release > ended && version.Release < release)
            .DistinctBy(version => version.Release)
            .OrderByDescending(version => version.Release)
            .Take(Most)
            .ToImmutableArray() is [_, ..] overtaken
                ? overtaken
                : [];
    }
}
