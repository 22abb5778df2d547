namespace Charlie.Simulation.Plans;

/// <summary>
/// Draws what goes wrong between Notify and SNS: calls that are throttled, fail or are lost, runs that are killed or not begun. Never so
/// many that Lambda gives an alert up, which would be in the dead-letter queue. Apart from the rest, so that a seed's other steps stay
/// as they were.
/// </summary>
/// <param name="seed">The plan's.</param>
internal sealed class NotifyDraw(int seed, TimeSpan safety)
{
    private const string Notify = "Notify";

    // Three calls a run, and three runs: two runs that fail altogether leave one.
    private const int MaxCalls = 6;

    private const int MaxKills = 2;

    private static readonly CallFault[] Faults = Enum.GetValues<CallFault>();

    private readonly Random random = new(unchecked((seed * 43) + 29));

    public IEnumerable<SimulationStep> Draw()
    {
        if (random.NextDouble() < 0.25)
        {
            var fault = Faults[random.Next(Faults.Length)];
            var most = fault is CallFault.KilledBefore or CallFault.KilledAfter ? MaxKills : MaxCalls;
            yield return new SimulationStep.Call(At(), Notify, fault, random.Next(4), random.Next(1, most + 1));
        }

        if (random.NextDouble() < 0.1)
        {
            yield return new SimulationStep.Throttle(At(), Notify, random.Next(1, 4));
        }
    }

    private TimeSpan At() => TimeSpan.FromMilliseconds(random.Next((int)safety.TotalMilliseconds));
}
