using Charlie.Sandbox;
using Charlie.Sandbox.AutoScaling;
using Charlie.Sandbox.Context;
using Charlie.Sandbox.Ec2;
using Charlie.Simulation.Environments;
using Charlie.Simulation.Oracles;
using Charlie.Simulation.Plans;
using Charlie.Simulation.Scenarios;

namespace Charlie.Simulation.Checks;

/// <summary>What may be done to instances: admitted, abandoned, replaced, and pinned for the next launch.</summary>
internal sealed class InstanceInvariants(
    SimulatedEnvironment environment, GroupShape shape, Oracle oracle, DesiredReleaseHistory desired, Action<string> fail)
{
    /// <summary>The stack's HealthSuccesses by default.</summary>
    public const int Successes = 3;

    private static readonly TimeSpan Convergence = TimeSpan.FromMinutes(10);

    // Ten minutes, and a read that lags.
    private static readonly TimeSpan NearAction = TimeSpan.FromMinutes(11);

    private readonly HashSet<string> admitted = [];
    private readonly HashSet<string> serving = [];

    private DateTimeOffset Now => environment.Time.GetUtcNow();

    public void Check(TimelineEntry entry)
    {
        switch (entry.Kind)
        {
            case "LifecycleStateChanged" when entry.Data is { } state && state["state"] == "Pending":
                Launched(entry.Subject);
                break;
            case "LifecycleStateChanged" when entry.Data is { } state && state["state"] == "InService":
                InService(entry.Subject);
                break;
            case "LifecycleStateChanged" when entry.Data is { } state && state["state"] == "Terminating":
                Terminating(entry.Subject);
                break;
            case "LifecycleActionCompleted" when entry.Data is { } ended && ended["result"] == "CONTINUE":
                Continued(entry.Subject);
                break;
            case "LifecycleActionCompleted" when entry.Data is { } given && given["result"] == "ABANDON":
                Abandoned(entry.Subject);
                break;
            case "LaunchTemplatePinned" when FunctionRun.Current is not null && shape.IsRolling:
                Pinned(entry.Data!["version"]);
                break;
        }
    }

    /// <summary>An instance was reported as admitted.</summary>
    public void ReportedReady(string? id)
    {
        if (id is null || !admitted.Contains(id))
        {
            fail($"{id} was reported as admitted, and its launch hook was not completed");
        }
    }

    // Without faults some sweeps are enough to end every launch of another release. A refresh that Auto Scaling itself rolls
    // back after an hour launches first, and is cancelled then.
    private void Launched(string id)
    {
        var release = ReleaseOf(id);
        if (release != desired.Release && desired.HasStoodFor(Convergence, Now) && environment.Faults.StoppedAt is { } stopped
            && Now - stopped > Convergence && !(environment.Group.Refresh?.Rollback?.StartTime > Now - Convergence))
        {
            fail($"{id} of release {release} was launched although release {desired.Release} had been the desired one for {Convergence}");
        }
    }

    private void InService(string id)
    {
        serving.Add(id);
        // The group may not have seen yet that a machine has died.
        if (environment.Group.Instances.Count(one => one.State == LifecycleState.InService && one.Machine.IsAlive) > shape.MaxInService)
        {
            fail($"{id} went in service beside {shape.MaxInService} others");
        }

        var release = ReleaseOf(id);
        if (!desired.Was(release, Now))
        {
            fail($"{id} of release {release} went in service although release {desired.Release} is the desired one");
        }
    }

    // Refresh replaces what runs another release, by itself where the strategy is Replace.
    private void Terminating(string id)
    {
        if (serving.Remove(id) && shape.IsHandover && FunctionRun.Current is { } run)
        {
            HandedOver(id, run);
        }

        if (environment.Group.DesiredCapacity > 0 && !shape.IsRolling
            && FunctionRun.Current is { Function: "Refresh" } && ReleaseOf(id) == desired.Release
            && desired.IsSettled(Now) && !IsStoppedOrRestarted(id))
        {
            fail($"Refresh terminated {id}, which runs the desired release {desired.Release}");
        }
    }

    // A trader is stopped for another machine only when that one is prepared.
    private void HandedOver(string id, FunctionRun run)
    {
        if (environment.Group.DesiredCapacity == 0 || oracle.Requests.IsStopped || !desired.IsSettled(Now)
            || Now - oracle.Requests.Changed <= DesiredReleaseHistory.Grace)
        {
            return;
        }

        var next = environment.Group.Instances.Where(instance => instance.State == LifecycleState.PendingWait).ToList();
        if (run.Function == "Refresh")
        {
            // Near a scheduled action it is a Replace.
            if (environment.Group.ScheduledActions.Values.Any(planned => planned.Action.StartTime - Now < NearAction))
            {
                return;
            }

            fail($"Refresh terminated {id} in service, and no other machine was prepared");
        }
        else if ((ReleaseOf(id) != desired.Release || run.SuccessesOf(id) > 0)
            && !next.Exists(instance => ReleaseOf(instance.Id) == desired.Release && run.PreparedOf(instance.Id) >= Successes))
        {
            fail($"{id} was handed over from, and no machine of release {desired.Release} was prepared in {Successes} probes in a row");
        }
        else if (ReleaseOf(id) != desired.Release && environment.Group.DesiredCapacity != 1)
        {
            fail($"{id} was handed over from, and the desired capacity is {environment.Group.DesiredCapacity}");
        }
        else if (!run.HasFreshRecords)
        {
            fail($"{id} was handed over from on records that were read before its probes");
        }
    }

    private void Continued(string id)
    {
        admitted.Add(id);
        if (FunctionRun.Current is not { } run || run.SuccessesOf(id) < Successes)
        {
            fail($"{id} was admitted without {Successes} successful probes in a row");
        }
        else if (!run.HasFreshRecords)
        {
            fail($"{id} was admitted on records that were read before its probes");
        }
    }

    // A release with an application failure is rejected first: nothing else keeps the group from launching it again.
    private void Abandoned(string id)
    {
        if (FunctionRun.Current is { } run
            && environment.Group.DesiredCapacity > 0
            && environment.Group.Instances.Any(instance => instance.Id == id)
            && ReleaseOf(id) == desired.Release
            && desired.IsSettled(Now)
            && !IsStoppedOrRestarted(id)
            && !IsOneTooMany
            && !run.ReportedNoApp(id)
            && !oracle.Confirmed().ContainsKey(desired.Release)
            && oracle.HasFallback(desired.Release))
        {
            fail($"{id} of release {desired.Release} was abandoned before its release was rejected");
        }
    }

    // A refresh is rolled back to the pin.
    private void Pinned(string version)
    {
        var release = environment.Template.Find(version) is { } pinned ? Oracle.ReleaseOf(pinned) : desired.Release;
        if (!oracle.Confirmed().ContainsKey(release)
            && environment.Group.Instances.FirstOrDefault(instance =>
                instance.State == LifecycleState.InService
                && Now - instance.InServiceSince > DesiredReleaseHistory.Grace
                && Oracle.ReleaseOf(instance.Machine.Version) != release) is { } other)
        {
            fail($"release {release} was pinned while {other.Id} of release {Oracle.ReleaseOf(other.Machine.Version)} served: a rollback would lead to what is rolled back");
        }
    }

    // Or was so a moment ago, when a run read the records.
    // A person lowered the desired capacity while two machines were there.
    private bool IsOneTooMany =>
        environment.Group.Instances.Count(instance => LifecycleStates.Counts(instance.State)) > environment.Group.DesiredCapacity;

    private bool IsStoppedOrRestarted(string id) =>
        oracle.Requests.IsStopped
        || Now - oracle.Requests.Changed <= DesiredReleaseHistory.Grace
        || environment.Group.Instances.First(instance => instance.Id == id).Machine.LaunchTime < oracle.Requests.RestartedAt;

    private string ReleaseOf(string id) =>
        Oracle.ReleaseOf(environment.Group.Instances.First(instance => instance.Id == id).Machine.Version);
}
