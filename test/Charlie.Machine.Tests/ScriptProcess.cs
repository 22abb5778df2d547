using System.Globalization;

namespace Charlie.Machine.Tests;

/// <summary>The process of a machine's script, as the sandbox started it in place of systemd.</summary>
internal static class ScriptProcess
{
    /// <returns>Its id; <c>null</c> while it does not run.</returns>
    public static int? Find(string folder) => Ids().Where(id => Read(id, "cmdline").Contains("/run_app.sh", StringComparison.Ordinal)
            && IsChild(id, Environment.ProcessId)
            && Read(id, "environ").Contains($"CHARLIE_RUN={folder}/", StringComparison.Ordinal))
        .Select(id => (int?)id)
        .FirstOrDefault();

    /// <summary>Whether a script has come so far that it waits for its container's end.</summary>
    public static bool Watches(int script) =>
        Ids().Any(id => IsChild(id, script) && Read(id, "cmdline").Contains("docker\0wait\0", StringComparison.Ordinal));

    public static async Task SignalAsync(int process, string signal) =>
        (await Tool.RunAsync("kill", [$"-{signal}", process.ToString(CultureInfo.InvariantCulture)], new Dictionary<string, string>()))
        .OutputOrThrow();

    private static IEnumerable<int> Ids() => Directory.EnumerateDirectories("/proc")
        .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
        .Where(id => id > 0);

    private static bool IsChild(int process, int parent) =>
        Read(process, "status").Contains($"\nPPid:\t{parent}\n", StringComparison.Ordinal);

    private static string Read(int process, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/{file}");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
