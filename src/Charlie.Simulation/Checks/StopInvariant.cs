using Charlie.Sandbox.AutoScaling;
using Charlie.Sandbox.Context;
using Charlie.Simulation.Environments;
using Charlie.Simulation.Oracles;

namespace Charlie.Simulation.Checks;

/// <summary>
/// While the app is stopped nothing is launched and nothing stays in service. Charlie touches the desired capacity in a handover
/// only: up to 2 while one is open and a trader in service is protected, and down to 1 again.
/// </summary>
internal sealed class StopInvariant(SimulatedEnvironment environment, Oracle oracle, Action<string> fail)
{
    // A sweep, and its retries.
    private static readonly TimeSpan Convergence = TimeSpan.FromMinutes(10);

    // From what a run of Refresh reads to its last call, with slow responses.
    private static readonly TimeSpan OneRun = TimeSpan.FromSeconds(30);

    private int? capacity;
    private DateTimeOffset? raisedAt;

    // Whether the second instance is a handover's: Charlie raised the capacity, or a person did while one was open, or just before
    // Charlie's own call set the same.
    private bool isOurs;

    // When a handover was open last: a call of the run that began it may still be on its way when another run has ended it.
    private DateTimeOffset? openAt;

    // When each instance in service was protected: a run that did not read the handover yet ends a protection, and the next sweep
    // gives it again.
    private DateTimeOffset? protectedAt;

    public void Check(TimelineEntry entry)
    {
        if (Serving.Any() && Serving.All(instance => instance.ProtectedFromScaleIn))
        {
            protectedAt = entry.At;
        }

        if (capacity is { } before && environment.Group.DesiredCapacity is var now && now != before && FunctionRun.Current is { } run
            && !IsHandover(before, now))
        {
            fail($"{run.Function} changed the desired capacity from {before} to {now}");
        }

        openAt = oracle.Requests.IsHandoverOpen ? entry.At : openAt;
        if (environment.Group.DesiredCapacity == 2 && capacity != 2)
        {
            raisedAt = entry.At;
            isOurs = FunctionRun.Current is not null || oracle.Requests.IsHandoverOpen;
        }
        else if (entry.Kind == "LaunchTemplatePinned" && FunctionRun.Current is not null && oracle.Requests.IsHandoverOpen
            && entry.At - raisedAt <= OneRun)
        {
            isOurs = true;
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

    private IEnumerable<GroupInstance> Serving =>
        environment.Group.Instances.Where(instance => instance.State == LifecycleState.InService);

    private bool IsRecent(DateTimeOffset? at) => environment.Time.GetUtcNow() - at <= DesiredReleaseHistory.Grace;

    private bool IsHandover(int before, int now) => (before, now) switch
    {
        (2, 1) => isOurs && oracle.Requests.HandoverBegun is not null,
        (1, 2) => IsRecent(openAt) && (IsRecent(protectedAt) || !Serving.Any()),
        _ => false,
    };
}
