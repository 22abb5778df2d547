namespace Charlie.Standins.Tests;

internal static class Tools
{
    public static bool Find(string command) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, command)));
}
