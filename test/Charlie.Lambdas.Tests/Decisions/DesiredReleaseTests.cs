using Charlie.Lambdas.Decisions;
using CsCheck;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>The desired release over any records.</summary>
public sealed class DesiredReleaseTests
{
    [Fact]
    public void Of_any_records_is_the_greatest_above_the_rejection_or_its_fallback() =>
        Arbitrary.Records.Each(records =>
        {
            var desired = DesiredRelease.Of(records);
            var above = records.Versions.Select(version => version.Release)
                .Where(release => records.EffectiveRejection is null || release > records.EffectiveRejection.Through)
                .ToArray();
            Assert.Equal(above.Length > 0 ? above.Max() : records.EffectiveRejection!.Fallback, desired.Release);
            Assert.NotEqual(true, records.EffectiveRejection?.Covers(desired.Release));
        });

    [Fact]
    public void Version_of_a_confirmed_release_is_the_one_it_was_confirmed_with()
    {
        var release = new Release(5, 1);
        var records = new Records(
            [Arbitrary.Version(1, Release.Base), Arbitrary.Version(2, release), Arbitrary.Version(3, release)],
            [new Confirmation(release, 2, Arbitrary.Noon)],
            [],
            []);
        Assert.Equal(2, DesiredRelease.Of(records).Version!.Number);
        Assert.Equal(3, DesiredRelease.Of(records with { Confirmations = [] }).Version!.Number);
    }

    [Fact]
    public void After_a_rejection_is_the_fallback_until_a_greater_release_comes() =>
        Gen.Select(Arbitrary.Records, Arbitrary.Release).Each((records, later) =>
        {
            var desired = DesiredRelease.Of(records).Release;
            if (records.FallbackOf(desired) is not { } fallback)
            {
                return;
            }

            var rejected = records.With(records.Reject(desired, fallback, Arbitrary.Noon.AddDays(1), RejectedBy.Charlie, "app"));
            Assert.Equal(fallback, DesiredRelease.Of(rejected).Release);
            Assert.True(records.IsConfirmed(fallback));
            Assert.True(fallback < desired);

            // A push after it is desired exactly if it is above everything that was ever rejected.
            var pushed = rejected.With(Arbitrary.Version(99, later));
            var through = rejected.EffectiveRejection!.Through;
            Assert.Equal(later > through ? later : fallback, DesiredRelease.Of(pushed).Release);
        });

    [Fact]
    public void Without_a_version_or_a_rejection_is_the_base_without_a_version() =>
        Assert.Equal(new DesiredRelease(Release.Base, null), DesiredRelease.Of(new Records([], [], [], [])));

    [Fact]
    public void Since_is_the_rejection_that_made_it_desired_else_the_record_of_its_push_else_its_confirmation()
    {
        var (old, its) = (new Release(4, 1), new Release(5, 1));
        var records = new Records([Arbitrary.Version(2, old), Arbitrary.Version(3, its)], [], [], []);
        Assert.Equal(Arbitrary.Noon, DesiredRelease.Of(records).Since(records));
        var rejected = records.With(Arbitrary.Rejection(its, old, Arbitrary.Noon.AddHours(1)));
        Assert.Equal(Arbitrary.Noon.AddHours(1), DesiredRelease.Of(rejected).Since(rejected));
        var newer = rejected.With(Arbitrary.Version(4, new Release(6, 1)) with { PushedAt = Arbitrary.Noon.AddHours(2) });
        Assert.Equal(Arbitrary.Noon.AddHours(2), DesiredRelease.Of(newer).Since(newer));
        var late = newer.With(
            Arbitrary.Version(5, new Release(7, 1)) with { PushedAt = Arbitrary.Noon, CreatedAt = Arbitrary.Noon.AddHours(4) });
        Assert.Equal(Arbitrary.Noon.AddHours(4), DesiredRelease.Of(late).Since(late));

        var ofBase = new Records([Arbitrary.Version(1, Release.Base)], [], [], []);
        Assert.Null(DesiredRelease.Of(ofBase).Since(ofBase));
        var confirmed = ofBase.With(new Confirmation(Release.Base, 1, Arbitrary.Noon.AddHours(3)));
        Assert.Equal(Arbitrary.Noon.AddHours(3), DesiredRelease.Of(confirmed).Since(confirmed));
    }
}
