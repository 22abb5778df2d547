namespace Charlie.Simulation.Plans;

/// <summary>Draws what operators request beside rollbacks, apart from the rest, so that a seed's other steps stay as they were.</summary>
/// <param name="seed">The plan's.</param>
/// <param name="safety">How long things happen.</param>
internal sealed class RequestDraw(int seed, TimeSpan safety)
{
    private static readonly string[] Holders = ["operator", "operator", "window"];

    private static readonly string[] DetailTypes =
        ["Hold Requested", "Resume Requested", "Restart Requested", "Stop Requested", "Start Requested"];

    private readonly Random random = new(unchecked((seed * 17) + 5));

    private static readonly string[] Zones = ["UTC", "America/Sao_Paulo", "Asia/Kolkata", "Europe/Lisbon"];

    /// <summary>A deploy window that is closed for some minutes of each hour; in most plans there is none.</summary>
    public static DeployWindow? Window(int seed)
    {
        var random = new Random(unchecked((seed * 29) + 11));
        return random.NextDouble() < 0.06
            ? new DeployWindow($"cron({random.Next(60)} * * * ? *)", Zones[random.Next(Zones.Length)], $"{random.Next(1, 30)}m")
            : null;
    }

    public IEnumerable<SimulationStep> Draw()
    {
        for (var holds = Chance(0.25) ? random.Next(1, 4) : 0; holds > 0; holds--)
        {
            var (at, holder, minutes) = (At(), Pick(Holders), random.Next(1, Chance(0.7) ? 20 : 60));
            yield return new SimulationStep.Hold(at, holder, Chance(0.7) ? minutes : null, Chance(0.2));
            if (Chance(0.6))
            {
                yield return new SimulationStep.Resume(at + Within(minutes + 5), Chance(0.9) ? holder : Pick(Holders), Chance(0.2));
            }
        }

        for (var restarts = Chance(0.15) ? random.Next(1, 3) : 0; restarts > 0; restarts--)
        {
            yield return new SimulationStep.Restart(At(), Chance(0.2));
        }

        if (Chance(0.12))
        {
            var at = At();
            yield return new SimulationStep.Stop(at, Chance(0.2));
            if (Chance(0.7))
            {
                yield return new SimulationStep.Start(at + Within(Chance(0.5) ? 2 : 30), Chance(0.2));
            }
        }

        for (var faults = Chance(0.2) ? random.Next(1, 4) : 0; faults > 0; faults--)
        {
            yield return new SimulationStep.Event(
                TimeSpan.FromSeconds(random.Next((int)safety.TotalSeconds)),
                Pick(DetailTypes),
                Pick(Enum.GetValues<EventFault>()),
                TimeSpan.FromSeconds(random.Next(1, 600)));
        }
    }

    private TimeSpan At() => TimeSpan.FromMilliseconds(random.Next(180_000, (int)safety.TotalMilliseconds));

    private TimeSpan Within(int minutes) => TimeSpan.FromMilliseconds(random.Next(minutes * 60_000));

    private bool Chance(double probability) => random.NextDouble() < probability;

    private T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
