namespace Charlie.Lambdas.Decisions;

/// <summary>What every instance of the group should run.</summary>
/// <param name="Version">Its version; <c>null</c> where none is left of the release, and then nothing can be done towards it.</param>
internal sealed record Target(Release Release, ReleaseVersion? Version)
{
    /// <summary>
    /// The greatest release above the floor that has a version, else the one that the floor goes back to; without a
    /// floor the greatest of all.
    /// </summary>
    public static Target Of(Records records)
    {
        var floor = records.CountingFloor;
        var pushed = records.Versions
            .Select(version => version.Release)
            .Where(release => floor is null || release > floor.Rejected)
            .DefaultIfEmpty(floor?.GoBackTo ?? Release.Base)
            .Max();
        return new Target(pushed, records.VersionOf(pushed));
    }

    /// <summary>Since when it should run; <c>null</c> where the records do not tell.</summary>
    public DateTimeOffset? Since(Records records) =>
        records.CountingFloor is { } floor && floor.GoBackTo == Release
            ? floor.At
            : Version?.PushedAt ?? records.Confirmation(Release)?.At;
}
