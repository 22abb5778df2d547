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

    private static string Block(string name)
    {
        var text = File.ReadAllText(Path.Combine(Golden.Root(), "docs", "owning.md"));
        var block = Regex.Match(text, $"<!-- {Regex.Escape(name)} -->\n```sh\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline);
        Assert.True(block.Success, $"docs/owning.md has no block '{name}'.");
        return block.Groups[1].Value;
    }
}
