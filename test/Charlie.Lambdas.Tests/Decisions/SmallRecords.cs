using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>
/// Every combination of the few facts that tell records apart: three releases, each confirmed or not, one rejection or none.
/// </summary>
internal static class SmallRecords
{
    public static readonly DateTimeOffset Now = Arbitrary.Noon.AddHours(2);
    public static readonly Release Old = new(4, 1);
    public static readonly Release Its = new(5, 1);
    public static readonly Release New = new(6, 1);

    public static IEnumerable<Records> All() =>
        from bases in new[] { true, false }
        from newer in new[] { false, true }
        from oldConfirmed in new[] { false, true }
        from itsConfirmed in new[] { false, true }
        from newConfirmed in newer ? new[] { false, true } : [false]
        from rejection in new Rejection?[]
        {
            null, Rejected(Its, Old, -60), Rejected(New, Its, -60), Rejected(New, Old, -60), Rejected(Its, Release.Base, 60),
        }
        where bases || !newer
        select new Records(
            [
                .. bases ? new[] { Arbitrary.Version(1, Release.Base) } : [],
                Arbitrary.Version(2, Old),
                Arbitrary.Version(3, Its),
                .. newer ? new[] { Arbitrary.Version(4, New) } : [],
            ],
            [
                .. oldConfirmed ? new[] { new Confirmation(Old, 2, Arbitrary.Noon) } : [],
                .. itsConfirmed ? new[] { new Confirmation(Its, 3, Arbitrary.Noon) } : [],
                .. newConfirmed ? new[] { new Confirmation(New, 4, Arbitrary.Noon) } : [],
            ],
            rejection is null ? [] : [rejection],
            []);

    /// <summary>What must hold of any new rejection.</summary>
    public static void CheckRejection(Rejection rejection, Release from, Records records, Func<string> what)
    {
        var after = records.With(rejection);
        Hold(rejection.From == from && rejection.Covers(from), what);
        Hold(rejection.Fallback == DesiredRelease.Of(after).Release, what);
        Hold(after.EffectiveRejection!.Through >= (records.EffectiveRejection?.Through ?? from), what);
        // No rejected release may run again, except the fallback.
        Hold(
            !records.Versions.Any(version => (records.EffectiveRejection?.Covers(version.Release) ?? false)
                && version.Release > rejection.Fallback && !after.EffectiveRejection.Covers(version.Release)),
            what);
    }

    // Of a hundred thousand checks only a failed one is put in words.
    public static void Hold(bool kept, Func<string> what)
    {
        if (!kept)
        {
            Assert.Fail(what());
        }
    }

    private static Rejection Rejected(Release through, Release fallback, int seconds) =>
        Arbitrary.Rejection(through, fallback, Now.AddSeconds(seconds));
}
