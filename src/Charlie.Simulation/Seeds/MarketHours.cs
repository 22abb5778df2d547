using Charlie.Simulation.Environments;
using Charlie.Simulation.Plans;

namespace Charlie.Simulation.Seeds;

/// <summary>
/// The closes of a plan as scheduled actions of the group, which can be seen coming. Without that a run with a handover may meet a close
/// between its reading and its call, and raise the desired capacity of a group that is closed: AWS has no call that compares first.
/// </summary>
internal static class MarketHours
{
    /// <summary>Of closes that overlap the first one counts.</summary>
    public static void Plan(Plan plan, SimulatedEnvironment world)
    {
        var open = SimulatedEnvironment.Start;
        foreach (var close in plan.Steps.OfType<SimulationStep.Close>().OrderBy(close => close.At))
        {
            var at = SimulatedEnvironment.Start + close.At;
            if (at > open)
            {
                open = at + close.Lasts;
                world.Schedule($"close {close.At}", at, 0, 0);
                world.Schedule($"open {close.At}", open, plan.Shape.Bounds.Min, plan.Shape.Size);
            }
        }
    }
}
