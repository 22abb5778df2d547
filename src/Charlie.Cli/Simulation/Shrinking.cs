using System.Collections.Immutable;

namespace Charlie.Cli.Simulation;

/// <summary>Finds a shorter plan that still breaks something: happenings are left out in chunks, ever smaller ones, down to single ones.</summary>
internal static class Shrinking
{
    /// <summary>The smallest failing run found, and how many runs that took.</summary>
    /// <param name="failed">A run that broke a promise.</param>
    /// <param name="play">Plays a plan.</param>
    /// <param name="most">As many runs as may be tried.</param>
    public static (SimulationResult Smallest, int Tried) Shrink(SimulationResult failed, Func<Plan, SimulationResult> play, int most = 300)
    {
        var (smallest, tried) = (failed, 0);
        for (var size = Math.Max(1, failed.Plan.Happenings.Length / 2); size >= 1; size /= 2)
        {
            for (var from = 0; from < smallest.Plan.Happenings.Length && tried < most;)
            {
                tried++;
                var result = play(smallest.Plan with { Happenings = Without(smallest.Plan.Happenings, from, size) });
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

        return (smallest, tried);
    }

    private static ImmutableArray<Happening> Without(ImmutableArray<Happening> happenings, int from, int size) =>
        happenings.RemoveRange(from, Math.Min(size, happenings.Length - from));
}
