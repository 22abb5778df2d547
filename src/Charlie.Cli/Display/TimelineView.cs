using System.Globalization;
using Charlie.Sandbox;
using Spectre.Console;

namespace Charlie.Cli.Display;

/// <summary>Prints the cloud's timeline as it happens: after how long, who, and what.</summary>
internal sealed class TimelineView(IAnsiConsole console, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly DateTimeOffset started = time.GetUtcNow();

    public void Chapter(string title)
    {
        lock (gate)
        {
            console.WriteLine();
            console.Write(new Rule($"[bold]{Markup.Escape(title)}[/]").LeftJustified());
        }
    }

    public void Show(TimelineEntry entry)
    {
        if (Colour(entry) is not { } colour)
        {
            return;
        }

        var after = string.Create(CultureInfo.InvariantCulture, $"{(entry.At - started).TotalSeconds,6:0.0} s");
        lock (gate)
        {
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[grey]{after}[/]  [{colour}]{Who(entry),-11}[/]  {entry.Text}");
        }
    }

    private static string Who(TimelineEntry entry) => entry.Caller ?? entry.Source;

    // Sweeps that find nothing and events that nobody waits for are on the timeline, but not part of the story.
    private static string? Colour(TimelineEntry entry) => entry switch
    {
        { Kind: "ScheduleFired" } => null,
        { Source: "ec2" } => "blue",
        { Source: "autoscaling" } => "teal",
        { Source: "events" } => "purple",
        { Source: "lambda" } => "yellow",
        { Source: "sns" } => "green",
        { Source: "fault" } => "red",
        _ => "grey",
    };
}
