using Charlie.Sandbox.AutoScaling;
using Charlie.Sandbox.Context;
using Charlie.Simulation.Environments;
using Charlie.Simulation.Oracles;

namespace Charlie.Simulation.Checks;

/// <summary>
/// While the app is stopped nothing is launched and nothing stays in service; Charlie never touches the desired capacity.
/// </summary>
internal sealed class StopInvariant(SimulatedEnvironment environment, Oracle oracle, Action<string> fail)
{
    // A sweep, and its retries.
    private static readonly TimeSpan Convergence = TimeSpan.FromMinutes(10);

    private int? capacity;

    public void Check(TimelineEntry entry)
    {
        if (capacity is { } before && environment.Group.DesiredCapacity != before && FunctionRun.Current is { } run)
        {
            fail($"{run.Function} changed the desired capacity from {before} to {environment.Group.DesiredCapacity}");
        }

        capacity = environment.Group.DesiredCapacity;
        if (entry is not { Kind: "LifecycleStateChanged", Data: { } data }
            || !oracle.Requests.IsStopped
            || environment.Faults.StoppedAt is not { } stopped
            || entry.At - stopped < Convergence
            || entry.At - oracle.Requests.Changed < Convergence)
        {
            return;
        }

        if (data["state"] is "Pending" or "InService")
        {
            fail($"{entry.Subject} is {data["state"]} although the app was stopped at {oracle.Requests.Changed:HH:mm:ss}");
        }
    }
}
