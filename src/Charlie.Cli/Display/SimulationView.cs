using System.Globalization;
using System.Text.Json;
using Charlie.Cli.Simulation;
using Charlie.Cli.Simulation.Checks;
using Charlie.Sandbox;
using Spectre.Console;

namespace Charlie.Cli.Display;

/// <summary>Shows what runs of the simulation came to.</summary>
internal static class SimulationView
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static void Summary(IAnsiConsole console, Tally tally, TimeSpan took)
    {
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{tally.Runs} runs with {tally.Deployments} deployments and {tally.Calls} calls in {took.TotalSeconds:0.0} s: {tally.Runs / took.TotalSeconds:0.0} runs, {tally.Deployments / took.TotalSeconds:0.0} deployments a second."));
        Counts(console, "faults that struck", tally.Faults);
        Counts(console, "outcomes", tally.Outcomes);
        Counts(console, "decisions carried out", tally.Decisions);
        Counts(console, "states reached", tally.States);
        Counts(console, "errors left to Lambda", tally.Errors);
        console.WriteLine(tally.Failed.Count == 0 ? "No promise was broken." : $"Broken promises in {tally.Failed.Count} of {tally.Runs} runs.");
    }

    /// <summary>What broke, how it came to that, and how to see it again.</summary>
    public static void Failure(IAnsiConsole console, SimulationResult result, SimulationResult smallest)
    {
        console.WriteLine();
        console.WriteLine($"Seed {result.Plan.Seed}: {Describe(result.Violation!)}");
        console.WriteLine($"With {smallest.Plan.Happenings.Length} of its {result.Plan.Happenings.Length} happenings: {Describe(smallest.Violation!)}");
        Story(console, smallest);
        console.WriteLine($"Repeat it: charlie simulate --seeds {result.Plan.Seed}");
    }

    /// <summary>What was drawn, and the timeline of what came of it.</summary>
    public static void Story(IAnsiConsole console, SimulationResult result)
    {
        foreach (var happening in result.Plan.Happenings)
        {
            console.WriteLine($"  drawn  {happening}");
        }

        foreach (var entry in result.Timeline.Where(entry => result.Violation is null || entry.At <= result.Violation.At).Where(IsTold))
        {
            console.WriteLine($"  {After(entry.At),10}  {entry.Caller ?? entry.Source,-11}  {entry.Text.ReplaceLineEndings(" ")}");
        }

        console.WriteLine(result.Violation is { } violation ? $"  {After(violation.At),10}  BROKEN       {violation.What}" : "  No promise was broken.");
        console.WriteLine($"  trace {result.Hash}");
    }

    public static void Json(TextWriter output, Tally tally, TimeSpan took) => output.WriteLine(JsonSerializer.Serialize(
        new
        {
            tally.Runs,
            tally.Deployments,
            tally.Calls,
            Seconds = took.TotalSeconds,
            tally.Faults,
            tally.Outcomes,
            tally.Decisions,
            tally.States,
            tally.Errors,
            Failed = tally.Failed.Select(failed => new { Seed = failed.Key, failed.Value.Violation!.At, failed.Value.Violation.What, failed.Value.Hash }),
        },
        Indented));

    private static void Counts(IAnsiConsole console, string title, SortedDictionary<string, int> counts) =>
        console.WriteLine($"{title}: {(counts.Count == 0 ? "none" : string.Join(", ", counts.Select(count => $"{count.Key} {count.Value}")))}");

    private static string Describe(Violation violation) => $"after {After(violation.At)}, {violation.What}";

    private static string After(DateTimeOffset at) => (at - World.Start).TotalSeconds.ToString("0.000 s", CultureInfo.InvariantCulture);

    private static bool IsTold(TimelineEntry entry) =>
        entry.Kind is not ("ScheduleFired" or "EventPut")
        && !entry.Text.Contains("Nothing to do", StringComparison.Ordinal)
        && !entry.Text.Contains("\"Scheduled Event\"", StringComparison.Ordinal);
}
