using System.Collections.Immutable;

namespace Charlie.Lambdas.Decisions;

/// <summary>
/// The pushes that the desired release overtook: they came to no end of their own and never will, whether they were being deployed or
/// only recorded.
/// </summary>
internal static class OvertakenPushes
{
    // Who pushes more often than that within one deployment has the older ones told by the pushes between.
    private const int Most = 5;

    /// <summary>
    /// The newest versions below the desired release and above every release that came to an end: of older ones the record tags may be
    /// deleted, and they may have been confirmed.
    /// </summary>
    public static ImmutableArray<ReleaseVersion> Of(Snapshot snapshot)
    {
        var (records, desired) = (snapshot.Records, snapshot.Desired.Release);
        var ended = records.Confirmations.Select(tag => tag.Release)
            .Concat(records.Rejections.Select(rejection => rejection.From))
            .Concat(records.Rejections.Select(rejection => rejection.Through))
            .Where(release => release < desired)
            .DefaultIfEmpty(Release.Base)
            .Max();
        // Two results without any are equal: arrays are compared by reference, and there is one empty array.
        return records.Versions
            .Where(version => version.Release > ended && version.Release < desired)
            .DistinctBy(version => version.Release)
            .OrderByDescending(version => version.Release)
            .Take(Most)
            .ToImmutableArray() is [_, ..] overtaken
                ? overtaken
                : [];
    }
}
