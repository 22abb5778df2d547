using Spectre.Console;
using Spectre.Console.Rendering;

namespace Charlie.Cli.Display.Operating;

/// <summary>Lines of text laid out for a width: facts with a label, tables, sentences. No line has trailing spaces.</summary>
internal sealed class Page(int width)
{
    private const int LabelWidth = 11;
    private const int LeastWidth = 40;

    private readonly List<(string Text, Style Style)> lines = [];
    private readonly HashSet<int> verbatim = [];
    private readonly int width = Math.Max(width, LeastWidth);

    public IReadOnlyList<string> Lines => [.. lines.Select(line => line.Text)];

    public void Blank() => lines.Add(("", Style.Plain));

    /// <summary>A sentence, broken at words.</summary>
    public void Sentence(string text, Color? colour = null) =>
        lines.AddRange(Wrap(text, width).Select(line => (line, StyleOf(colour))));

    /// <summary>A line that is never broken, so that it can be pasted.</summary>
    public void Verbatim(string line)
    {
        verbatim.Add(lines.Count);
        lines.Add((line, Style.Plain));
    }

    /// <summary>A fact whose text is never broken.</summary>
    public void VerbatimFact(string label, string text) => Verbatim(label.PadRight(LabelWidth) + text);

    /// <summary>A fact: its further lines stand below its first.</summary>
    public void Fact(string label, string text, Color? colour = null)
    {
        var first = true;
        foreach (var line in Wrap(text, width - LabelWidth))
        {
            lines.Add(((first ? label : "").PadRight(LabelWidth) + line, StyleOf(colour)));
            first = false;
        }
    }

    /// <summary>A table; only its last column is broken at words.</summary>
    /// <param name="head">The columns' names; none for a table without.</param>
    public void Table(IReadOnlyList<string> head, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        IReadOnlyList<string>[] all = head.Count > 0 ? [head, .. rows] : [.. rows];
        if (all.Length == 0)
        {
            return;
        }

        var last = all[0].Count - 1;
        var widths = Enumerable.Range(0, last).Select(column => all.Max(row => row[column].Length) + 2).ToArray();
        var indent = Math.Min(widths.Sum(), width / 2);
        foreach (var (number, row) in all.Index())
        {
            var begin = string.Concat(Enumerable.Range(0, last).Select(column => row[column].PadRight(widths[column])));
            var room = Math.Max(width - begin.Length, 1);
            var broken = begin.Length + row[last].Length <= width ? [row[last]] : Wrap(row[last], room < 20 ? width - indent : room);
            var style = number == 0 && head.Count > 0 ? new Style(decoration: Decoration.Dim) : Style.Plain;
            if (room < 20 && broken is not [{ Length: 0 }] && begin.Length + row[last].Length > width)
            {
                lines.Add((begin.TrimEnd(), style));
                lines.AddRange(broken.Select(line => (new string(' ', indent) + line, style)));
                continue;
            }

            lines.Add(((begin + broken[0]).TrimEnd(), style));
            lines.AddRange(broken.Skip(1).Select(line => (new string(' ', begin.Length) + line, style)));
        }
    }

    public void Write(IAnsiConsole console)
    {
        foreach (var (at, (text, style)) in lines.Index())
        {
            if (verbatim.Contains(at))
            {
                console.Profile.Out.Writer.WriteLine(text);
            }
            else
            {
                console.Write(new Text(text + Environment.NewLine, style));
            }
        }
    }

    /// <summary>The page for a view that is drawn again and again.</summary>
    public IRenderable Render() => new Rows(lines.Select(line => new Text(line.Text.Length == 0 ? " " : line.Text, line.Style)));

    private static Style StyleOf(Color? colour) => colour is { } chosen ? new Style(chosen) : Style.Plain;

    private static List<string> Wrap(string text, int room)
    {
        var wrapped = new List<string>();
        foreach (var paragraph in text.Split('\n'))
        {
            var line = "";
            foreach (var word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (line.Length > 0 && line.Length + 1 + word.Length > room)
                {
                    wrapped.Add(line);
                    line = word;
                }
                else
                {
                    line = line.Length == 0 ? word : $"{line} {word}";
                }
            }

            wrapped.Add(line);
        }

        return wrapped;
    }
}
