using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>Groups that Charlie must not touch, and groups that do not get on.</summary>
public sealed class StandstillTests
{
    private static readonly Strategy Replace = new Strategy.Replace();
    private static readonly Strategy.Rolling LaunchFirst = new(100, 200, TimeSpan.FromSeconds(60));

    private static readonly Group Right = new("charlie", 1, 3, []);

    public static TheoryData<string> Obstacles => new("suspended", "mixed-instances", "warm pool", "no number", "desired capacity", "Rolling", "singleton");

    [Theory]
    [MemberData(nameof(Obstacles))]
    public void A_group_that_would_not_come_back_as_it_must_is_refused_with_what_to_do(string obstacle)
    {
        var traits = GroupTraits.Plain;
        var group = obstacle switch
        {
            "suspended" => Right with { Traits = traits with { Suspended = ["AZRebalance", "Launch"] } },
            "mixed-instances" => Right with { Pin = null, Traits = traits with { HasMixedInstancesPolicy = true } },
            "warm pool" => Right with { Traits = traits with { HasWarmPool = true } },
            "no number" => Right with { Pin = null },
            "desired capacity" or "Rolling" => Right with { DesiredCapacity = 2 },
            _ => Right with { Traits = traits with { LaunchesFirst = true } },
        };
        Assert.Contains(obstacle, Refusal.Of(group, singleton: true, Replace), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Launch")]
    [InlineData("Terminate")]
    public void A_suspended_process_that_is_needed_is_named(string process) =>
        Assert.StartsWith(
            $"the group's process {process} is suspended",
            Refusal.Of(Right with { Traits = GroupTraits.Plain with { Suspended = [process] } }, singleton: true, Replace),
            StringComparison.Ordinal);

    [Fact]
    public void Any_other_group_is_not_refused()
    {
        Assert.Null(Refusal.Of(Right, singleton: true, Replace));
        Assert.Null(Refusal.Of(Right with { DesiredCapacity = 0 }, singleton: true, Replace));
        Assert.Null(Refusal.Of(Right with { Traits = GroupTraits.Plain with { LaunchesFirst = true, Suspended = ["AZRebalance"] } }, singleton: false, Replace));
    }

    [Fact]
    public void A_rolling_group_may_be_of_any_size_and_a_singleton_of_one_that_never_runs_twice()
    {
        Assert.Null(Refusal.Of(Right with { DesiredCapacity = 1000 }, singleton: false, LaunchFirst));
        Assert.Null(Refusal.Of(Right, singleton: true, LaunchFirst with { MinHealthyPercentage = 90, MaxHealthyPercentage = 100 }));
        Assert.Contains("set it to 1", Refusal.Of(Right with { DesiredCapacity = 2 }, singleton: true, LaunchFirst with { MinHealthyPercentage = 90, MaxHealthyPercentage = 100 }), StringComparison.Ordinal);
        Assert.Contains("MaxHealthyPercentage", Refusal.Of(Right, singleton: true, LaunchFirst), StringComparison.Ordinal);
        Assert.Contains("MinHealthyPercentage", Refusal.Of(Right, singleton: true, LaunchFirst with { MaxHealthyPercentage = 100 }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(90, 100, false)]
    [InlineData(100, 100, true)]
    [InlineData(90, 101, true)]
    [InlineData(100, 200, true)]
    public void Percentages_tell_whether_the_group_launches_first(int least, int most, bool first) =>
        Assert.Equal(first, (LaunchFirst with { MinHealthyPercentage = least, MaxHealthyPercentage = most }).LaunchesFirst);

    [Fact]
    public void A_target_without_an_instance_is_stuck_after_a_quarter_of_an_hour_and_told_four_times_an_hour()
    {
        var release = new Release(5, 1);
        var records = Records.Read([Arbitrary.Version(1, Release.Base), Arbitrary.Version(3, release)], []);
        var (target, since) = (Target.Of(records), Arbitrary.Noon);
        Assert.False(Standstill.IsStuck(records, target, Right, since.AddMinutes(14)));
        Assert.True(Standstill.IsStuck(records, target, Right, since.AddMinutes(15)));
        Assert.True(Standstill.IsStuck(records, target, Right with { Instances = [new GroupInstance("i-1", "Terminating", 3)] }, since.AddHours(1)));
        Assert.True(Standstill.IsStuck(records, target, Right with { Instances = [new GroupInstance("i-1", "Pending", 1)] }, since.AddHours(1)));
        Assert.False(Standstill.IsStuck(records, target, Right with { Instances = [new GroupInstance("i-1", "Pending", 3)] }, since.AddHours(1)));
        Assert.Equal(4, Enumerable.Range(0, 60).Count(minute => Standstill.IsTold(since.AddMinutes(minute).AddSeconds(17))));
    }
}
