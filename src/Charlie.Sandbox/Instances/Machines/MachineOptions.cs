namespace Charlie.Sandbox.Instances.Machines;

/// <summary>What runs behind each instance in place of a machine: the real boot scripts as processes.</summary>
/// <param name="Scripts">The folder with <c>run_nginx.sh</c> and <c>run_app.sh</c>.</param>
/// <param name="Settings">
/// Further environment variables of the scripts, for example <c>CHARLIE_REGISTRY_SECRET</c>; they win over the sandbox's own.
/// Of the sandbox's environment only <c>PATH</c> goes on.
/// </param>
public sealed record MachineOptions(string Scripts, IReadOnlyDictionary<string, string> Settings)
{
    /// <summary>Where each machine gets a folder of its own, for as long as it is on.</summary>
    public string Folder { get; init; } = Path.GetTempPath();
}
