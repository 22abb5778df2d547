using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Charlie.Sandbox.Wire;

namespace Charlie.EndToEnd.Tests.Faults;

/// <summary>One place on a road where something goes wrong.</summary>
/// <param name="Operation">What the struck call is, as a play without faults showed it.</param>
internal sealed record FaultPoint(Road Road, Fault Fault, string Operation)
{
    public override string ToString() => Fault.Action == FaultAction.DropEvent
        ? $"{Road}: {Fault.Times} x '{Fault.DetailType}' dropped"
        : $"{Road}: {Fault.Action} {Fault.Caller} {Fault.When} its call {Fault.Call}, {Operation}";
}

/// <summary>Plays fault points on several stages side by side: most of a play is waiting.</summary>
internal sealed class FaultWalk(IEnumerable<FaultPoint> points, TimeProvider time)
{
    private const int Stages = 5;

    // Each play leaves marks, three at the most; EC2 allows fifty tags, and a stage's plays follow one another faster than
    // reports that were lost are made again, so that the sweep may not forget them yet.
    private const int PlaysOnAStage = 12;

    // The calls of a play are the same each time unless the machine stalls; then the point comes again.
    private const int Tries = 3;

    // A walk that goes wrong everywhere need not go on; the first stories tell why.
    private const int Enough = 4;
    private const int Told = 2;

    private readonly ConcurrentQueue<FaultPoint> rollbacks = new(points.Where(point => point.Road == Road.RequestedRollback));
    private readonly ConcurrentQueue<FaultPoint> pushes = new(points.Where(point => point.Road != Road.RequestedRollback).OrderBy(point => point.Road));
    private readonly ConcurrentQueue<(string Point, string Flaws, string Story)> failures = new();

    /// <summary>Plays them all.</summary>
    /// <returns>What went wrong, with the timelines; empty if nothing did.</returns>
    public async Task<string> RunAsync(CancellationToken cancellation)
    {
        await Task.WhenAll(Enumerable.Range(0, Stages).Select(_ => WorkAsync(cancellation)));
        var text = new StringBuilder();
        foreach (var (index, (point, flaws, story)) in failures.Index())
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{point}:{Environment.NewLine}  {flaws}");
            if (index < Told)
            {
                text.Append(story);
            }
        }

        return text.ToString();
    }

    private async Task WorkAsync(CancellationToken cancellation)
    {
        Stage? stage = null;
        var plays = 0;
        try
        {
            while (failures.Count < Enough && !(rollbacks.IsEmpty && pushes.IsEmpty))
            {
                stage ??= await Stage.OpenAsync(time, cancellation);
                if (!await StepAsync(stage, cancellation) || ++plays % PlaysOnAStage == 0)
                {
                    // What a failed play left behind says nothing about the next one, either.
                    await stage.DisposeAsync();
                    stage = null;
                }
            }
        }
        finally
        {
            if (stage is not null)
            {
                await stage.DisposeAsync();
            }
        }
    }

    private async Task<bool> StepAsync(Stage stage, CancellationToken cancellation)
    {
        if ((stage.CanRollBack && rollbacks.TryDequeue(out var point)) || pushes.TryDequeue(out point))
        {
            return await PlayAsync(stage, point, cancellation);
        }

        // A rollback is left, and nothing that it could take back.
        return stage.CanRollBack || Check("a good push without a fault", await stage.PlayAsync(Road.GoodPush, null, cancellation));
    }

    private async Task<bool> PlayAsync(Stage stage, FaultPoint point, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (point.Road == Road.RequestedRollback && !stage.CanRollBack
                && !Check("a good push without a fault", await stage.PlayAsync(Road.GoodPush, null, cancellation)))
            {
                return false;
            }

            var play = await stage.PlayAsync(point.Road, point.Fault, cancellation);
            if (!play.Struck && play.Flaws.Count == 0 && attempt < Tries)
            {
                continue;
            }

            return Check($"{point}", play.Struck ? play : play with { Flaws = [.. play.Flaws, "the fault never struck"] });
        }
    }

    private bool Check(string what, Play play)
    {
        if (play.Flaws.Count > 0)
        {
            failures.Enqueue((what, string.Join($"{Environment.NewLine}  ", play.Flaws), play.History.Tell()));
        }

        return play.Flaws.Count == 0;
    }
}
