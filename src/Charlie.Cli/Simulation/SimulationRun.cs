using System.Text.Json.Nodes;
using Charlie.Cli.Expectations;
using Charlie.Cli.Production;
using Charlie.Cli.Simulation.Checks;
using Charlie.Sandbox;
using Charlie.Sandbox.AutoScaling;
using Charlie.Sandbox.Ec2;

namespace Charlie.Cli.Simulation;

/// <summary>How one run ended.</summary>
/// <param name="Hash">Of all that happened; the same for the same plan.</param>
internal sealed record SimulationResult(
    Plan Plan, Violation? Violation, string Hash, Story Story, IReadOnlyDictionary<string, int> Faults, long Calls, int Deployments, IReadOnlyList<TimelineEntry> Timeline);

/// <summary>Plays a plan: first all that it drew, faults included; then without faults until the group is as it must be.</summary>
internal sealed class SimulationRun : IDisposable
{
    /// <summary>From the last fault until all must have come right. The longest way: a machine that fails until the deployment's own deadline, 30 minutes after the push, and the release before it coming back; with an instance refresh, instance by instance.</summary>
    private TimeSpan Bound => TimeSpan.FromMinutes(plan.Shape.IsRolling ? 75 : 45);

    /// <summary>How long it has to stay right: longer than a function runs, and than Lambda tries.</summary>
    private static readonly TimeSpan Steady = TimeSpan.FromMinutes(6);

    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);

    private readonly Plan plan;
    private readonly World world;
    private readonly Story story = new();
    private readonly Invariants invariants;
    private readonly Oracle oracle;
    private readonly Trace trace = new();
    private bool movesByItself;

    private SimulationRun(Plan plan, string template)
    {
        this.plan = plan;
        world = new World(plan, template, Plan.FirstImage.Name, story);
        oracle = world.Oracle;
        invariants = new Invariants(world, plan.Shape, story);
        _ = new StatesReached(world, story);
        world.Cloud.Timeline.Recorded += trace.Add;
        SetBehaviour(Plan.FirstImage.Name, plan.First);
    }

    /// <param name="plan">What happens.</param>
    /// <param name="template">The text of <c>serverless.template</c>.</param>
    public static SimulationResult Play(Plan plan, string template)
    {
        using var run = new SimulationRun(plan, template);
        return run.Play();
    }

    public void Dispose()
    {
        trace.Dispose();
        world.Dispose();
    }

    private SimulationResult Play()
    {
        foreach (var happening in plan.Happenings)
        {
            world.Time.RunUntil(World.Start + happening.At);
            if (invariants.Broken is not null)
            {
                break;
            }

            Happen(happening);
        }

        world.Time.RunUntil(World.Start + plan.Safety);
        world.Faults.Stop();
        world.Cloud.Ec2.Instances.Capacity = null;
        if (movesByItself)
        {
            // What Charlie refuses, a person has to put right.
            World.Completed(world.Operator.PinAsync(1));
        }

        ComeRight();
        trace.Add($"{world.Time.GetUtcNow().UtcTicks} {world.Wire.Calls}");
        foreach (var call in world.Cloud.Endpoint.Calls.Where(call => call.Caller is "Refresh" or "Lifecycle"))
        {
            Story.Count(story.Calls, $"{call.Caller} {call.Service}:{call.Action}");
        }

        return new SimulationResult(
            plan, invariants.Broken, trace.End(), story, world.Faults.Struck, world.Wire.Calls, story.Outcomes.GetValueOrDefault("Started"), world.Cloud.Timeline.From(0));
    }

    private void ComeRight()
    {
        var last = world.Time.GetUtcNow() + Bound;
        var since = world.Time.GetUtcNow();
        string? flaw = null;
        while (invariants.Broken is null && world.Time.GetUtcNow() < last)
        {
            world.Time.RunUntil(world.Time.GetUtcNow() + Look);
            flaw = oracle.Flaw();
            if (flaw is not null)
            {
                since = world.Time.GetUtcNow();
            }
            else if (world.Time.GetUtcNow() - since >= Steady)
            {
                return;
            }
        }

        if (flaw is not null)
        {
            invariants.Fail($"{Bound.TotalMinutes} minutes after the last fault {flaw}");
        }
    }

    private void Happen(Happening happening)
    {
        switch (happening)
        {
            case Happening.Push push:
                story.Pushed[$"{push.Pipeline}.{push.Job}"] = push.Image;
                SetBehaviour(push.Image, push.Behaviour);
                world.Put("charlie.ci", "Image Pushed", PushDetail.Of(push.Image, push.Pipeline, push.Job));
                break;
            case Happening.PushAgain again when story.Pushed.ContainsKey($"{again.Pipeline}.{again.Job}"):
                world.Put("charlie.ci", "Image Pushed", PushDetail.Of(again.Image, again.Pipeline, again.Job));
                break;
            case Happening.InvalidPush invalid:
                world.Put("charlie.ci", "Image Pushed", PushDetail.Of(invalid.Image, invalid.Pipeline, invalid.Job, invalid.Flaw));
                break;
            case Happening.ImageTurns turns when story.Pushed.ContainsValue(turns.Image):
                SetBehaviour(turns.Image, turns.Behaviour);
                break;
            case Happening.Rollback rollback:
                RollBack(rollback);
                break;
            case Happening.StackUpdate update:
                UpdateStack(update);
                break;
            case Happening.LatestPin:
                movesByItself |= World.Completed(world.Operator.PinLatestAsync());
                break;
            case Happening.PinChange change:
                movesByItself &= !World.Completed(world.Operator.PinAsync(world.Template.Versions.ElementAt(change.Version % world.Template.Versions.Count).Number));
                break;
            case Happening.InstanceDeath:
                KillInstance();
                break;
            case Happening.NoCapacity none:
                world.Cloud.Ec2.Instances.Capacity = 0;
                world.Cloud.Agenda.After(none.Lasts, () => world.Cloud.Ec2.Instances.Capacity = null);
                world.Faults.Count("NoCapacity");
                break;
            case Happening.Call call:
                world.Faults.Arm(call);
                break;
            case Happening.SlowAnswers slow:
                world.Faults.Arm(slow);
                world.Faults.Count("SlowAnswers");
                break;
            case Happening.ServiceThrottle throttle:
                world.Faults.Arm(throttle);
                break;
            case Happening.LaggingReads lagging:
                world.Faults.Arm(lagging);
                break;
            case Happening.Event fault:
                world.Faults.Arm(fault);
                break;
            case Happening.Throttle throttle:
                world.Faults.Arm(throttle);
                break;
        }
    }

    private void RollBack(Happening.Rollback rollback)
    {
        var from = rollback.From ?? oracle.TargetRelease();
        story.Requested.Add(from);
        var detail = new JsonObject { ["app"] = ProductionGroup.Name, ["fromRelease"] = from, ["reason"] = "customers complain" };
        if (rollback.To is { } to)
        {
            detail["toRelease"] = to;
        }

        for (var times = rollback.Twice ? 2 : 1; times > 0; times--)
        {
            world.Put("charlie.ops", "Rollback Requested", detail);
        }
    }

    private void UpdateStack(Happening.StackUpdate update)
    {
        var machineImage = $"ami-{world.Template.Versions.Count:x17}";
        if (update.Flaw is { } flaw)
        {
            world.Cloud.Images.SetMachine(machineImage, new Sandbox.Instances.ImageBehaviour(flaw, TimeSpan.FromSeconds(20), TimeSpan.Zero, "of the machine image"));
            world.Faults.Count("BadBase");
        }

        World.Complete(world.Operator.UpdateStackAsync(Plan.FirstImage.Name, machineImage));
    }

    private void KillInstance()
    {
        if (world.Group.Instances.LastOrDefault(instance => LifecycleStates.Counts(instance.State) && instance.Machine.IsAlive) is { } youngest)
        {
            story.Bereaved.Add(Oracle.ImageOf(youngest.Machine.Version) ?? "");
            world.Cloud.Timeline.Record("fault", "InstanceKilled", youngest.Id, $"{youngest.Id} dies at once");
            world.Cloud.Ec2.Instances.Kill(youngest.Machine);
            world.Faults.Count("InstanceDeath");
        }
    }

    private void SetBehaviour(string image, Sandbox.Instances.ImageBehaviour behaviour)
    {
        story.Behaves(image, behaviour);
        world.Cloud.Images.Set(image.Split('@')[1], behaviour);
        world.Cloud.Timeline.Record("instance", "ImageBehaviourSet", image, $"image {image[^8..]} behaves {behaviour.Kind} after {behaviour.BootTime.TotalSeconds:0} s, for {behaviour.HealthyFor.TotalSeconds:0} s");
    }
}
