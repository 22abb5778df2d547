using Charlie.Lambdas.Decisions;
using CsCheck;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>What Refresh decides, over any records.</summary>
public sealed class RefreshDecisionTests
{
    private static readonly DateTimeOffset Later = Arbitrary.Noon.AddDays(1);

    [Fact]
    public void A_push_is_stale_exactly_if_something_newer_or_a_rollback_stands_against_it() =>
        Gen.Select(Arbitrary.Records, Arbitrary.Release).Sample((records, release) =>
        {
            var overtaken = records.CountingFloor?.Rejects(release) == true || release < Target.Of(records).Release;
            var decision = RefreshDecision.Decide(Push(release), records);
            Assert.Equal(overtaken, decision is RefreshDecision.LeaveStale);
        });

    [Fact]
    public void A_push_that_is_not_stale_becomes_the_target_and_comes_again_without_a_second_version() =>
        Gen.Select(Arbitrary.Records, Arbitrary.Release).Sample((records, release) =>
        {
            switch (RefreshDecision.Decide(Push(release), records))
            {
                case RefreshDecision.CreateVersion create:
                    Assert.True(create.BaseVersion.IsBase);
                    var after = records.With(Arbitrary.Version(99, release));
                    Assert.Equal(release, Target.Of(after).Release);
                    Assert.IsType<RefreshDecision.Converge>(RefreshDecision.Decide(Push(release), after));
                    break;
                case RefreshDecision.Converge:
                    Assert.Equal(release, Target.Of(records).Release);
                    break;
            }
        });

    [Fact]
    public void The_same_release_with_another_image_is_rejected()
    {
        var release = new Release(5, 1);
        var records = new Records([Arbitrary.Version(1, Release.Base), Arbitrary.Version(2, release)], [], [], []);
        var reject = Assert.IsType<RefreshDecision.Reject>(RefreshDecision.Decide(Push(release) with { Image = "r@sha256:other" }, records));
        Assert.Contains(Arbitrary.Image(release), reject.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rollback_takes_only_the_target_away_goes_below_it_and_does_nothing_the_second_time() =>
        Gen.Select(Arbitrary.Records, Arbitrary.Release, Arbitrary.Release.Nullable()).Sample((records, from, to) =>
        {
            var request = new RollbackRequest(from, to, "orders rejected", Later);
            switch (RefreshDecision.Decide(request, records, Later))
            {
                case RefreshDecision.RaiseFloor raise:
                    Assert.Equal(Target.Of(records).Release, from);
                    var after = records.With(raise.Floor);
                    Assert.Equal(raise.Floor.GoBackTo, Target.Of(after).Release);
                    Assert.True(raise.Floor.GoBackTo < from && records.HasVersion(raise.Floor.GoBackTo));
                    Assert.Equal(to ?? raise.Floor.GoBackTo, raise.Floor.GoBackTo);
                    Assert.IsType<RefreshDecision.LeaveStale>(RefreshDecision.Decide(request, after, Later));
                    break;
                case RefreshDecision.LeaveStale:
                    Assert.NotEqual(Target.Of(records).Release, from);
                    break;
                case RefreshDecision.Reject:
                    Assert.True(to is null ? records.GoBackFrom(from) is null : to >= from || !records.HasVersion(to.Value));
                    break;
            }
        });

    [Fact]
    public void A_rollback_that_is_older_than_the_newest_floor_is_stale()
    {
        var (good, bad) = (new Release(4, 1), new Release(5, 1));
        var records = new Records(
            [Arbitrary.Version(1, Release.Base), Arbitrary.Version(2, good), Arbitrary.Version(3, bad)],
            [new ConfirmedMark(good, 2, Arbitrary.Noon)],
            [new Floor(new Release(3, 1), Release.Base, new Release(3, 1), Arbitrary.Noon, "charlie: app")],
            []);
        var early = new RollbackRequest(bad, null, "late in the mail", Arbitrary.Noon.AddSeconds(-1));
        Assert.IsType<RefreshDecision.LeaveStale>(RefreshDecision.Decide(early, records, Later));
        Assert.IsType<RefreshDecision.RaiseFloor>(RefreshDecision.Decide(early with { RequestedAt = Later }, records, Later));
    }

    private static Push Push(Release release) =>
        new(release, Arbitrary.Image(release), new string('a', 40), "https://gitlab.com/example/charlie/-/pipelines/1", 4242, Later);
}
