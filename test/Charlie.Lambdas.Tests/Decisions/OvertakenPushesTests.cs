using System.Collections.Immutable;
using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>Which pushes came to no end of their own.</summary>
public sealed class OvertakenPushesTests
{
    private static readonly Release Newest = new(9, 9);

    [Fact]
    public void They_lie_between_the_last_end_and_the_desired_release()
    {
        Assert.Equal(["8.8", "7.7"], Of(9, new Confirmation(new Release(6, 6), 6, Arbitrary.Noon)));
        Assert.Equal(["8.8"], Of(9, Arbitrary.Rejection(new Release(7, 7), new Release(6, 6), Arbitrary.Noon)));
        Assert.Empty(Of(9, new Confirmation(new Release(8, 8), 8, Arbitrary.Noon)));
        Assert.Equal(
            ["8.8", "7.7"],
            Of(9, new Confirmation(Newest, 9, Arbitrary.Noon), new Confirmation(new Release(6, 6), 6, Arbitrary.Noon)));
    }

    [Fact]
    public void The_last_end_counts_and_a_release_that_was_rejected_came_to_one()
    {
        Assert.Equal(
            ["8.8", "7.7"],
            Of(9, new Confirmation(new Release(3, 3), 3, Arbitrary.Noon), new Confirmation(new Release(6, 6), 6, Arbitrary.Noon)));
        Assert.Empty(Of(
            9,
            Arbitrary.Rejection(new Release(8, 8), new Release(3, 3), Arbitrary.Noon) with { From = new Release(5, 5) },
            Arbitrary.Rejection(Newest, new Release(6, 6), Arbitrary.Noon.AddHours(1))));
    }

    /// <summary>What waits for a hold to end is above the desired release, and was not overtaken.</summary>
    [Fact]
    public void What_a_hold_keeps_back_is_none() =>
        Assert.Equal(
            ["7.7"],
            Of(
                9,
                new Hold(Holder.Operator, new Release(8, 8), Arbitrary.Noon, null, "elections"),
                new Confirmation(new Release(6, 6), 6, Arbitrary.Noon)));

    [Fact]
    public void Only_the_newest_twenty_are_named_and_a_base_is_none()
    {
        Assert.Equal(["8.8", "7.7", "6.6", "5.5", "4.4", "3.3", "2.2", "1.1"], Of(9));
        Assert.Equal(Enumerable.Range(10, 20).Reverse().Select(number => $"{number}.{number}"), Of(30));
        Assert.Equal(["1.1"], Of(2));
        Assert.Empty(Of(1));
    }

    [Fact]
    public void A_release_with_two_versions_is_one_push()
    {
        var records = new Records([Version(1), Version(1), Version(2)], [], [], []);
        Assert.Single(OvertakenPushes.Of(records, new Release(2, 2)));
    }

    /// <summary>Where no start named them, since no instance ran, the release's own end does.</summary>
    [Fact]
    public void A_release_that_came_to_its_end_overtook_the_same()
    {
        var records = new Records([.. Enumerable.Range(1, 3).Select(Version)], [], [], [])
            .With(new Confirmation(new Release(1, 1), 1, Arbitrary.Noon))
            .With(Arbitrary.Rejection(new Release(3, 3), new Release(1, 1), Arbitrary.Noon.AddHours(1)));
        Assert.Equal(new Release(2, 2), Assert.Single(OvertakenPushes.Of(records, new Release(3, 3))).Release);
    }

    private static IEnumerable<string> Of(int newest, params IRecordTag[] tags)
    {
        var records = tags.Aggregate(
            new Records([Arbitrary.Version(100, Release.Base), .. Enumerable.Range(1, newest).Select(Version)], [], [], []),
            (all, tag) => all.With(tag));
        return OvertakenPushes.Of(records, Arbitrary.Snapshot(records, new Group("charlie", 1, 1, [])).Desired.Release)
            .Select(version => version.Release.ToString());
    }

    private static ReleaseVersion Version(int number) => Arbitrary.Version(number, new Release(number, number));
}
