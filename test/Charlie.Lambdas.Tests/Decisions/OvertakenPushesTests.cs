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
    public void Only_the_newest_five_are_named_and_a_base_is_none()
    {
        Assert.Equal(["8.8", "7.7", "6.6", "5.5", "4.4"], Of(9));
        Assert.Equal(["1.1"], Of(2));
        Assert.Empty(Of(1));
    }

    [Fact]
    public void A_release_with_two_versions_is_one_push()
    {
        var records = new Records([Version(1), Version(1), Version(2)], [], [], []);
        Assert.Single(OvertakenPushes.Of(Arbitrary.Snapshot(records, new Group("charlie", 1, 1, []))));
    }

    private static IEnumerable<string> Of(int newest, params IRecordTag[] tags)
    {
        var records = tags.Aggregate(
            new Records([Arbitrary.Version(100, Release.Base), .. Enumerable.Range(1, newest).Select(Version)], [], [], []),
            (all, tag) => all.With(tag));
        return OvertakenPushes.Of(Arbitrary.Snapshot(records, new Group("charlie", 1, 1, [])))
            .Select(version => version.Release.ToString());
    }

    private static ReleaseVersion Version(int number) => Arbitrary.Version(number, new Release(number, number));
}
