using Charlie.Sandbox.Context;
using Charlie.Simulation.Environments;
using Charlie.Simulation.Oracles;

namespace Charlie.Simulation.Checks;

/// <summary>When machines of each release were launched.</summary>
internal sealed class LaunchHistory(SimulatedEnvironment environment)
{
    private readonly Dictionary<string, List<DateTimeOffset>> launches = [];

    public void Check(TimelineEntry entry)
    {
        if (entry is { Kind: "LifecycleStateChanged", Data: { } data } && data["state"] == "Pending"
            && environment.Template.Find(data["version"]) is { } version)
        {
            var release = Oracle.ReleaseOf(version);
            if (!launches.TryGetValue(release, out var times))
            {
                launches[release] = times = [];
            }

            times.Add(entry.At);
        }
    }

    public DateTimeOffset? FirstOf(string release) => launches.TryGetValue(release, out var times) ? times[0] : null;

    public int CountOf(string release) => launches.TryGetValue(release, out var times) ? times.Count : 0;
}
