using System.Collections.Immutable;

namespace Charlie.Lambdas.Decisions;

/// <summary>
/// All that Charlie remembers: the launch template's versions and the marks in its tags. They only grow; everything
/// else is worked out from them each time.
/// </summary>
/// <param name="Unreadable">Keys of marks that are none; they say nothing, and the log names them.</param>
internal sealed record Records(
    ImmutableArray<ReleaseVersion> Versions,
    ImmutableArray<ConfirmedMark> Confirmed,
    ImmutableArray<Floor> Floors,
    ImmutableArray<string> Unreadable)
{
    /// <summary>The ends that are known to have left the house.</summary>
    public ImmutableArray<ReportedMark> Reported { get; init; } = [];

    /// <summary>The template's default version; EC2 never deletes it.</summary>
    public long? DefaultVersion { get; init; }

    /// <summary>
    /// The floor that counts: of those that reject furthest up, the one that goes back furthest; <c>null</c> without one.
    /// </summary>
    public Floor? CountingFloor =>
        Floors.OrderByDescending(floor => floor.Rejected).ThenBy(floor => floor.GoBackTo).FirstOrDefault();

    public DateTimeOffset? NewestFloorAt => Floors.IsEmpty ? null : Floors.Max(floor => floor.At);

    public ReleaseVersion? NewestBase => Versions.Where(version => version.IsBase).MaxBy(version => version.Number);

    public static Records Read(IEnumerable<ReleaseVersion> versions, IEnumerable<KeyValuePair<string, string>> tags)
    {
        var confirmed = ImmutableArray.CreateBuilder<ConfirmedMark>();
        var floors = ImmutableArray.CreateBuilder<Floor>();
        var reported = ImmutableArray.CreateBuilder<ReportedMark>();
        var unreadable = ImmutableArray.CreateBuilder<string>();
        foreach (var (key, value) in tags)
        {
            if (key.StartsWith(ConfirmedMark.Prefix, StringComparison.Ordinal))
            {
                Sort(ConfirmedMark.Read(key, value), confirmed, key);
            }
            else if (key.StartsWith(Floor.Prefix, StringComparison.Ordinal))
            {
                Sort(Floor.Read(key, value), floors, key);
            }
            else if (key.StartsWith(ReportedMark.Prefix, StringComparison.Ordinal))
            {
                Sort(ReportedMark.Read(key, value), reported, key);
            }
        }

        return new Records([.. versions], confirmed.ToImmutable(), floors.ToImmutable(), unreadable.ToImmutable())
        {
            Reported = reported.ToImmutable(),
        };

        void Sort<T>(T? mark, ImmutableArray<T>.Builder marks, string key)
            where T : class
        {
            if (mark is null)
            {
                unreadable.Add(key);
            }
            else
            {
                marks.Add(mark);
            }
        }
    }

    /// <summary>The records as they are after a write that a read need not show yet.</summary>
    public Records With(ReleaseVersion version) => this with { Versions = Versions.Add(version) };

    /// <inheritdoc cref="With(ReleaseVersion)"/>
    public Records With(Floor floor) => this with { Floors = Floors.Add(floor) };

    public ReleaseVersion? Version(long? number) => Versions.FirstOrDefault(version => version.Number == number);

    public bool HasVersion(Release release) => Versions.Any(version => version.Release == release);

    /// <summary>The version that stands for a release: the one it was confirmed with, else its newest.</summary>
    public ReleaseVersion? VersionOf(Release release)
    {
        var confirmed = Version(Confirmation(release)?.Version);
        return confirmed?.Release == release
            ? confirmed
            : Versions.Where(version => version.Release == release).MaxBy(version => version.Number);
    }

    public ConfirmedMark? Confirmation(Release release) => Confirmed.FirstOrDefault(mark => mark.Release == release);

    public bool IsConfirmed(Release release) => Confirmation(release) is not null;

    /// <summary>
    /// Where to go back to from a release: the greatest confirmed one below it that no floor rejects and that still
    /// has a version; <c>null</c> where there is none.
    /// </summary>
    public Release? GoBackFrom(Release release) =>
        Confirmed
            .Select(mark => mark.Release)
            .Where(confirmed => confirmed < release && HasVersion(confirmed) && !Floors.Any(floor => floor.Rejects(confirmed)))
            .Cast<Release?>()
            .Max();

    /// <summary>The floor that takes a release away; the highest rejected one never sinks.</summary>
    public Floor RaiseFloor(Release from, Release goBackTo, DateTimeOffset at, string why) =>
        new(CountingFloor is { } floor ? Release.Max(floor.Rejected, from) : from, goBackTo, from, at, why);
}
