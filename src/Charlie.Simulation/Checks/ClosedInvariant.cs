using Charlie.Sandbox.AutoScaling;
using Charlie.Simulation.Environments;

namespace Charlie.Simulation.Checks;

/// <summary>While the group is closed nothing stays in service: a protection must not keep a trader that a schedule has ended.</summary>
internal sealed class ClosedInvariant
{
    // Some sweeps, each of which may be lost or late.
    private static readonly TimeSpan MaxOpen = TimeSpan.FromMinutes(12);

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly SimulatedEnvironment environment;
    private readonly Action<string> fail;
    private DateTimeOffset? closedSince;

    public ClosedInvariant(SimulatedEnvironment environment, Action<string> fail)
    {
        (this.environment, this.fail) = (environment, fail);
        Next();
    }

    private DateTimeOffset Now => environment.Time.GetUtcNow();

    private void Next() => environment.Cloud.Scheduler.After(Minute, () =>
    {
        Check();
        Next();
    });

    private void Check()
    {
        closedSince = environment.Group.DesiredCapacity > 0 ? null : closedSince ?? Now;
        if (Now - closedSince > MaxOpen
            && environment.Group.Instances.FirstOrDefault(instance => instance.State == LifecycleState.InService) is { } kept)
        {
            fail($"{kept.Id} is in service although the group was closed at {closedSince:HH:mm:ss}");
        }
    }
}
