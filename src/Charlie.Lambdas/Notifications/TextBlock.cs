using System.Text;

namespace Charlie.Lambdas.Notifications;

/// <summary>Plain text in lines of a fixed width: paragraphs, and facts with their labels in a column.</summary>
/// <param name="labelWidth">The columns that a label takes, with the space after it.</param>
internal sealed class TextBlock(int labelWidth)
{
    public const int Width = 78;

    private readonly StringBuilder text = new();

    public void Paragraph(string sentences)
    {
        Wrap("", 0, sentences);
        text.Append('\n');
    }

    /// <summary>A fact; one without a value leaves nothing.</summary>
    public void Fact(string label, string? value) => Facts(label, [value]);

    /// <summary>Facts under one label, each from a line of its own.</summary>
    public void Facts(string label, IEnumerable<string?> values)
    {
        var first = $"{label}:".PadRight(labelWidth);
        foreach (var value in values.Where(value => !string.IsNullOrWhiteSpace(value)))
        {
            Wrap(first, labelWidth, value!);
            first = new string(' ', labelWidth);
        }
    }

    public override string ToString() => text.ToString();

    // A link that is cut is of no use: it gets a line of its own.
    private void Wrap(string first, int indent, string value)
    {
        var line = new StringBuilder(first);
        var hasWord = false;
        foreach (var word in value.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(word => Pieces(word, Width - indent)))
        {
            if (hasWord && line.Length + 1 + word.Length > Width)
            {
                End();
                line.Append(' ', indent);
                hasWord = false;
            }
            else if (hasWord)
            {
                line.Append(' ');
            }

            if (!hasWord && indent + word.Length > Width)
            {
                End();
            }

            line.Append(word);
            hasWord = true;
        }

        End();

        void End()
        {
            text.Append(line.ToString().TrimEnd()).Append('\n');
            line.Clear();
        }
    }

    private static IEnumerable<string> Pieces(string word, int length) =>
        word.Length <= length || word.StartsWith("https://", StringComparison.Ordinal)
            ? [word]
            : word.Chunk(length).Select(piece => new string(piece));
}
