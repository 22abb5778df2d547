using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>When a release counts as unconfirmed for long, and which sweeps notify a lasting state.</summary>
public sealed class UnconfirmedDetectorTests
{
    private static readonly Release Its = new(5, 1);
    private static readonly Records Records =
        Records.Read([Arbitrary.Version(3, Its)], []).With(new Attempts(Its, Arbitrary.Noon, 0, [], ""));

    private static readonly Group Group = new("charlie", 1, 3, []);

    [Theory]
    [InlineData(2759.999, false)]
    [InlineData(2760, true)]
    public void Overdue_is_fifteen_minutes_longer_than_the_deployment_deadline_and_the_bake(double seconds, bool overdue) =>
        Assert.Equal(overdue, IsOverdue(Records, Group, Arbitrary.Noon.AddSeconds(seconds)));

    [Fact]
    public void A_confirmed_release_and_a_closed_group_are_not_overdue()
    {
        var late = Arbitrary.Noon.AddDays(1);
        Assert.True(IsOverdue(Records, Group, late));
        Assert.False(IsOverdue(Records.With(new Confirmation(Its, 3, Arbitrary.Noon)), Group, late));
        Assert.False(IsOverdue(Records, Group with { DesiredCapacity = 0 }, late));
    }

    [Fact]
    public void A_release_that_was_never_launched_is_not_overdue() =>
        Assert.False(IsOverdue(Records with { Attempts = [] }, Group, Arbitrary.Noon.AddDays(1)));

    [Fact]
    public void Four_sweeps_an_hour_notify_a_lasting_state() =>
        Assert.Equal(
            [0, 15, 30, 45],
            Enumerable.Range(0, 60).Where(minute => ReportClock.IsTime(Arbitrary.Noon.AddMinutes(minute).AddSeconds(17))));

    private static bool IsOverdue(Records records, Group group, DateTimeOffset now) =>
        UnconfirmedDetector.IsOverdue(Arbitrary.Snapshot(records, group), Arbitrary.Rules, now);
}
