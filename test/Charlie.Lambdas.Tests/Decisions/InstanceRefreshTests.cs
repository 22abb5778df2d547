using Charlie.Lambdas.Decisions;
using CsCheck;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>What a group's instance refresh says, and what follows from one that the group rolled back.</summary>
public sealed class InstanceRefreshTests
{
    private static readonly Release Old = new(4, 1);
    private static readonly Release Its = new(5, 1);

    private static readonly Records Records =
        new([Arbitrary.Version(2, Old), Arbitrary.Version(3, Its)], [new Confirmation(Old, 2, Arbitrary.Noon)], [], []);

    [Theory]
    [InlineData("Pending", true, false, false, false)]
    [InlineData("InProgress", true, false, true, false)]
    [InlineData("Baking", true, false, true, false)]
    [InlineData("Cancelling", true, true, false, false)]
    [InlineData("RollbackInProgress", true, false, false, true)]
    [InlineData("Successful", false, false, false, false)]
    [InlineData("Failed", false, false, false, false)]
    [InlineData("Cancelled", false, false, false, false)]
    [InlineData("RollbackSuccessful", false, false, false, true)]
    [InlineData("RollbackFailed", false, false, false, true)]
    public void Status_tells_what_can_be_done(string status, bool active, bool cancelling, bool canRollBack, bool rolledBack)
    {
        var refresh = new InstanceRefresh("r-1", status, 3, Arbitrary.Noon, null);
        Assert.Equal(
            (active, cancelling, canRollBack, rolledBack),
            (refresh.IsActive, refresh.IsCancelling, refresh.CanRollBack, refresh.IsRolledBack));
    }

    [Fact]
    public void Launches_its_version_and_the_pin_where_it_names_none_or_is_rolled_back()
    {
        var refresh = new InstanceRefresh("r-1", "InProgress", 3, Arbitrary.Noon, null);
        Assert.Equal(3, refresh.Launches(2));
        Assert.Equal(2, (refresh with { Version = null }).Launches(2));
        Assert.Equal(2, (refresh with { Status = "RollbackInProgress" }).Launches(2));
    }

    [Theory]
    [InlineData("it failed", "its instance refresh was rolled back: it failed")]
    [InlineData(null, "its instance refresh was rolled back: no reason was given")]
    public void Rejection_names_the_group_and_its_reason(string? reason, string written)
    {
        var group = new Group("charlie", 1, 2, [])
        {
            Refresh =
            new InstanceRefresh("r-1", "RollbackSuccessful", 3, Arbitrary.Noon, reason)
        };
        Assert.Equal(
            new Rejection(Its, Old, Its, Arbitrary.Noon.AddHours(1), RejectedBy.Group, written),
            InstanceRefresh.RejectionOf(group, DesiredRelease.Of(Records), Records, Arbitrary.Noon.AddHours(1)));
        Assert.Null(InstanceRefresh.RejectionOf(
            group with { Refresh = group.Refresh with { StartedAt = Arbitrary.Noon.AddSeconds(-1) } },
            DesiredRelease.Of(Records), Records, Arbitrary.Noon.AddHours(1)));
    }

    [Fact]
    public void Rejection_is_made_once_and_not_of_a_release_that_was_desired_again() =>
        Gen.Select(Arbitrary.Records, Arbitrary.Groups, Arbitrary.Refreshes).Each(
            (records, read, refresh) =>
            {
                var (group, desired) = (read with { Refresh = refresh }, DesiredRelease.Of(records));
                if (InstanceRefresh.RejectionOf(group, desired, records, Arbitrary.Noon.AddHours(3)) is not { } rejection)
                {
                    return;
                }

                Assert.StartsWith("Rollback", refresh!.Status, StringComparison.Ordinal);
                Assert.True(rejection.Covers(desired.Release) && rejection.From == desired.Release
                    && !records.IsConfirmed(desired.Release));
                var (after, back) = (records.With(rejection), DesiredRelease.Of(records.With(rejection)));
                Assert.True(records.IsConfirmed(back.Release) && back.Release == rejection.Fallback);
                Assert.Null(InstanceRefresh.RejectionOf(group, back, after, Arbitrary.Noon.AddHours(4)));
                var again = records.With(
                    rejection with { Fallback = desired.Release, Through = new Release(9, 9), At = refresh.StartedAt.AddSeconds(1) });
                Assert.Equal(desired.Release, DesiredRelease.Of(again).Release);
                Assert.Null(InstanceRefresh.RejectionOf(group, DesiredRelease.Of(again), again, Arbitrary.Noon.AddHours(4)));
            },
            count: 20_000);
}
