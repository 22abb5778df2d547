using System.Diagnostics;
using System.Text;

namespace Charlie.Deploy.Tests;

/// <summary>The repository this test was built in, and the commands of the machine it runs on.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    public static string Read(string relative) => File.ReadAllText(PathOf(relative));

    /// <summary>The command's full path; the test is skipped with a line that says what is missing where there is none.</summary>
    public static string CommandOrSkip(string name)
    {
        var path = Environment.GetEnvironmentVariable("PATH")!
            .Split(Path.PathSeparator)
            .Select(directory => Path.Combine(directory, name))
            .FirstOrDefault(File.Exists);
        Assert.SkipWhen(path is null, $"There is no `{name}` on PATH.");
        return path!;
    }

    public static async Task<Ran> Run(
        string command,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null,
        string? directory = null)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            WorkingDirectory = directory ?? Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var name in environment is null ? [] : start.Environment.Keys.ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Ran(process.ExitCode, await output, await error);
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

internal sealed record Ran(int ExitCode, string Output, string Error);
