using Charlie.Simulation.Environments;
using Charlie.Simulation.Oracles;

namespace Charlie.Simulation.Checks;

/// <summary>The desired release, by the oracle, now and a moment ago.</summary>
internal sealed class DesiredReleaseHistory(Oracle oracle)
{
    // A decision on records that were true a moment ago may still be under way: the SDK's retries, a slow response and a
    // read that lags, together.
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    private readonly Dictionary<string, DateTimeOffset> until = [];
    private string withoutHold = oracle.DesiredReleaseWithoutHold();
    private DateTimeOffset? holdEnds;
    private DateTimeOffset? heldUntil;
    private DateTimeOffset since = SimulatedEnvironment.Start;

    public string Release { get; private set; } = oracle.DesiredRelease();

    /// <summary>Called at each step: a hold ends by itself.</summary>
    public void At(DateTimeOffset now)
    {
        if (now >= holdEnds)
        {
            Written(now);
        }
    }

    /// <summary>Called after each write of a version or a record tag.</summary>
    public void Written(DateTimeOffset at)
    {
        holdEnds = oracle.Requests.NextEnd;
        until[Release] = at;
        heldUntil = withoutHold == Release ? heldUntil : at;
        if (oracle.DesiredRelease() is var next && next != Release)
        {
            (Release, since) = (next, at);
        }

        // A run that did not read the hold yet deploys what it keeps back.
        if (oracle.DesiredReleaseWithoutHold() is var free && free != withoutHold)
        {
            (withoutHold, since) = (free, at);
            until[free] = at;
        }
    }

    /// <summary>Whether every run that works now can know of it.</summary>
    public bool IsSettled(DateTimeOffset now) => HasStoodFor(Grace, now);

    public bool HasStoodFor(TimeSpan time, DateTimeOffset now) => now - since > time;

    /// <summary>Whether a hold keeps a release back, or did a moment ago.</summary>
    public bool WasHeld(DateTimeOffset now) => withoutHold != Release || now - heldUntil <= Grace;

    /// <summary>Whether a release is the desired one, or was it a moment ago.</summary>
    public bool Was(string release, DateTimeOffset now) =>
        release == Release || (until.TryGetValue(release, out var last) && now - last <= Grace);
}
