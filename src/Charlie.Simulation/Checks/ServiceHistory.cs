using Charlie.Sandbox.Context;

namespace Charlie.Simulation.Checks;

/// <summary>
/// When each instance was in service. A write that AWS throttled lands seconds after it was decided, and the instance
/// that it speaks of may be gone by then: what counts is when it was decided.
/// </summary>
internal sealed class ServiceHistory
{
    // What is read may be as old as the simulation's reads lag, and the call takes its time: a person closes the group meanwhile.
    private static readonly TimeSpan ReadLag = TimeSpan.FromSeconds(20);

    private readonly Dictionary<string, Service> services = [];

    public void Check(TimelineEntry entry)
    {
        if (entry is not { Kind: "LifecycleStateChanged", Data: { } data })
        {
            return;
        }

        if (data["state"] == "InService")
        {
            services[entry.Subject] = new Service(data["version"], entry.At, null);
        }
        else if (services.TryGetValue(entry.Subject, out var service) && service.Until is null)
        {
            services[entry.Subject] = service with { Until = entry.At };
        }
    }

    /// <summary>
    /// The instances of a version that were in service at an instant, or a moment before it, and had been so for as long.
    /// </summary>
    public IEnumerable<string> InServiceFor(TimeSpan least, string version, DateTimeOffset at) =>
        services
            .Where(pair => pair.Value.Version == version
                && (pair.Value.Until < at ? pair.Value.Until.Value : at) - pair.Value.Since >= least
                && !(pair.Value.Until < at - ReadLag))
            .Select(pair => pair.Key);

    private sealed record Service(string Version, DateTimeOffset Since, DateTimeOffset? Until);
}
