using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Charlie.Sandbox.Context;
using Charlie.Sandbox.Wire;

namespace Charlie.EndToEnd.Tests.Faults;

/// <summary>A call of a scenario at which a fault is injected.</summary>
/// <param name="Operation">The call with the fault, as a run without faults showed it.</param>
internal sealed record FaultPoint(Scenario Scenario, Fault Fault, string Operation)
{
    public override string ToString() => Fault.Action == FaultAction.DropEvent
        ? $"{Scenario}: {Fault.Times} x '{Fault.DetailType}' dropped"
        : $"{Scenario}: {Fault.Action} {Fault.Caller} {Fault.When} its call {Fault.Call}, {Operation}";
}

/// <summary>Runs fault points on a few environments side by side, each with two function processes: most of a run is waiting.</summary>
internal sealed class FaultWalk(IEnumerable<FaultPoint> points, TimeProvider time)
{
    private const int Environments = 3;

    // Each run leaves record tags, three at the most; EC2 allows fifty tags, and an environment's runs follow one another faster than
    // reports that were lost are made again, so that the sweep may not forget them yet.
    private const int RunsPerEnvironment = 12;

    // The calls of a run are the same each time unless the machine stalls; then the point comes again.
    private const int MaxAttempts = 3;

    // A walk that goes wrong everywhere need not go on; the first timelines show why.
    private const int Enough = 4;
    private const int MaxShown = 2;

    private readonly ConcurrentQueue<FaultPoint> rollbacks = new(points.Where(point => point.Scenario == Scenario.RequestedRollback));
    private readonly ConcurrentQueue<FaultPoint> pushes =
        new(points.Where(point => point.Scenario != Scenario.RequestedRollback).OrderBy(point => point.Scenario));
    private readonly ConcurrentQueue<(string Point, string Violations, string Timeline)> failures = new();

    /// <summary>Runs them all.</summary>
    /// <returns>What went wrong, with the timelines; empty if nothing did.</returns>
    public async Task<string> RunAsync(CancellationToken cancellation)
    {
        await Task.WhenAll(Enumerable.Range(0, Environments).Select(_ => WorkAsync(cancellation)));
        var text = new StringBuilder();
        foreach (var (index, (point, violations, timeline)) in failures.Index())
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{point}:{Environment.NewLine}  {violations}");
            if (index < MaxShown)
            {
                text.Append(timeline);
            }
        }

        return text.ToString();
    }

    private async Task WorkAsync(CancellationToken cancellation)
    {
        FaultEnvironment? environment = null;
        var runs = 0;
        try
        {
            while (failures.Count < Enough && !(rollbacks.IsEmpty && pushes.IsEmpty))
            {
                environment ??= await FaultEnvironment.OpenAsync(time, cancellation);
                if (!await StepAsync(environment, cancellation) || ++runs % RunsPerEnvironment == 0)
                {
                    // What a failed run left behind says nothing about the next one, either.
                    await environment.DisposeAsync();
                    environment = null;
                }
            }
        }
        finally
        {
            if (environment is not null)
            {
                await environment.DisposeAsync();
            }
        }
    }

    private async Task<bool> StepAsync(FaultEnvironment environment, CancellationToken cancellation)
    {
        if ((environment.CanRollBack && rollbacks.TryDequeue(out var point)) || pushes.TryDequeue(out point))
        {
            return await RunAsync(environment, point, cancellation);
        }

        // A rollback is left, and nothing that it could take back.
        return environment.CanRollBack
            || Check("a good push without a fault", await environment.RunAsync(Scenario.GoodPush, null, cancellation));
    }

    private async Task<bool> RunAsync(FaultEnvironment environment, FaultPoint point, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (point.Scenario == Scenario.RequestedRollback && !environment.CanRollBack
                && !Check("a good push without a fault", await environment.RunAsync(Scenario.GoodPush, null, cancellation)))
            {
                return false;
            }

            var run = await environment.RunAsync(point.Scenario, point.Fault, cancellation);
            if (!run.Injected && run.Violations.Count == 0 && attempt < MaxAttempts)
            {
                continue;
            }

            return Check($"{point}", run.Injected ? run : run with { Violations = [.. run.Violations, "the fault was never injected"] });
        }
    }

    private bool Check(string what, ScenarioRun run)
    {
        if (run.Violations.Count > 0)
        {
            failures.Enqueue((what, string.Join($"{Environment.NewLine}  ", run.Violations), run.History.Tell()));
        }

        return run.Violations.Count == 0;
    }
}
