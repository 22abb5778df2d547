using System.Collections.Immutable;
using Charlie.Simulation.Images;

namespace Charlie.Simulation.Plans;

/// <summary>
/// Draws images whose machines start the app and fall silent, apart from the rest, so that a seed's other steps stay as they were.
/// </summary>
internal static class SilentMachines
{
    private const double Share = 0.06;

    public static ImmutableArray<SimulationStep> DrawnInto(ImmutableArray<SimulationStep> steps, int seed)
    {
        var random = new Random(unchecked((seed * 37) + 13));
        string[] images = [.. steps.OfType<SimulationStep.Push>().Select(push => push.Image).Distinct()];
        if (random.NextDouble() >= Share || images is [])
        {
            return steps;
        }

        var image = images[random.Next(images.Length)];
        var answers = TimeSpan.FromMilliseconds(random.Next(2) == 0 ? 1 : random.Next(1, 60_000));
        return
        [
            .. steps.Select(step => step is SimulationStep.Push push && push.Image == image
                ? push with { Behaviour = new ImageBehaviour(BehaviourKind.StartsThenSilent, push.Behaviour.BootTime, answers, null) }
                : step),
        ];
    }
}
