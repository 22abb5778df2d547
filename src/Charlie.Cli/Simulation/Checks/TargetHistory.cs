using Charlie.Cli.Expectations;

namespace Charlie.Cli.Simulation.Checks;

/// <summary>Which release should run, by the oracle, now and a moment ago.</summary>
internal sealed class TargetHistory(Oracle oracle)
{
    // What was decided from records that were true a moment ago may still be under way: the SDK's retries, a slow
    // answer and a read that lags, together.
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    private readonly Dictionary<string, DateTimeOffset> until = [];
    private DateTimeOffset since = World.Start;

    public string Release { get; private set; } = oracle.TargetRelease();

    /// <summary>To be told after each write of a version or a mark.</summary>
    public void Written(DateTimeOffset at)
    {
        until[Release] = at;
        if (oracle.TargetRelease() is var next && next != Release)
        {
            (Release, since) = (next, at);
        }
    }

    /// <summary>Whether every function that works now can know of it.</summary>
    public bool IsSettled(DateTimeOffset now) => HasStoodFor(Grace, now);

    public bool HasStoodFor(TimeSpan time, DateTimeOffset now) => now - since > time;

    /// <summary>Whether a release is the target, or was it a moment ago.</summary>
    public bool Was(string release, DateTimeOffset now) =>
        release == Release || (until.TryGetValue(release, out var last) && now - last <= Grace);
}
