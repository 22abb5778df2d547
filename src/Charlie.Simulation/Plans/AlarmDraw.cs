namespace Charlie.Simulation.Plans;

/// <summary>
/// Draws when the app's alarm fires: around pushes, where it may be before, in and after the bake. Apart from the rest, so that a seed's
/// other steps stay as they were.
/// </summary>
/// <param name="seed">The plan's.</param>
internal sealed class AlarmDraw(int seed)
{
    private const string DetailType = "CloudWatch Alarm State Change";

    private static readonly EventFault[] Faults = Enum.GetValues<EventFault>();

    private readonly Random random = new(unchecked((seed * 41) + 23));

    /// <param name="pushes">When images are pushed.</param>
    public IEnumerable<SimulationStep> Draw(IReadOnlyList<TimeSpan> pushes)
    {
        for (var alarms = pushes.Count > 0 && random.NextDouble() < 0.1 ? random.Next(1, 4) : 0; alarms > 0; alarms--)
        {
            var at = pushes[random.Next(pushes.Count)] + TimeSpan.FromMilliseconds(random.Next(240_000));
            yield return new SimulationStep.AlarmFires(at, random.NextDouble() < 0.2);
            if (random.NextDouble() < 0.2)
            {
                var (fault, delay) = (Faults[random.Next(Faults.Length)], TimeSpan.FromSeconds(random.Next(1, 300)));
                yield return new SimulationStep.Event(at - TimeSpan.FromSeconds(1), DetailType, fault, delay);
            }
        }
    }
}
