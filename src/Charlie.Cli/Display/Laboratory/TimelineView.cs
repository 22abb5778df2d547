using System.Globalization;
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
        if (IsNoise(entry))
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

    // All of it is on the timeline. Not part of the scenario: sweeps that find nothing, events that no one waits for,
    // EC2's word on what the group says in the next line, and Notify's runs, whose alerts are the next line.
    private static bool IsNoise(TimelineEntry entry) => entry switch
    {
        { Kind: "ScheduleFired" } => true,
        { Subject: "Notify", Kind: "InvocationStarted" or "InvocationSucceeded" } => true,
        { Kind: "EventPut" } => entry.Data?.GetValueOrDefault("rules") is "",
        { Kind: "InvocationStarted" } => entry.Text.Contains("\"Scheduled Event\"", StringComparison.Ordinal),
        { Kind: "InvocationSucceeded" } => entry.Text.Contains("Nothing to do", StringComparison.Ordinal),
        { Source: "ec2", Kind: "InstanceStateChanged" } => true,
        _ => false,
    };

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
