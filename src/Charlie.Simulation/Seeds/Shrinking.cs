using System.Collections.Immutable;
using Charlie.Simulation.Checks;
using Charlie.Simulation.Plans;

namespace Charlie.Simulation.Seeds;

/// <summary>
/// Finds a shorter plan that still breaks something: steps are left out in chunks, ever smaller ones, down to single
/// ones.
/// </summary>
internal static class Shrinking
{
    /// <summary>The smallest failing run found, and how many runs that took.</summary>
    /// <param name="failed">A run that broke a promise.</param>
    /// <param name="run">Runs a plan.</param>
    /// <param name="maxRuns">The largest number of runs.</param>
    public static (SimulationResult Smallest, int Attempts) Shrink(
        SimulationResult failed, Func<Plan, SimulationResult> run, int maxRuns = 300)
    {
        var (smallest, attempts) = (failed, 0);
        for (var size = Math.Max(1, failed.Plan.Steps.Length / 2); size >= 1; size /= 2)
        {
            for (var from = 0; from < smallest.Plan.Steps.Length && attempts < maxRuns;)
            {
                attempts++;
                var result = run(smallest.Plan with { Steps = Without(smallest.Plan.Steps, from, size) });
                if (result.Violation is not null)
                {
                    smallest = result;
                }
                else
                {
                    from += size;
                }
            }
        }

        return (smallest, attempts);
    }

    private static ImmutableArray<SimulationStep> Without(ImmutableArray<SimulationStep> steps, int from, int size) =>
        steps.RemoveRange(from, Math.Min(size, steps.Length - from));
}
