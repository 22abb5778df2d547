using Charlie.Sandbox.AutoScaling;
using Charlie.Simulation.Environments;
using Charlie.Simulation.Oracles;

namespace Charlie.Simulation.Checks;

/// <summary>
/// A confirmed release's instance that is sick gets replaced at least once: by the machines' own truth, looked at each minute.
/// </summary>
internal sealed class SickInvariant
{
    // Lifecycle waits for 3 minutes; faults may take some sweeps after that.
    private static readonly TimeSpan MaxSickness = TimeSpan.FromMinutes(20);

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly SimulatedEnvironment environment;
    private readonly Oracle oracle;
    private readonly Action<string> fail;

    // Since when it was seen sick while its release is the desired one: what a machine says of its past changes when its image turns.
    private Dictionary<string, DateTimeOffset> seenSick = [];

    public SickInvariant(SimulatedEnvironment environment, Oracle oracle, Action<string> fail)
    {
        (this.environment, this.oracle, this.fail) = (environment, oracle, fail);
        Next();
    }

    private void Next() => environment.Cloud.Scheduler.After(Minute, () =>
    {
        Check();
        Next();
    });

    private void Check()
    {
        var now = environment.Time.GetUtcNow();
        var desired = oracle.DesiredRelease();
        if (oracle.ConfirmedAt(desired) is null)
        {
            seenSick.Clear();
            return;
        }

        seenSick = environment.Group.Instances
            .Where(instance => instance.State == LifecycleState.InService && Oracle.ReleaseOf(instance.Machine.Version) == desired
                && environment.Images.ResponseOf(instance.Machine, now) is { Run: { IsHealthy: false } run } response
                && response.Now - run.Since >= Minute)
            .ToDictionary(instance => instance.Id, instance => seenSick.GetValueOrDefault(instance.Id, now));
        if (seenSick.FirstOrDefault(instance => now - instance.Value >= MaxSickness).Key is { } sick
            && !environment.Template.Tags.All.Any(tag => tag.Key == $"charlie:replaced:{desired}"))
        {
            fail($"{sick} of the confirmed release {desired} has been sick for {MaxSickness}, and nothing replaced it");
        }
    }
}
