using System.Text.Json.Nodes;

namespace Charlie.Sandbox.Context;

/// <summary>
/// What all services of the cloud share: clock, lock, planned work, timeline, ids, faults and callers. Whoever reads or
/// changes a service's state holds <see cref="Gate"/>.
/// </summary>
public sealed class CloudContext : IDisposable
{
    private IEventBus? bus;

    /// <param name="time">The cloud's clock.</param>
    /// <param name="timings">How long the cloud's own steps take.</param>
    /// <param name="seed">What ids are drawn from.</param>
    /// <param name="historyLength">How many timeline entries, calls and invocations are kept; <c>null</c> for all.</param>
    public CloudContext(TimeProvider time, AwsTimings timings, int seed, int? historyLength = null)
    {
        Time = time;
        Timings = timings;
        Scheduler = new Scheduler(time, Gate);
        Timeline = new Timeline(time, historyLength);
        HistoryLength = historyLength;
        Ids = new AwsIds(seed);
    }

    public Lock Gate { get; } = new();

    public TimeProvider Time { get; }

    public AwsTimings Timings { get; }

    /// <summary>How many timeline entries, calls and invocations are kept: see <see cref="History{T}"/>.</summary>
    public int? HistoryLength { get; }

    public Scheduler Scheduler { get; }

    public Timeline Timeline { get; }

    public AwsIds Ids { get; }

    public Faults Faults { get; } = new();

    public CallerDirectory Callers { get; } = new();

    /// <summary>The caller of the API call under way, or <c>null</c> while the cloud acts by itself.</summary>
    public string? Actor { get; private set; }

    /// <summary>Names the bus for the events of services. Events put before are lost, as on a bus without rules.</summary>
    public void Attach(IEventBus eventBus) => bus = eventBus;

    public void Dispose() => Scheduler.Dispose();

    internal void PutEvent(string source, string detailType, IReadOnlyList<string> resources, JsonObject detail) =>
        bus?.Put(source, detailType, resources, detail);

    /// <summary>Records an entry under the name of <see cref="Actor"/>.</summary>
    internal void Record(string source, string kind, string subject, string text, IReadOnlyDictionary<string, string>? data = null) =>
        Timeline.Record(source, kind, subject, text, Actor, data);

    internal ActorScope ActingAs(string? caller)
    {
        var before = Actor;
        Actor = caller;
        return new ActorScope(this, before);
    }

    internal readonly ref struct ActorScope(CloudContext context, string? before)
    {
        public void Dispose() => context.Actor = before;
    }
}
