using System.Globalization;
using System.Text.Json;
using Charlie.Sandbox;
using Charlie.Sandbox.Context;
using Charlie.Simulation.Checks;
using Charlie.Simulation.Environments;
using Charlie.Simulation.Plans;
using Charlie.Simulation.Seeds;
using Spectre.Console;

namespace Charlie.Cli.Display.Laboratory;

/// <summary>Shows the results of simulated runs.</summary>
internal static class SimulationView
{
    private static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static void Summary(IAnsiConsole console, SeedRange seeds, Tally tally, TimeSpan took)
    {
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{tally.Runs} runs with {tally.Deployments} deployments and {tally.Calls} calls in {took.TotalSeconds:0.0} s: {tally.Runs / took.TotalSeconds:0.0} runs, {tally.Deployments / took.TotalSeconds:0.0} deployments a second."));
        Counts(console, "faults injected", tally.Faults);
        Counts(console, "outcomes", tally.Outcomes);
        Counts(console, "actions executed", tally.Actions);
        Counts(console, "states reached", tally.States);
        Counts(console, "marks, rarest first", tally.Marks.OrderBy(mark => mark.Value));
        Counts(console, "errors left to Lambda", tally.Errors);
        console.WriteLine(Verdict(seeds, tally));
    }

    private static string Verdict(SeedRange seeds, Tally tally) => (tally.Failed.Count, Stopped: tally.Runs < seeds.Count) switch
    {
        (0, false) => $"All checks passed for all {tally.Runs} seeds.",
        (0, true) => $"Stopped after {tally.Runs} of {seeds.Count} seeds; no violation so far.",
        (var failed, false) => $"Violations in {failed} of {tally.Runs} seeds.",
        (var failed, true) => $"Stopped after {tally.Runs} of {seeds.Count} seeds; violations in {failed} so far.",
    };

    /// <summary>What broke, how it came to that, and how to see it again.</summary>
    public static void Failure(IAnsiConsole console, SimulationResult result, SimulationResult smallest)
    {
        console.WriteLine();
        console.WriteLine($"Seed {result.Plan.Seed}: {Describe(result.Violation!)}");
        console.WriteLine($"With {smallest.Plan.Steps.Length} of its {result.Plan.Steps.Length} steps: {Describe(smallest.Violation!)}");
        Timeline(console, smallest);
        console.WriteLine($"Repeat it: charlie simulate --seeds {result.Plan.Seed}");
    }

    /// <summary>What was drawn, and the timeline of what came of it.</summary>
    public static void Timeline(IAnsiConsole console, SimulationResult result)
    {
        foreach (var step in result.Plan.Steps)
        {
            console.WriteLine($"  drawn  {step}");
        }

        foreach (var entry in result.Timeline.Where(entry => result.Violation is null || entry.At <= result.Violation.At).Where(IsShown))
        {
            console.WriteLine($"  {After(entry.At),10}  {entry.Caller ?? entry.Source,-11}  {entry.Text.ReplaceLineEndings(" ")}");
        }

        console.WriteLine(result.Violation is { } violation ? $"  {After(violation.At),10}  VIOLATION    {violation.What}"
            : "  All checks passed.");
        console.WriteLine($"  trace {result.Hash}");
    }

    public static void Json(TextWriter output, SeedRange seeds, Tally tally, TimeSpan took) => output.WriteLine(JsonSerializer.Serialize(
        new
        {
            Seeds = seeds.Count,
            tally.Runs,
            tally.Deployments,
            tally.Calls,
            Seconds = took.TotalSeconds,
            tally.Faults,
            tally.Outcomes,
            tally.Actions,
            tally.States,
            tally.Marks,
            tally.Errors,
            tally.Hashes,
            Failed = tally.Failed.Select(
                failed => new { Seed = failed.Key, failed.Value.Violation!.At, failed.Value.Violation.What, failed.Value.Hash }),
        },
        Indented));

    private static void Counts(IAnsiConsole console, string title, IEnumerable<KeyValuePair<string, int>> counts)
    {
        var listed = string.Join(", ", counts.Select(count => $"{count.Key} {count.Value}"));
        console.WriteLine($"{title}: {(listed.Length == 0 ? "none" : listed)}");
    }

    private static string Describe(Violation violation) => $"after {After(violation.At)}, {violation.What}";

    private static string After(DateTimeOffset at) =>
        (at - SimulatedEnvironment.Start).TotalSeconds.ToString("0.000 s", CultureInfo.InvariantCulture);

    private static bool IsShown(TimelineEntry entry) =>
        entry.Kind is not ("ScheduleFired" or "EventPut")
        && !entry.Text.Contains("Nothing to do", StringComparison.Ordinal)
        && !entry.Text.Contains("\"Scheduled Event\"", StringComparison.Ordinal);
}
