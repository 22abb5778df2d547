namespace Charlie.Sandbox.Context;

/// <summary>
/// Entries in the order in which they were added, each at a position that counts from 0 and never changes. Safe to use
/// from any thread.
/// </summary>
/// <param name="capacity">
/// At least 1: the newest entries that are kept for sure. Older ones are forgotten in portions, so that fewer than twice
/// as many are held. <c>null</c> keeps everything.
/// </param>
public sealed class History<T>(int? capacity)
{
    private readonly Lock gate = new();
    private readonly List<T> entries = [];
    private int forgotten;

    /// <summary>How many entries were ever added: the position of the next one.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return forgotten + entries.Count;
            }
        }
    }

    public void Add(T entry)
    {
        lock (gate)
        {
            entries.Add(entry);
            if (capacity is { } kept && entries.Count >= 2L * kept)
            {
                forgotten += entries.Count - kept;
                entries.RemoveRange(0, entries.Count - kept);
            }
        }
    }

    /// <summary>The entries that are held from a position on, and the position after the last of them.</summary>
    public (IReadOnlyList<T> Entries, int Next) From(int position)
    {
        lock (gate)
        {
            var first = Math.Clamp(position - forgotten, 0, entries.Count);
            return (entries[first..], Math.Max(position, forgotten + entries.Count));
        }
    }
}
