using System.Globalization;
using Charlie.Sandbox.Context;
using Spectre.Console;

namespace Charlie.Cli.Display.Laboratory;

/// <summary>Prints the story as it happens, in lines that fit the terminal.</summary>
internal sealed class StoryView(IAnsiConsole console, DateTimeOffset started)
{
    private const int TimeWidth = 10;

    private readonly Lock gate = new();
    private readonly Story story = new();

    public void Section(string title)
    {
        lock (gate)
        {
            console.WriteLine();
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[bold]{title}[/]");
        }
    }

    public void Show(TimelineEntry entry)
    {
        lock (gate)
        {
            foreach (var line in story.Tell(entry))
            {
                var time = string.Create(CultureInfo.InvariantCulture, $"{(line.At - started).TotalSeconds,6:0.0} s  ");
                foreach (var piece in Wrap(line.Text, Math.Max(console.Profile.Width - TimeWidth, TimeWidth)))
                {
                    console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[grey]{time,TimeWidth}[/][{Colour(line)}]{piece}[/]");
                    time = "";
                }
            }
        }
    }

    private static IEnumerable<string> Wrap(string text, int width)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "  " + word;
            }
            else
            {
                line = line.Length == 0 ? word : $"{line} {word}";
            }
        }

        yield return line;
    }

    private static string Colour(StoryLine line) => line switch
    {
        { IsBad: true } => "red",
        { IsMail: true } => "green",
        _ => "default",
    };
}
