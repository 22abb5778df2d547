using System.Diagnostics;

namespace Charlie.Machine.Tests;

/// <summary>The commands of this machine.</summary>
internal static class Tools
{
    private static readonly string[] Needed =
        ["bash", "podman", "runc", "docker", "docker-registry", "htpasswd", "nginx", "jq", "curl", "aws", "busybox"];

    /// <summary>Why the tests with containers cannot run here; <c>null</c> where they can.</summary>
    public static string? Missing { get; } = Find(Needed);

    /// <summary>Why GitLab's pipeline cannot run here; <c>null</c> where it can.</summary>
    public static string? MissingPipeline { get; } = Find(["gitlab-ci-local", "git", "rsync", "python3"]);

    public static async Task<Ran> RunAsync(string command, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string input = "", string folder = "")
    {
        var start = new ProcessStartInfo(command, arguments) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        return new Ran(process.ExitCode, await output, await error);
    }

    private static string? Find(string[] needed)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var missing = needed.Where(tool => !folders.Any(folder => File.Exists(Path.Combine(folder, tool)))).ToList();
        return missing.Count > 0 ? $"There is no {string.Join(", ", missing.Select(tool => $"`{tool}`"))} on PATH."
            : Environment.UserName != "root" ? "Containers are run as root here."
            : null;
    }
}

public sealed record Ran(int ExitCode, string Output, string Error)
{
    public string OutputOrThrow() => ExitCode == 0 ? Output : throw new InvalidOperationException($"Ended with {ExitCode}: {Output}{Error}");
}
