using System.Collections.Immutable;
using Charlie.Simulation.Environments;
using Charlie.Simulation.Plans;

namespace Charlie.Simulation.Checks;

/// <summary>
/// An operator's request that nothing hinders leaves its record: what the product records is not asked of the records themselves.
/// </summary>
internal static class RequestInvariant
{
    /// <summary>What is wrong at the end of a run; <c>null</c> when nothing is, or where a fault may have lost the request.</summary>
    public static string? Violation(Plan plan, SimulatedEnvironment environment)
    {
        if (plan.Steps.Any(IsFault))
        {
            return null;
        }

        var keys = environment.Template.Tags.All.Select(tag => tag.Key).ToImmutableHashSet();
        return plan.Steps.Select(RecordOf).FirstOrDefault(key => key is not null && !keys.Contains(key)) is { } missing
            ? $"an operator's request has left no record {missing}"
            : null;
    }

    private static string? RecordOf(SimulationStep step) => step switch
    {
        SimulationStep.Hold hold => $"charlie:hold:{hold.Holder}",
        SimulationStep.Stop => "charlie:stopped",
        _ => null,
    };

    private static bool IsFault(SimulationStep step) =>
        step is SimulationStep.Call or SimulationStep.Event or SimulationStep.Throttle or SimulationStep.ServiceThrottle
            or SimulationStep.SlowResponses or SimulationStep.LaggingReads;
}
