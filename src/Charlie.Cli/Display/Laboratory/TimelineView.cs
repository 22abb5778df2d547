using System.Globalization;
using Charlie.Cli.Web.Documents;
using Charlie.Sandbox;
using Charlie.Sandbox.Context;
using Charlie.Simulation.Production;
using Spectre.Console;

namespace Charlie.Cli.Display.Laboratory;

/// <summary>Prints the cloud's timeline as it happens: after how long, who, and what.</summary>
internal sealed class TimelineView(IAnsiConsole console, DateTimeOffset started)
{
    private readonly Lock gate = new();

    public void Section(string title)
    {
        lock (gate)
        {
            console.WriteLine();
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[bold underline]{title}[/]");
        }
    }

    public void Show(TimelineEntry entry)
    {
        if (TimelineLine.IsRoutineEntry(entry))
        {
            return;
        }

        var after = string.Create(CultureInfo.InvariantCulture, $"{(entry.At - started).TotalSeconds,6:0.0} s");
        lock (gate)
        {
            console.MarkupLineInterpolated(
                CultureInfo.InvariantCulture, $"[grey]{after}[/]  [{Colour(entry)}]{Who(entry),-11}[/]  {What(entry)}");
        }
    }

    private static string Who(TimelineEntry entry) =>
        entry.Caller == ProductionGroup.OperatorKey ? "operator" : entry.Caller ?? entry.Source;

    // Of an alert the headline; the whole text comes at the end.
    private static string What(TimelineEntry entry) =>
        entry.Kind == "MessagePublished" ? "alert: " + entry.Text.Split('\n')[0] : entry.Text;

    private static string Colour(TimelineEntry entry) => entry switch
    {
        { Source: "sns" } => "green",
        { Source: "fault" } => "red",
        { Source: "lambda" } or { Caller: "Refresh" or "Lifecycle" or "Notify" } => "yellow",
        { Source: "ec2" } => "blue",
        { Source: "autoscaling" } => "teal",
        { Source: "events" } => "purple",
        _ => "grey",
    };
}
