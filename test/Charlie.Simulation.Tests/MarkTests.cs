using System.Reflection;
using Charlie.Lambdas.Decisions;
using Charlie.Simulation.Seeds;

namespace Charlie.Simulation.Tests;

/// <summary>The seeds come to every kind of step, result and decision that the product has.</summary>
public sealed class MarkTests
{
    private static readonly Type[] Unions = [typeof(RefreshStep), typeof(WatchStep), typeof(RunResult), typeof(InstanceDecision)];

    // The last of a run is counted as its result. What is quiet is not acted on. A base is old after 30 days, and no run is that long:
    // OldBaseDetectorTests. An image makes all of its machines sick, and not one of many: InstancePolicyTests.
    private static readonly string[] Elsewhere =
    [
        "RefreshStep.Done", "WatchStep.Stop", "InstanceDecision.NothingToDo", "InstanceDecision.Wait", "RunResult.OldBase",
        "InstanceDecision.ReplaceAlone",
    ];

    [LongFact]
    public void No_mark_is_zero()
    {
        var counted = Runs.Run(new SeedRange(1, 300)).Marks;

        Assert.Equal(
            Unions.SelectMany(union => union.GetNestedTypes(BindingFlags.NonPublic))
                .Select(kind => $"{kind.DeclaringType!.Name}.{kind.Name}").Except(Elsewhere).Order(StringComparer.Ordinal),
            counted.Keys);
        Assert.All(counted.Values, count => Assert.NotEqual(0, count));
    }
}
