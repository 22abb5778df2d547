namespace Charlie.Tests;

/// <summary>The settings of a test's own container engine: it is on the host's network, and keeps what it has in one folder.</summary>
internal static class EngineFiles
{
    /// <summary>Writes <c>containers.conf</c> and <c>storage.conf</c>.</summary>
    /// <param name="folder">Where to; the engine's run files are there too.</param>
    /// <param name="images">The folder of its images.</param>
    public static void Write(string folder, string images)
    {
        File.WriteAllText(Path.Combine(folder, "containers.conf"), """
            [containers]
            netns = "host"
            default_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]
            log_driver = "k8s-file"
            [engine]
            runtime = "runc"
            cgroup_manager = "cgroupfs"
            events_logger = "file"
            """);
        File.WriteAllText(Path.Combine(folder, "storage.conf"), $"""
            [storage]
            driver = "vfs"
            graphroot = "{images}"
            runroot = "{folder}/run"
            """);
    }
}
