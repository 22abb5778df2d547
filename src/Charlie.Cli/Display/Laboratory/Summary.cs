using System.Globalization;
using System.Text.Json.Nodes;
using Charlie.Simulation.Scenarios;
using Spectre.Console;

namespace Charlie.Cli.Display.Laboratory;

/// <summary>The alerts that were sent, and the checks.</summary>
internal static class Summary
{
    public static void Alerts(IAnsiConsole console, IReadOnlyList<string> alerts)
    {
        foreach (var alert in alerts)
        {
            foreach (var line in alert.Trim().Split('\n'))
            {
                console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[green]|[/] {line}");
            }

            console.WriteLine();
        }
    }

    public static void Reports(IAnsiConsole console, IReadOnlyList<JsonObject> reports)
    {
        var table = new Table().RoundedBorder().AddColumns("release", "outcome", "what happened");
        foreach (var report in reports.Where(report => (string?)report["outcome"] is "Confirmed" or "RolledBack"))
        {
            table.AddRow(
                new Text((string?)report["release"] ?? ""),
                new Text((string?)report["outcome"] ?? ""),
                new Text((string?)report["summary"] ?? ""));
        }

        console.Write(table);
    }

    /// <summary>One line on a deployment of the drill.</summary>
    public static void Drilled(IAnsiConsole console, Drilled one, int number, int of) =>
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{number,3} of {of}  release {one.Release}  {one.Behaviour,-16}  {one.Ended ?? "left to the next",-16}  after {one.Took.TotalSeconds:0.0} s{(one.Pushes > 1 ? $", its job run {one.Pushes} times" : "")}"));

    /// <summary>Every check, and how many held.</summary>
    public static void Checks(IAnsiConsole console, IReadOnlyList<Check> checks, TimeSpan took) => Write(console, checks, checks, took);

    /// <summary>The checks that failed, and how many held.</summary>
    public static void Verdict(IAnsiConsole console, IReadOnlyList<Check> checks, TimeSpan took) =>
        Write(console, [.. checks.Where(check => !check.Holds)], checks, took);

    private static void Write(IAnsiConsole console, IReadOnlyList<Check> shown, IReadOnlyList<Check> checks, TimeSpan took)
    {
        foreach (var check in shown)
        {
            console.MarkupLineInterpolated(
                CultureInfo.InvariantCulture,
                    $"[{(check.Holds ? "green" : "red")}]{(check.Holds ? "passed" : "failed"),-7}[/] {check.What}");
        }

        console.WriteLine();
        var failed = checks.Count(check => !check.Holds);
        console.WriteLine(failed == 0
            ? string.Create(CultureInfo.InvariantCulture, $"All {checks.Count} checks passed, after {took.TotalSeconds:0} s.")
            : $"{failed} of {checks.Count} checks failed.");
    }
}
