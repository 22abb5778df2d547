using System.Diagnostics;

namespace Charlie.Deploy.Tests;

/// <summary>The repository this test was built in, and commands that run in it.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    public static string Read(string relative) => File.ReadAllText(PathOf(relative));

    /// <summary>Runs a command in the root or another folder, with these variables only where some are given.</summary>
    public static Task<Ran> Run(
        string command,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null,
        string? directory = null)
    {
        var start = new ProcessStartInfo(command, arguments) { WorkingDirectory = directory ?? Root };
        foreach (var name in environment is null ? [] : start.Environment.Keys.ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return Tool.RunAsync(start);
    }

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Charlie.slnx")))
        {
            directory = directory.Parent ?? throw new DirectoryNotFoundException("No folder above the test holds Charlie.slnx.");
        }

        return directory.FullName;
    }
}
