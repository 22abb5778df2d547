using System.Collections.Immutable;

namespace Charlie.Lambdas.Decisions;

/// <summary>
/// What the sweep may forget. EC2 allows 50 tags on a launch template and 10,000 versions of it; what nothing is
/// worked out from any more goes, the oldest first.
/// </summary>
/// <param name="MarkKeys">Tags to delete.</param>
/// <param name="Versions">Launch template versions to delete.</param>
internal sealed record Pruning(ImmutableArray<string> MarkKeys, ImmutableArray<long> Versions)
{
    // Ten releases have at most some thirty marks: room for what must stay, and for tags of others.
    private const int ReleasesWithMarks = 10;
    private const int NewestVersions = 20;

    public bool IsDone => MarkKeys.IsEmpty && Versions.IsEmpty;

    public static Pruning Of(Records records, Group group)
    {
        var target = Target.Of(records);
        return new Pruning(
            [.. MarksOf(records, target)],
            [.. VersionsOf(records, group, target)]);
    }

    // A release's marks go together: half of them would tell another story.
    private static IEnumerable<string> MarksOf(Records records, Target target)
    {
        var floors = records.Floors.ToLookup(floor => floor.From);
        return ReleaseEnd.Of(records)
            .OrderByDescending(end => end.Release)
            .Skip(ReleasesWithMarks)
            .Where(end => end.IsReported(records)
                && !RestsOn(target, records, end.Release)
                && !floors[end.Release].Any(floor => IsNeeded(floor, target, records)))
            .SelectMany(end => records.Confirmed.Where(mark => mark.Release == end.Release).Select(mark => mark.Key)
                .Concat(floors[end.Release].Select(floor => floor.Key))
                .Concat(records.Reported.Where(mark => mark.Release == end.Release).Select(mark => mark.Key)));
    }

    private static bool RestsOn(Target target, Records records, Release release) =>
        release == target.Release
        || release == records.GoBackFrom(target.Release)
        || release == records.CountingFloor?.GoBackTo;

    // The counting floor may hold the target down; any other only keeps a confirmed release from being gone back to.
    private static bool IsNeeded(Floor floor, Target target, Records records) =>
        (floor == records.CountingFloor && target.Release <= floor.Rejected)
        || records.Confirmed.Any(mark => floor.Rejects(mark.Release));

    private static IEnumerable<long> VersionsOf(Records records, Group group, Target target)
    {
        var kept = group.Instances.Select(instance => instance.Version)
            .Append(group.Pin)
            .Append(group.Refresh?.Version)
            .Append(records.DefaultVersion)
            .Append(target.Version?.Number)
            .ToHashSet();
        return records.Versions
            .OrderByDescending(version => version.Number)
            .Skip(NewestVersions)
            .Where(version => !version.IsBase && !kept.Contains(version.Number) && !HasMarks(records, version.Release))
            .Select(version => version.Number);
    }

    private static bool HasMarks(Records records, Release release) =>
        records.IsConfirmed(release)
        || records.Reported.Any(mark => mark.Release == release)
        || records.Floors.Any(floor => floor.From == release || floor.GoBackTo == release || floor.Rejected == release);
}
