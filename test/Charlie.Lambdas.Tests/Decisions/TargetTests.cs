using Charlie.Lambdas.Decisions;
using CsCheck;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>The target over any records.</summary>
public sealed class TargetTests
{
    [Fact]
    public void It_is_the_newest_push_that_the_counting_floor_does_not_reject_else_where_the_floor_goes_back_to() =>
        Arbitrary.Records.Sample(records =>
        {
            var target = Target.Of(records);
            var above = records.Versions.Select(version => version.Release)
                .Where(release => records.CountingFloor is null || release > records.CountingFloor.Rejected)
                .ToArray();
            Assert.Equal(above.Length > 0 ? above.Max() : records.CountingFloor!.GoBackTo, target.Release);
            Assert.NotEqual(true, records.CountingFloor?.Rejects(target.Release));
        });

    [Fact]
    public void Its_version_is_the_one_it_was_confirmed_with()
    {
        var release = new Release(5, 1);
        var records = new Records(
            [Arbitrary.Version(1, Release.Base), Arbitrary.Version(2, release), Arbitrary.Version(3, release)],
            [new ConfirmedMark(release, 2, Arbitrary.Noon)],
            [],
            []);
        Assert.Equal(2, Target.Of(records).Version!.Number);
        Assert.Equal(3, Target.Of(records with { Confirmed = [] }).Version!.Number);
    }

    [Fact]
    public void A_raised_floor_takes_the_target_away_and_only_a_greater_release_brings_another() =>
        Gen.Select(Arbitrary.Records, Arbitrary.Release).Sample((records, later) =>
        {
            var target = Target.Of(records).Release;
            if (records.GoBackFrom(target) is not { } goBackTo)
            {
                return;
            }

            var raised = records.With(records.RaiseFloor(target, goBackTo, Arbitrary.Noon.AddDays(1), "charlie: app"));
            Assert.Equal(goBackTo, Target.Of(raised).Release);
            Assert.True(records.IsConfirmed(goBackTo));
            Assert.True(goBackTo < target);

            // A push behind it comes through exactly if it is above everything that was ever rejected.
            var pushed = raised.With(Arbitrary.Version(99, later));
            var rejected = raised.CountingFloor!.Rejected;
            Assert.Equal(later > rejected ? later : goBackTo, Target.Of(pushed).Release);
        });

    [Fact]
    public void Going_back_never_ends_at_a_release_that_a_floor_rejects() =>
        Gen.Select(Arbitrary.Records, Arbitrary.Release).Sample((records, from) =>
        {
            if (records.GoBackFrom(from) is { } goBackTo)
            {
                Assert.DoesNotContain(records.Floors, floor => floor.Rejects(goBackTo));
                Assert.True(records.HasVersion(goBackTo));
            }
        });
}
