using System.Text.RegularExpressions;
using Charlie.EndToEnd.Tests.Operating;

namespace Charlie.EndToEnd.Tests.Setup;

/// <summary>The commands of docs/owning.md, as they stand there for the app <c>charlie</c>.</summary>
internal static class OwningPage
{
    /// <summary>The chapter "A second app, and staging beside production", a line each.</summary>
    public static IReadOnlyList<string> SecondApp => Block("second").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What an uninstalled app does not share, with another app's name in its place.</summary>
    public static string Uninstall(string app)
    {
        const string Stack = "--stack-name charlie";
        return Block("uninstall: app").Replace(Stack, $"--stack-name {app}", StringComparison.Ordinal);
    }

    /// <summary>What the last app takes along.</summary>
    public static string UninstallShared => Block("uninstall: shared");

    /// <summary>The commands of the chapter "Upgrade Charlie" in their order, as they are run in a clone.</summary>
    public static IReadOnlyList<string> Upgrade
    {
        get
        {
            var chapter = Regex.Match(
                Text, "^## Upgrade Charlie\n(.*?)^\\*\\*Back again", RegexOptions.Multiline | RegexOptions.Singleline);
            return
            [
                .. Regex.Matches(chapter.Value, @"`((?:\./install|charlie) \w+)`").Select(match => match.Groups[1].Value)
                    .Select(line => line.StartsWith("charlie", StringComparison.Ordinal) ? $"./{line}" : line),
            ];
        }
    }

    private static string Text => File.ReadAllText(Path.Combine(Golden.Root(), "docs", "owning.md"));

    private static string Block(string name)
    {
        var block = Regex.Match(Text, $"<!-- {Regex.Escape(name)} -->\n```sh\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline);
        Assert.True(block.Success, $"docs/owning.md has no block '{name}'.");
        return block.Groups[1].Value;
    }
}
