using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>Which of several results a run reports.</summary>
public sealed class RunResultTests
{
    private static readonly ReleaseVersion Version = Arbitrary.Version(3, new Release(5, 1));

    private static readonly InstanceFacts Facts = Arbitrary.Facts(new GroupInstance("i-1", "InService", 3));

    private static readonly RunResult[] Ordered =
    [
        new RunResult.NothingToDo("first"),
        new RunResult.InstanceReady(Facts, Version),
        new RunResult.Superseded(Facts, Version, Version.Release),
        new RunResult.Retrying(Facts, Version, 1, "machine"),
        new RunResult.Failed(Facts, Version, 1, "app"),
        new RunResult.AllClear(new DesiredRelease(Version.Release, Version), Arbitrary.Noon, Arbitrary.Noon, WasTold: true),
        new RunResult.Confirmed(Facts, Version, Arbitrary.Noon, null),
        new RunResult.RolledBack(Facts, Version, Arbitrary.Rejection(Version.Release, Release.Base, Arbitrary.Noon), null),
    ];

    [Fact]
    public void The_greater_of_two_is_reported_and_of_equals_the_first()
    {
        foreach (var (low, one) in Ordered.Index())
        {
            Assert.Same(one, RunResult.Greater(null, one));
            foreach (var (high, other) in Ordered.Index())
            {
                Assert.Same(low >= high ? one : other, RunResult.Greater(one, other));
            }
        }

        var second = new RunResult.NothingToDo("second");
        Assert.Same(Ordered[0], RunResult.Greater(Ordered[0], second));
    }

    [Fact]
    public void A_sick_instance_is_as_great_as_a_failed_one_and_a_group_that_is_down_as_great_as_one_that_is_up_again()
    {
        var unhealthy = new RunResult.Unhealthy(Facts, Version, 1, true, "app");
        Assert.Same(unhealthy, RunResult.Greater(unhealthy, Ordered[4]));
        Assert.Same(Ordered[4], RunResult.Greater(Ordered[4], unhealthy));
        var stuck = new RunResult.Stuck(new DesiredRelease(Version.Release, Version), Arbitrary.Noon, null, Arbitrary.Noon);
        Assert.Same(stuck, RunResult.Greater(stuck, Ordered[5]));
        Assert.Same(Ordered[5], RunResult.Greater(Ordered[5], stuck));
    }

    [Fact]
    public void An_outage_that_no_one_was_told_of_hides_no_failure()
    {
        var silent = new RunResult.AllClear(new DesiredRelease(Version.Release, Version), Arbitrary.Noon, Arbitrary.Noon, WasTold: false);
        Assert.False(silent.IsNews);
        Assert.Same(silent, RunResult.Greater(Ordered[1], silent));
        Assert.Same(Ordered[3], RunResult.Greater(silent, Ordered[3]));
    }

    [Fact]
    public void News_are_failures_and_final_outcomes() =>
        Assert.Equal([false, false, false, true, true, true, true, true], Ordered.Select(result => result.IsNews));
}
