namespace Charlie.Simulation.Plans;

/// <summary>
/// Draws what people and machines do in the middle of a handover, apart from the rest, so that other seeds stay as they were.
/// </summary>
/// <param name="seed">The plan's.</param>
internal sealed class HandoverDraw(int seed)
{
    private readonly Random random = new(unchecked((seed * 37) + 13));

    /// <param name="pushes">When images are pushed: a handover takes place in the minutes after that.</param>
    public IEnumerable<SimulationStep> Draw(IReadOnlyList<TimeSpan> pushes)
    {
        foreach (var push in pushes)
        {
            if (Chance(0.1))
            {
                yield return new SimulationStep.TraderDeath(push + Soon());
            }

            if (Chance(0.1))
            {
                yield return new SimulationStep.Capacity(push + Soon(), Chance(0.6) ? 1 : 2);
            }

            if (Chance(0.05))
            {
                yield return new SimulationStep.Close(push + Soon(), TimeSpan.FromSeconds(random.Next(60, 1200)));
            }
        }
    }

    private TimeSpan Soon() => TimeSpan.FromMilliseconds(random.Next(1000, 150_000));

    private bool Chance(double probability) => random.NextDouble() < probability;
}
