namespace Charlie.EndToEnd.Tests.Command;

/// <summary>What Linux shows of processes in <c>/proc</c>.</summary>
internal static class ProcessTree
{
    public static void Need() => Assert.SkipUnless(Directory.Exists("/proc/self"), "there is no /proc here to see the processes in");

    /// <summary>The processes that one started, and those that they started.</summary>
    public static IReadOnlyList<int> Below(int parent)
    {
        var parents = All().ToDictionary(id => id, ParentOf);
        var found = new List<int>();
        for (var news = new List<int> { parent }; news.Count > 0; found.AddRange(news))
        {
            news = [.. parents.Where(one => one.Value is { } above && news.Contains(above)).Select(one => one.Key)];
        }

        return found;
    }

    /// <summary>Whether it runs; one that ended and whose exit code no one read does not.</summary>
    public static bool Runs(int id) => Stat(id) is [var state, ..] && state is not ("Z" or "X");

    /// <summary>The environment that a process was started with.</summary>
    public static IReadOnlyDictionary<string, string> EnvironmentOf(int id) =>
        File.ReadAllText($"/proc/{id}/environ")
            .Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Select(variable => variable.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1]);

    /// <summary>
    /// Whether this process, and so each that it starts, was started to ignore a signal: a shell does so for what it
    /// runs with an ampersand.
    /// </summary>
    public static bool Ignores(int signal)
    {
        const string Field = "SigIgn:";
        var mask = File.ReadLines("/proc/self/status")
            .Single(line => line.StartsWith(Field, StringComparison.Ordinal))[Field.Length..].Trim();
        return ((Convert.ToUInt64(mask, 16) >> (signal - 1)) & 1) == 1;
    }

    private static IEnumerable<int> All() =>
        Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _))
            .Select(name => int.Parse(name!));

    private static int? ParentOf(int id) => Stat(id) is [_, var parent, ..] ? int.Parse(parent) : null;

    // What follows the program's name, which may hold anything, in parentheses; empty once the process is gone.
    private static string[] Stat(int id)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{id}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException or IOException)
        {
            return [];
        }
    }
}
