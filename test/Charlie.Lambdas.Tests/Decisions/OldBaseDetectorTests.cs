using System.Collections.Immutable;
using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Tests.Decisions;

public sealed class OldBaseDetectorTests
{
    private static readonly Release Its = new(5, 7);
    private static readonly Group Group = new("charlie", 1, 3, [new GroupInstance("i-1", "InService", 3)]);
    private static readonly DateTimeOffset Made = Arbitrary.Noon;

    [Theory]
    [InlineData("1", 29.999, false)]
    [InlineData("1", 30, true)]
    [InlineData("4", 300, false)]
    [InlineData("", 300, false)]
    public void A_newer_base_is_named_after_30_days(string itsBase, double days, bool isNamed)
    {
        var newest = Base(4) with { CreatedAt = Made };
        Assert.Equal(
            isNamed ? newest : null,
            OldBaseDetector.Unused(Snapshot([Base(1) with { CreatedAt = Made }, Version(itsBase), newest]), Made.AddDays(days)));
    }

    [Fact]
    public void A_base_of_unknown_age_is_not_named() =>
        Assert.Null(OldBaseDetector.Unused(Snapshot([Base(1), Version("1"), Base(4)]), Made.AddYears(1)));

    /// <summary>The base release itself stays with the version that it was confirmed with.</summary>
    [Fact]
    public void A_confirmed_base_that_is_not_the_newest_is_old_too()
    {
        var newest = Base(4) with { CreatedAt = Made };
        var records = Records.Read([Base(1), newest], []).With(new Confirmation(Release.Base, 1, Made));
        Assert.Equal(newest, OldBaseDetector.Unused(Arbitrary.Snapshot(records, Group with { Pin = 1 }), Made.AddDays(30)));
        Assert.Null(OldBaseDetector.Unused(Snapshot([Base(1), newest]), Made.AddDays(30)));
    }

    /// <summary>2026-12-28 is a Monday.</summary>
    [Theory]
    [InlineData("2026-12-28T12:00:59Z", true)]
    [InlineData("2026-12-28T12:01:00Z", false)]
    [InlineData("2026-12-28T13:00:00Z", false)]
    [InlineData("2026-12-29T12:00:00Z", false)]
    public void Sweeps_tell_it_once_a_week(string now, bool tells)
    {
        var at = DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture);
        var snapshot = Snapshot([Base(1), Version("1"), Base(4) with { CreatedAt = Made }]);
        var step = RefreshPolicy.Next(
            new Sweep("out of sync", at.AddMinutes(1)), snapshot, new PolicySettings(false, new Strategy.Replace(), Arbitrary.Rules), at);
        Assert.Equal(tells, Assert.IsType<RefreshStep.Done>(step).Result is RunResult.OldBase);
    }

    private static Snapshot Snapshot(ImmutableArray<ReleaseVersion> versions) =>
        Arbitrary.Snapshot(Records.Read(versions, []), Group with { Pin = versions.Any(version => version.Number == 3) ? 3 : 4 });

    private static ReleaseVersion Base(long number) => Arbitrary.Version(number, Release.Base);

    private static ReleaseVersion Version(string itsBase) => Arbitrary.Version(3, Its) with
    {
        Tags = TagSpecifications.None.WithInstanceTags(
            itsBase == "" ? [] : [new KeyValuePair<string, string>(ReleaseTags.BaseVersion, itsBase)]),
    };
}
