using System.Text.Json.Nodes;
using Charlie.Lambdas.Functions;
using Charlie.Sandbox;
using Charlie.Sandbox.AutoScaling;
using Charlie.Sandbox.Context;
using Charlie.Sandbox.Ec2;
using Charlie.Sandbox.Template;
using Charlie.Simulation.Checks;
using Charlie.Simulation.Environments;
using Charlie.Simulation.Images;
using Charlie.Simulation.Oracles;
using Charlie.Simulation.Plans;
using Charlie.Simulation.Production;

namespace Charlie.Simulation.Seeds;

/// <summary>How one run ended.</summary>
/// <param name="Hash">Of all that happened; the same for the same plan.</param>
internal sealed record SimulationResult(
    Plan Plan, Violation? Violation, string Hash, RunRecord Record, IReadOnlyDictionary<string, int> Faults, long Calls,
        int Deployments, IReadOnlyList<TimelineEntry> Timeline);

/// <summary>Runs a plan: first all that it drew, faults included; then without faults until the group is as it must be.</summary>
internal sealed class SimulationRun : IDisposable
{
    /// <summary>
    /// From the last fault until all must have come right. The longest way: machines that fail until the deployment's
    /// own deadline, 30 minutes after the first launch, one more that takes its whole time, and the release before it
    /// coming back; with an instance refresh, instance by instance, each of which takes its whole boot. An outage that began
    /// before ends within 40 minutes.
    /// </summary>
    private TimeSpan Bound => plan.Shape.IsRolling
        ? TimeSpan.FromMinutes(150) + (plan.Shape.Size * plan.LongestStart)
        : TimeSpan.FromMinutes(100);

    /// <summary>How long it must stay right: longer than a function runs, and than Lambda retries.</summary>
    private static readonly TimeSpan Steady = TimeSpan.FromMinutes(6);

    private static readonly TimeSpan PollInterval = TimeSpan.FromMinutes(1);

    private readonly Plan plan;
    private readonly SimulatedEnvironment world;
    private readonly RunRecord record = new();
    private readonly Invariants invariants;
    private readonly Oracle oracle;
    private readonly Trace trace = new();
    private readonly List<SimulationStep.RollbackAtConfirmation> races = [];
    private bool movesByItself;

    private SimulationRun(Plan plan, TemplateDocument template, Tier tier, Action<SimulatedEnvironment>? observe)
    {
        this.plan = plan;
        world = new SimulatedEnvironment(plan, template, Plan.FirstImage.Name, record, tier);
        oracle = world.Oracle;
        invariants = new Invariants(world, plan.Shape, record);
        _ = new StatesReached(world, record);
        world.Cloud.Timeline.Recorded += trace.Add;
        world.Cloud.Timeline.Recorded += Race;
        SetBehaviour(Plan.FirstImage.Name, plan.First);
        observe?.Invoke(world);
    }

    /// <param name="plan">What happens.</param>
    /// <param name="template"><c>serverless.template</c>, read by this thread.</param>
    /// <param name="tier">How the functions reach AWS.</param>
    /// <param name="observe">Sees the environment before the first step; <c>null</c> for nobody.</param>
    public static SimulationResult Run(
        Plan plan, TemplateDocument template, Tier tier, Action<SimulatedEnvironment>? observe = null)
    {
        using var run = new SimulationRun(plan, template, tier, observe);
        Mark.Counter = run.record.Count;
        return run.Run();
    }

    public void Dispose()
    {
        Mark.Counter = null;
        trace.Dispose();
        world.Dispose();
    }

    private SimulationResult Run()
    {
        if (plan.Shape.IsHandover)
        {
            MarketHours.Plan(plan, world);
        }

        foreach (var step in plan.Steps)
        {
            world.Time.RunUntil(SimulatedEnvironment.Start + step.At);
            if (invariants.Violation is not null)
            {
                break;
            }

            Happen(step);
        }

        world.Time.RunUntil(SimulatedEnvironment.Start + plan.Safety);
        world.Faults.Stop();
        world.GitLab?.Faults.Stop();
        world.Cloud.Ec2.Instances.Capacity = null;
        if (movesByItself)
        {
            // What Charlie refuses, an operator must put right.
            SimulatedEnvironment.Completed(world.Operator.PinAsync(1));
        }

        if (plan.Shape.IsHandover && world.Group.DesiredCapacity > 1 && !oracle.Requests.IsHandoverOpen)
        {
            // Two that a person set are refused, and nobody's to change.
            SimulatedEnvironment.Complete(world.Operator.SetCapacityAsync(plan.Shape.Bounds.Min, 1));
        }

        ComeRight();
        trace.Add($"{world.Time.GetUtcNow().UtcTicks} {world.Path.Calls}");
        foreach (var call in world.Cloud.Endpoint.Calls.Where(call => call.Caller is "Refresh" or "Lifecycle" or "Notify"))
        {
            RunRecord.Count(record.Calls, $"{call.Caller} {call.Service}:{call.Action}");
        }

        return new SimulationResult(
            plan, invariants.Violation, trace.End(), record, world.Faults.Injected, world.Path.Calls,
                record.Outcomes.GetValueOrDefault("Started"), world.Cloud.Timeline.From(0));
    }

    private void ComeRight()
    {
        var last = world.Time.GetUtcNow() + Bound;
        var since = world.Time.GetUtcNow();
        string? violation = null;
        while (invariants.Violation is null && world.Time.GetUtcNow() < last)
        {
            world.Time.RunUntil(world.Time.GetUtcNow() + PollInterval);
            violation = oracle.Violation();
            if (violation is not null)
            {
                since = world.Time.GetUtcNow();
            }
            else if (world.Time.GetUtcNow() - since >= Steady)
            {
                if (invariants.AtEnd(plan) is { } unanswered)
                {
                    invariants.Fail(unanswered);
                }

                return;
            }
        }

        if (violation is not null)
        {
            invariants.Fail($"{Bound.TotalMinutes} minutes after the last fault {violation}");
        }
    }

    private void Happen(SimulationStep step)
    {
        switch (step)
        {
            case SimulationStep.Push push:
                // A job that is run again pushes an image that does what it did before.
                if (!record.Pushed.ContainsValue(push.Image))
                {
                    SetBehaviour(push.Image, push.Behaviour);
                }

                record.Pushed[$"{push.Pipeline}.{push.Job}"] = push.Image;
                world.Put("charlie.ci", "Image Pushed", Detail(push.Image, push.Pipeline, push.Job));
                break;
            case SimulationStep.PushAgain again when record.Pushed.ContainsKey($"{again.Pipeline}.{again.Job}"):
                world.Put("charlie.ci", "Image Pushed", Detail(again.Image, again.Pipeline, again.Job));
                break;
            case SimulationStep.InvalidPush invalid:
                world.Put("charlie.ci", "Image Pushed", Detail(invalid.Image, invalid.Pipeline, invalid.Job, invalid.Violation));
                break;
            case SimulationStep.ImageTurns turns when record.Pushed.ContainsValue(turns.Image):
                SetBehaviour(turns.Image, turns.Behaviour);
                break;
            case SimulationStep.Rollback rollback:
                RollBack(rollback);
                break;
            case SimulationStep.Hold hold:
                Request("Hold Requested", RequestDetail.Hold(hold.Holder, hold.Minutes), hold.Twice);
                break;
            case SimulationStep.Resume resume:
                Request("Resume Requested", RequestDetail.Resume(resume.Holder), resume.Twice);
                break;
            case SimulationStep.Restart restart:
                Request("Restart Requested", RequestDetail.Of("the secret was rotated"), restart.Twice);
                break;
            case SimulationStep.Stop stop:
                Request("Stop Requested", RequestDetail.Of("the broker is closed"), stop.Twice);
                break;
            case SimulationStep.Start start:
                Request("Start Requested", RequestDetail.Of("the broker is open"), start.Twice);
                break;
            case SimulationStep.AlarmFires alarm:
                record.Alarms.Add(world.Time.GetUtcNow());
                for (var times = alarm.Twice ? 2 : 1; times > 0; times--)
                {
                    world.FireAlarm(StackParameters.Alarm);
                }

                break;
            case SimulationStep.RollbackAtConfirmation race:
                races.Add(race);
                break;
            case SimulationStep.StackUpdate update:
                UpdateStack(update);
                break;
            case SimulationStep.LatestPin:
                movesByItself |= SimulatedEnvironment.Completed(world.Operator.PinLatestAsync());
                break;
            case SimulationStep.PinChange change:
                movesByItself &= !SimulatedEnvironment.Completed(
                    world.Operator.PinAsync(world.Template.Versions.ElementAt(change.Version % world.Template.Versions.Count).Number));
                break;
            case SimulationStep.InstanceDeath:
                KillInstance(isOldest: false);
                break;
            case SimulationStep.TraderDeath:
                KillInstance(isOldest: true);
                break;
            case SimulationStep.Capacity capacity when world.Group.DesiredCapacity > 0:
                SimulatedEnvironment.Complete(world.Operator.SetCapacityAsync(plan.Shape.Bounds.Min, capacity.To));
                world.Faults.Count("CapacityChanged");
                break;
            case SimulationStep.NoCapacity none:
                world.Cloud.Ec2.Instances.Capacity = 0;
                world.Cloud.Scheduler.After(none.Lasts, () => world.Cloud.Ec2.Instances.Capacity = null);
                world.Faults.Count("NoCapacity");
                break;
            case SimulationStep.AppOutage outage:
                world.Images.Add(new Images.Outage(world.Time.GetUtcNow(), world.Time.GetUtcNow() + outage.Lasts));
                world.Faults.Count("AppOutage");
                break;
            case SimulationStep.Close close:
                Close(close.Lasts);
                break;
            case SimulationStep.Call call:
                world.Faults.Arm(call);
                break;
            case SimulationStep.SlowResponses slow:
                world.Faults.Arm(slow);
                world.Faults.Count("SlowResponses");
                break;
            case SimulationStep.ServiceThrottle throttle:
                world.Faults.Arm(throttle);
                break;
            case SimulationStep.LaggingReads lagging:
                world.Faults.Arm(lagging);
                break;
            case SimulationStep.GitLabFails fails:
                world.GitLab?.Faults.Arm(fails);
                break;
            case SimulationStep.Event fault:
                world.Faults.Arm(fault);
                break;
            case SimulationStep.Throttle throttle:
                world.Faults.Arm(throttle);
                break;
        }
    }

    // As the component's job makes it, with a deployment that it created where the stack tells GitLab.
    private JsonObject Detail(string image, long pipeline, long job, PushViolation? violation = null) =>
        PushDetail.Of(image, pipeline, job, violation, world.GitLab?.DeploymentOf($"{pipeline}.{job}"));

    private void RollBack(SimulationStep.Rollback rollback)
    {
        var from = rollback.From ?? oracle.DesiredRelease();
        record.Requested[from] = record.Requested.GetValueOrDefault(from) + 1;
        Request("Rollback Requested", RequestDetail.Rollback(from, rollback.To), rollback.Twice);
    }

    private void Request(string detailType, JsonObject detail, bool twice)
    {
        for (var times = twice ? 2 : 1; times > 0; times--)
        {
            world.Put("charlie.ops", detailType, detail);
        }
    }

    private void Race(TimelineEntry entry)
    {
        if (races.Count == 0
            || entry is not { Kind: "TagsCreated", Data: { } tags }
            || !tags.ContainsKey("charlie:in-service-at")
            || world.Group.Instances.FirstOrDefault(instance => instance.Id == entry.Subject) is not { } entered
            || races.Find(race => race.Release == Oracle.ReleaseOf(entered.Machine.Version)) is not { } race)
        {
            return;
        }

        races.Remove(race);
        if (world.Faults.StoppedAt is null)
        {
            world.Faults.Arm(new SimulationStep.LaggingReads(race.At, race.After + TimeSpan.FromSeconds(30), race.Lag));
            world.Cloud.Scheduler.After(race.After, () => RollBack(new SimulationStep.Rollback(race.At, race.Release, null, false)));
        }
    }

    private void UpdateStack(SimulationStep.StackUpdate update)
    {
        var machineImage = $"ami-{world.Template.Versions.Count:x17}";
        if (update.Behaviour is { } behaviour)
        {
            world.Images.SetMachine(
                machineImage, new Images.ImageBehaviour(behaviour, TimeSpan.FromSeconds(20), TimeSpan.Zero, "of the machine image"));
            world.Faults.Count("BadBase");
        }

        SimulatedEnvironment.Complete(world.Operator.UpdateStackAsync(Plan.FirstImage.Name, machineImage));
    }

    private void Close(TimeSpan lasts)
    {
        world.Faults.Count("Closed");
        if (plan.Shape.IsHandover)
        {
            // It is a scheduled action: see MarketHours.
            return;
        }

        SimulatedEnvironment.Complete(world.Operator.SetCapacityAsync(0, 0));
        world.Cloud.Scheduler.After(
            lasts, () => SimulatedEnvironment.Complete(world.Operator.SetCapacityAsync(plan.Shape.Bounds.Min, plan.Shape.Size)));
    }

    private void KillInstance(bool isOldest)
    {
        var alive = world.Group.Instances.Where(instance => LifecycleStates.Counts(instance.State) && instance.Machine.IsAlive);
        if ((isOldest ? alive.FirstOrDefault() : alive.LastOrDefault()) is { } victim)
        {
            record.Bereaved.Add(Oracle.ImageOf(victim.Machine.Version) ?? "");
            world.Cloud.Timeline.Record("fault", "InstanceKilled", victim.Id, $"{victim.Id} dies at once");
            world.Cloud.Ec2.Instances.Kill(victim.Machine);
            world.Faults.Count("InstanceDeath");
        }
    }

    private void SetBehaviour(string image, Images.ImageBehaviour behaviour)
    {
        record.Behaves(image, behaviour);
        world.Images.Set(image.Split('@')[1], behaviour);
        world.Cloud.Timeline.Record("instance", "ImageBehaviourSet", image, $"image {image[^8..]} behaves {behaviour.Kind} after {behaviour.BootTime.TotalSeconds:0} s, for {behaviour.HealthyFor.TotalSeconds:0} s");
    }
}
