using System.Text.RegularExpressions;

namespace Charlie.EndToEnd.Tests.Operating;

/// <summary>
/// Captures of what the command printed, in Markdown files: <c>CHARLIE_GOLDEN=write</c> writes them anew. What differs from
/// run to run is compared by its kind: ids, times and ages, and the spaces that depend on them.
/// </summary>
internal static partial class Golden
{
    /// <summary>Compares with the capture of that name, which stands below <c>&lt;!-- capture: name --&gt;</c>.</summary>
    public static void Check(string file, string name, string command, string printed)
    {
        var path = Path.Combine(Root(), file);
        var capture = $"$ {command}\n{printed.TrimEnd()}";
        var text = File.ReadAllText(path);
        var block = new Regex($"<!-- capture: {Regex.Escape(name)} -->\n```text\n(.*?)\n```", RegexOptions.Singleline).Match(text);
        Assert.True(block.Success, $"{file} has no capture '{name}'.");
        if (Environment.GetEnvironmentVariable("CHARLIE_GOLDEN") == "write")
        {
            var kept = block.Groups[1];
            File.WriteAllText(path, text[..kept.Index] + capture + text[(kept.Index + kept.Length)..]);
            return;
        }

        Assert.Equal(ByKind(block.Groups[1].Value), ByKind(capture));
    }

    public static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Charlie.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return folder.FullName;
    }

    private static string ByKind(string text) =>
        Space().Replace(Age().Replace(Instant().Replace(Id().Replace(Day().Replace(text, "<day>"), "<id>"), "<time>"), "<age>"), " ");

    [GeneratedRegex(@"\bi-[0-9a-f]{17}\b")]
    private static partial Regex Id();

    [GeneratedRegex(@"\b\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?Z")]
    private static partial Regex Instant();

    [GeneratedRegex(@"\b\d+\s+(d|h|min|s)\b(\s+\d+\s+(h|min|s)\b)?")]
    private static partial Regex Age();

    // "tomorrow 18:00" is another day each day; the instant is compared by its kind.
    [GeneratedRegex(@"until \d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?Z")]
    private static partial Regex Day();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
