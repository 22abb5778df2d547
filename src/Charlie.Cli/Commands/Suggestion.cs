using System.CommandLine;

namespace Charlie.Cli.Commands;

/// <summary>The command or option that was probably meant.</summary>
internal static class Suggestion
{
    private const int MaxDistance = 2;

    /// <summary>The nearest name to the first word that is none; <c>null</c> where nothing is near.</summary>
    public static string? For(ParseResult parsed, RootCommand root)
    {
        if (parsed.UnmatchedTokens is not [var typed, ..])
        {
            return null;
        }

        var command = parsed.CommandResult.Command;
        var names = typed.StartsWith('-')
            ? command.Options.SelectMany(option => option.Aliases.Prepend(option.Name))
            : root.Subcommands.Select(one => one.Name);
        var nearest = names.Select(name => (Name: name, Distance: Distance(typed, name))).MinBy(pair => pair.Distance);
        return nearest.Distance <= MaxDistance ? nearest.Name : null;
    }

    // Insertions, deletions, replacements and swaps of neighbours.
    private static int Distance(string one, string other)
    {
        var table = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
        {
            for (var j = 0; j <= other.Length; j++)
            {
                table[i, j] = i == 0 ? j : j == 0 ? i
                    : Math.Min(
                        Math.Min(table[i - 1, j], table[i, j - 1]) + 1,
                        table[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
                }
            }
        }

        return table[one.Length, other.Length];
    }
}
