using System.Collections.Immutable;
using Charlie.Simulation.Environments;
using Charlie.Simulation.Plans;
using Charlie.Simulation.Seeds;

namespace Charlie.Simulation.Tests;

/// <summary>Both tiers make the same calls and come to the same decisions.</summary>
public sealed class TierTests
{
    [Fact]
    public void The_first_seeds_go_the_same_way_in_both_tiers() => SameWay(new SeedRange(1, 12));

    [LongFact]
    public void Three_hundred_seeds_go_the_same_way_in_both_tiers() => SameWay(new SeedRange(301, 600));

    private static void SameWay(SeedRange seeds)
    {
        var (deep, wire) = (Runs.Run(seeds), Runs.Run(seeds, Tier.Wire));

        // The hash has every step of the run in it, and at its end the time and the number of calls.
        Assert.Equal(wire.Hashes, deep.Hashes);
        Assert.Equal(wire.FunctionCalls, deep.FunctionCalls);
        Assert.Equal(wire.Faults, deep.Faults);
        Assert.Equal(wire.Errors, deep.Errors);
        Assert.Equal(seeds.Count, deep.Runs);
        var plans = Enumerable.Range(seeds.First, seeds.Count).Select(Plan.Draw).ToImmutableArray();
        Assert.Contains(plans, plan => plan.Shape.IsRolling);
        Assert.Contains(plans, plan => !plan.Shape.IsRolling);
        Assert.NotEmpty(deep.Errors);
    }
}
