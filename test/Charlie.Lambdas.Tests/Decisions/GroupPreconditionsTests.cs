using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>Group configurations that Charlie refuses, and those that it takes.</summary>
public sealed class GroupPreconditionsTests
{
    private static readonly Strategy Replace = new Strategy.Replace();
    private static readonly Strategy.Rolling LaunchFirst = new(100, 200, TimeSpan.FromSeconds(60));

    private static readonly Group Allowed = new("charlie", 1, 3, []);

    public static TheoryData<string> Violations =>
        new("suspended", "mixed-instances", "warm pool", "no number", "desired capacity", "Rolling", "singleton");

    [Theory]
    [MemberData(nameof(Violations))]
    public void A_violation_names_what_is_wrong(string violation)
    {
        var traits = GroupTraits.Plain;
        var group = violation switch
        {
            "suspended" => Allowed with { Traits = traits with { Suspended = ["AZRebalance", "Launch"] } },
            "mixed-instances" => Allowed with { Pin = null, Traits = traits with { HasMixedInstancesPolicy = true } },
            "warm pool" => Allowed with { Traits = traits with { HasWarmPool = true } },
            "no number" => Allowed with { Pin = null },
            "desired capacity" or "Rolling" => Allowed with { DesiredCapacity = 2 },
            _ => Allowed with { Traits = traits with { LaunchesFirst = true } },
        };
        Assert.Contains(violation, GroupPreconditions.Violation(group, singleton: true, Replace), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Launch")]
    [InlineData("Terminate")]
    public void A_suspended_process_is_named(string process) =>
        Assert.StartsWith(
            $"the group's process {process} is suspended",
            GroupPreconditions.Violation(Allowed with { Traits = GroupTraits.Plain with { Suspended = [process] } }, singleton: true,
                Replace),
            StringComparison.Ordinal);

    [Fact]
    public void A_violation_says_what_to_do()
    {
        var traits = GroupTraits.Plain;
        Assert.Equal(
            "the group's process Launch and Terminate is suspended: resume it"
            + " (aws autoscaling resume-processes --auto-scaling-group-name charlie)",
            Violation(Allowed with { Traits = traits with { Suspended = ["Terminate", "Launch"] } }, Replace));
        Assert.Equal(
            "the group has a mixed-instances policy: let it launch from the launch template itself",
            Violation(Allowed with { Traits = traits with { HasMixedInstancesPolicy = true } }, Replace));
        Assert.Equal(
            "the group has a warm pool, whose instances were launched from older versions: delete it",
            Violation(Allowed with { Traits = traits with { HasWarmPool = true } }, Replace));
        Assert.Equal(
            "the group's launch template version is no number: pin one (aws autoscaling update-auto-scaling-group),"
            + " since $Latest and $Default move by themselves",
            Violation(Allowed with { Pin = null }, Replace));
        Assert.Equal(
            "the group's desired capacity is 2 and strategy Replace is for one instance: set it to 1, or take strategy Rolling",
            Violation(Allowed with { DesiredCapacity = 2 }, Replace));
        Assert.Equal(
            "the app is a singleton and the group's desired capacity is 2: set it to 1",
            Violation(Allowed with { DesiredCapacity = 2 }, LaunchFirst));
        Assert.Equal(
            "the app is a singleton and the group's maintenance policy launches before it terminates: set it to 0/100",
            Violation(Allowed with { Traits = traits with { LaunchesFirst = true } }, Replace));
        Assert.Equal(
            "the app is a singleton and the healthy percentages launch before they terminate:"
            + " set MinHealthyPercentage below 100 and MaxHealthyPercentage to 100",
            Violation(Allowed, LaunchFirst));

        static string? Violation(Group group, Strategy strategy) => GroupPreconditions.Violation(group, singleton: true, strategy);
    }

    [Fact]
    public void Any_other_group_has_no_violation()
    {
        Assert.Null(GroupPreconditions.Violation(Allowed, singleton: true, Replace));
        Assert.Null(GroupPreconditions.Violation(Allowed with { DesiredCapacity = 0 }, singleton: true, Replace));
        Assert.Null(GroupPreconditions.Violation(
            Allowed with { Traits = GroupTraits.Plain with { LaunchesFirst = true, Suspended = ["AZRebalance"] } }, singleton: false,
            Replace));
    }

    [Fact]
    public void A_rolling_group_has_any_size_and_a_singleton_never_runs_twice()
    {
        Assert.Null(GroupPreconditions.Violation(Allowed with { DesiredCapacity = 1000 }, singleton: false, LaunchFirst));
        Assert.Null(GroupPreconditions.Violation(Allowed, singleton: true,
            LaunchFirst with { MinHealthyPercentage = 90, MaxHealthyPercentage = 100 }));
        Assert.Contains("set it to 1",
            GroupPreconditions.Violation(Allowed with { DesiredCapacity = 2 }, singleton: true,
            LaunchFirst with { MinHealthyPercentage = 90, MaxHealthyPercentage = 100 }), StringComparison.Ordinal);
        Assert.Contains("MaxHealthyPercentage", GroupPreconditions.Violation(Allowed, singleton: true, LaunchFirst),
            StringComparison.Ordinal);
        Assert.Contains("MinHealthyPercentage",
            GroupPreconditions.Violation(Allowed, singleton: true, LaunchFirst with { MaxHealthyPercentage = 100 }),
            StringComparison.Ordinal);
    }
}
