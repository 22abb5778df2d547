namespace Charlie.Sandbox;

/// <summary>One thing that happened in the cloud.</summary>
/// <param name="At">The cloud's time.</param>
/// <param name="Source">Who did it: <c>ec2</c>, <c>autoscaling</c>, <c>events</c>, <c>lambda</c>, <c>sns</c>, <c>instance</c>, <c>fault</c>.</param>
/// <param name="Kind">What it was, a stable word for programs, for example <c>InstanceStateChanged</c>.</param>
/// <param name="Subject">What it happened to: an instance id, a function's name, a topic.</param>
/// <param name="Text">One sentence for a person.</param>
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

/// <summary>The story of the cloud, in order, kept for people and tests; it only grows.</summary>
public sealed class Timeline(TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly List<TimelineEntry> entries = [];

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
        lock (gate)
        {
            entries.Add(entry);
        }

        Recorded?.Invoke(entry);
    }

    /// <summary>The entries from a position on; the position counts from 0.</summary>
    public IReadOnlyList<TimelineEntry> From(int position)
    {
        lock (gate)
        {
            return position >= entries.Count ? [] : entries[position..];
        }
    }
}
