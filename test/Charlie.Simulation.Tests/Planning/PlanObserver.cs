using System.Text.Json;
using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Events;
using Charlie.Operations;
using Charlie.Operations.Planning;
using Charlie.Operations.Reading;
using Charlie.Operations.Stack;
using Charlie.Sandbox.Context;
using Charlie.Simulation.Environments;
using Charlie.Simulation.Production;

namespace Charlie.Simulation.Tests.Planning;

/// <summary>
/// Plans each run of Refresh, a sweep or a request, in the moment in which it begins, with the operator's own reader, and
/// compares the plan with what the run then executed. A run that something changed AWS under, or that a fault struck, is
/// not compared.
/// </summary>
internal sealed class PlanObserver
{
    private readonly Dictionary<FunctionRun, Planned> open = [];
    private readonly List<string> differences = [];

    /// <summary>What a run did otherwise than its plan said.</summary>
    public IReadOnlyList<string> Differences => differences;

    public int Compared { get; private set; }

    /// <summary>How often each action was planned and done.</summary>
    public SortedDictionary<string, int> Actions { get; } = new(StringComparer.Ordinal);

    public void Observe(SimulatedEnvironment world)
    {
        var parameter = StackDescription.ParameterOf(ProductionGroup.Name);
        var stack = StackDescription.Read(
            ProductionGroup.Name, world.Stack.Model.StoredParameters.Single(one => one.Name == parameter).Value);
        var clients = world.ClientsOf("AKIAPLANNER");
        var reader = new AppReader(stack, clients.Ec2, clients.AutoScaling, world.Time);
        world.Host.Began += (run, running) => Begin(run, running.Any(other => other.Function == "Refresh"), world, reader, stack);
        world.Host.Reported += (run, _) => End(run, world);
        world.Executed += (run, action) => open.GetValueOrDefault(run)?.Executed.Add(action);
        world.Cloud.Timeline.Recorded += Disturb;
    }

    private void Begin(FunctionRun run, bool isBesideAnother, SimulatedEnvironment world, AppReader reader, StackDescription stack)
    {
        if (run.Function != "Refresh")
        {
            return;
        }

        foreach (var other in open.Values)
        {
            other.IsDisturbed = true;
        }

        if (isBesideAnother
            || RequestOf(run, world, stack) is not { } request
            || world.Faults.Lag > TimeSpan.Zero
            || world.Faults.Slowness > TimeSpan.Zero)
        {
            return;
        }

        var flow = FunctionRun.Current;
        FunctionRun.Current = null;
        try
        {
            var snapshot = SimulatedEnvironment.Completed(reader.ReadAsync());
            var plan = Planner.Plan(request, snapshot, stack.Settings, world.Time.GetUtcNow());
            open[run] = new Planned(plan.Decided, snapshot, Faults(world));
        }
        catch (OperationException)
        {
            // The desired release has no version any more: the run fails with the same words.
        }
        finally
        {
            FunctionRun.Current = flow;
        }
    }

    private static RefreshRequest? RequestOf(FunctionRun run, SimulatedEnvironment world, StackDescription stack)
    {
        using var document = JsonDocument.Parse(run.Payload);
        return new EventParser(stack.Settings.Origin, world.Time).Parse(EventEnvelope.Read(document.RootElement)) switch
        {
            ScheduledSweep => new Sweep("the scheduled check found the group out of sync"),
            ImagePushed pushed => pushed.Push,
            OperatorRequest requested => requested.Request,
            _ => null,
        };
    }

    // Lifecycle and the cloud itself go on while a run reads; after its first action it reads no more.
    private void Disturb(TimelineEntry entry)
    {
        if (entry.Source is "ec2" or "autoscaling" && entry.Caller != "Refresh")
        {
            foreach (var planned in open.Values.Where(planned => planned.Executed.Count == 0 || planned.Deletes))
            {
                planned.IsDisturbed = true;
            }
        }
    }

    private void End(FunctionRun run, SimulatedEnvironment world)
    {
        if (!open.Remove(run, out var planned) || planned.IsDisturbed || planned.FaultsBefore != Faults(world))
        {
            return;
        }

        Compared++;
        var (said, did) = (Text(planned.Actions, planned.Before), Text(planned.Executed, planned.Before));
        if (said != did)
        {
            differences.Add($"{world.Time.GetUtcNow():O}: the plan said [{said}], the run did [{did}]");
        }

        foreach (var action in planned.Actions)
        {
            RunRecord.Count(Actions, action.GetType().Name);
        }
    }

    private static int Faults(SimulatedEnvironment world) => world.Faults.Injected.Values.Sum();

    private static string Text(IEnumerable<AwsAction> actions, Lambdas.Decisions.Snapshot before) =>
        string.Join("; ", actions.Select(action => ActionText.Of(action, before).What));

    private sealed class Planned(IReadOnlyList<AwsAction> actions, Lambdas.Decisions.Snapshot before, int faultsBefore)
    {
        public IReadOnlyList<AwsAction> Actions => actions;

        public Lambdas.Decisions.Snapshot Before => before;

        public int FaultsBefore => faultsBefore;

        public List<AwsAction> Executed { get; } = [];

        public bool IsDisturbed { get; set; }

        /// <summary>Whether it reads everything again in its middle.</summary>
        public bool Deletes => actions.Any(action => action is AwsAction.DeleteRecordTags or AwsAction.DeleteVersions);
    }
}
