namespace Charlie.Sandbox.Context;

/// <summary>One thing that happened in the cloud.</summary>
/// <param name="At">The cloud's time.</param>
/// <param name="Source">Who did it: <c>ec2</c>, <c>autoscaling</c>, <c>events</c>, <c>lambda</c>, <c>sns</c>,
/// <c>instance</c>, <c>fault</c>.</param>
/// <param name="Kind">What it was, a stable word for programs, for example <c>InstanceStateChanged</c>.</param>
/// <param name="Subject">What it happened to: an instance id, a function's name, a topic.</param>
/// <param name="Text">One sentence for an operator.</param>
/// <param name="Caller">The function or access key whose API call caused it, if one did.</param>
/// <param name="Data">Further facts by name.</param>
public sealed record TimelineEntry(
    DateTimeOffset At,
    string Source,
    string Kind,
    string Subject,
    string Text,
    string? Caller = null,
    IReadOnlyDictionary<string, string>? Data = null);

/// <summary>What happened in the cloud, in order.</summary>
/// <param name="historyLength">How many entries are kept: see <see cref="History{T}"/>.</param>
public sealed class Timeline(TimeProvider time, int? historyLength = null)
{
    private readonly History<TimelineEntry> history = new(historyLength);

    /// <summary>Raised after each entry, on the thread that recorded it; a subscriber must not call back into the cloud.</summary>
    public event Action<TimelineEntry>? Recorded;

    public void Record(
        string source,
        string kind,
        string subject,
        string text,
        string? caller = null,
        IReadOnlyDictionary<string, string>? data = null)
    {
        var entry = new TimelineEntry(time.GetUtcNow(), source, kind, subject, text, caller, data);
        history.Add(entry);
        Recorded?.Invoke(entry);
    }

    /// <summary>The entries from a position on; the position counts from 0.</summary>
    public IReadOnlyList<TimelineEntry> From(int position) => history.From(position).Entries;

    /// <inheritdoc cref="History{T}.From"/>
    public (IReadOnlyList<TimelineEntry> Entries, int Next) PageFrom(int position) => history.From(position);
}
