using Charlie.Lambdas.Decisions;
using CsCheck;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>Generators of records: few releases, so that versions, marks and floors meet.</summary>
internal static class Arbitrary
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static readonly Gen<Release> Release =
        Gen.Select(Gen.Long[1, 4], Gen.Long[1, 2]).Select((pipeline, job) => new Release(pipeline, job));

    private static readonly Gen<DateTimeOffset> Time = Gen.Int[0, 3600].Select(seconds => Noon.AddSeconds(seconds));

    /// <summary>Records as Charlie's own writes make them: a base, some pushes, confirmations of what has a version, floors.</summary>
    public static readonly Gen<Records> Records =
        Gen.Select(Release.HashSet[0, 6], Gen.Bool.Array[7], Floors()).Select((pushed, confirmed, floors) =>
        {
            var versions = pushed.Order().Prepend(Charlie.Lambdas.Decisions.Release.Base)
                .Select((release, index) => Version(index + 1, release))
                .ToArray();
            return new Records(
                [.. versions],
                [.. versions.Where((_, index) => confirmed[index]).Select(version => new ConfirmedMark(version.Release, version.Number, Noon))],
                [.. floors.Where(floor => floor.GoBackTo < floor.Rejected).DistinctBy(floor => floor.Key)],
                []);
        });

    public static ReleaseVersion Version(long number, Release release) =>
        new(
            number,
            release,
            Image(release),
            new string('a', 40),
            "https://gitlab.com/example/charlie/-/pipelines/1",
            4242,
            release == Charlie.Lambdas.Decisions.Release.Base ? null : Noon,
            TagSpecifications.None);

    public static string Image(Release release) => $"registry.gitlab.com/example/charlie@{release}";

    private static Gen<Floor[]> Floors() =>
        Gen.Select(Release, Gen.OneOf(Release, Gen.Const(Charlie.Lambdas.Decisions.Release.Base)), Time)
            .Select((rejected, goBackTo, at) => new Floor(rejected, goBackTo, rejected, at, "charlie: app: exited with 1"))
            .Array[0, 3];
}
