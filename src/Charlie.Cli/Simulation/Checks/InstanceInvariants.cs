using Charlie.Cli.Expectations;
using Charlie.Sandbox;
using Charlie.Sandbox.AutoScaling;
using Charlie.Sandbox.Ec2;

namespace Charlie.Cli.Simulation.Checks;

/// <summary>What may be done to instances: let in, given up, replaced, and pinned for the next of them.</summary>
internal sealed class InstanceInvariants(World world, GroupShape shape, Oracle oracle, TargetHistory target, Action<string> fail)
{
    /// <summary>The stack's HealthSuccesses by default.</summary>
    public const int Successes = 3;

    private static readonly TimeSpan Convergence = TimeSpan.FromMinutes(10);

    private readonly HashSet<string> letIn = [];

    private DateTimeOffset Now => world.Time.GetUtcNow();

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

    /// <summary>An instance was reported to have been let in.</summary>
    public void ReportedReady(string? id)
    {
        if (id is null || !letIn.Contains(id))
        {
            fail($"{id} was reported to be let in, and its launch hook was not completed");
        }
    }

    // With nothing that goes wrong any more, some sweeps are enough to end what launches anything else.
    private void Launched(string id)
    {
        var release = ReleaseOf(id);
        if (release != target.Release && target.HasStoodFor(Convergence, Now) && world.Faults.StoppedAt is { } stopped && Now - stopped > Convergence)
        {
            fail($"{id} of release {release} was launched where release {target.Release} should have run for {Convergence}");
        }
    }

    private void InService(string id)
    {
        if (world.Group.Instances.Count(instance => instance.State == LifecycleState.InService) > shape.Most)
        {
            fail($"{id} went in service beside {shape.Most} others");
        }

        var release = ReleaseOf(id);
        if (!target.Was(release, Now))
        {
            fail($"{id} of release {release} went in service where release {target.Release} should run");
        }
    }

    // Refresh replaces what runs another release, by itself where the strategy is Replace.
    private void Terminating(string id)
    {
        if (!shape.IsRolling && FunctionRun.Current is { Function: "Refresh" } && ReleaseOf(id) == target.Release && target.IsSettled(Now))
        {
            fail($"Refresh terminated {id}, which runs release {target.Release} as it should");
        }
    }

    private void Continued(string id)
    {
        letIn.Add(id);
        if (FunctionRun.Current is not { } run || run.ProofsOf(id) < Successes)
        {
            fail($"{id} was let in without {Successes} proofs in a row");
        }
        else if (!run.HasFreshRecords)
        {
            fail($"{id} was let in on records that were read before it was proved");
        }
    }

    // What is given up for the app's fault must be rejected before: nothing else keeps the group from launching it again.
    private void Abandoned(string id)
    {
        if (FunctionRun.Current is { } run
            && world.Group.Instances.Any(instance => instance.Id == id)
            && ReleaseOf(id) == target.Release
            && target.IsSettled(Now)
            && !run.BlamedMachine(id)
            && !oracle.Confirmed().ContainsKey(target.Release)
            && oracle.CanGoBackFrom(target.Release))
        {
            fail($"{id} of release {target.Release} was given up before its release was rejected");
        }
    }

    // A refresh is rolled back to the pin.
    private void Pinned(string version)
    {
        var release = world.Template.Find(version) is { } pinned ? Oracle.ReleaseOf(pinned) : target.Release;
        if (!oracle.Confirmed().ContainsKey(release)
            && world.Group.Instances.FirstOrDefault(instance =>
                instance.State == LifecycleState.InService
                && Now - instance.InServiceSince > TargetHistory.Grace
                && Oracle.ReleaseOf(instance.Machine.Version) != release) is { } other)
        {
            fail($"release {release} was pinned while {other.Id} of release {Oracle.ReleaseOf(other.Machine.Version)} served: a rollback would lead to what is rolled back");
        }
    }

    private string ReleaseOf(string id) => Oracle.ReleaseOf(world.Group.Instances.First(instance => instance.Id == id).Machine.Version);
}
