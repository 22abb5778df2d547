namespace Charlie.Sandbox.Logs;

/// <summary>An event of a log group.</summary>
public sealed record LogEvent(string Id, DateTimeOffset At, string Message);

/// <summary>
/// The account's log groups, as far as rules deliver to them: what comes in stays, to be read. What functions print is elsewhere
/// (<c>/_charlie/invocations</c>).
/// </summary>
public sealed class LogGroups(CloudContext context, EventTargets targets)
{
    private readonly SortedDictionary<string, List<LogEvent>> groups = new(StringComparer.Ordinal);

    /// <summary>The ARN by which a rule names a group: without the <c>:*</c> that stands for its streams.</summary>
    public static string Arn(string name) => Account.Arn("logs", $"log-group:{name}");

    public IReadOnlyCollection<string> Names => groups.Keys;

    public void Create(string name)
    {
        if (groups.TryAdd(name, []))
        {
            targets.Add(Arn(name), new LogTarget(this, name));
        }
    }

    public void Delete(string name)
    {
        groups.Remove(name);
        targets.Remove(Arn(name));
    }

    /// <summary>The events of a group, the oldest first; <c>null</c> when there is no such group.</summary>
    public IReadOnlyList<LogEvent>? Events(string name) => groups.GetValueOrDefault(name);

    private void Put(string name, string message)
    {
        var events = groups[name];
        events.Add(new LogEvent(context.Ids.Uuid(), context.Time.GetUtcNow(), message));
        if (context.HistoryLength is { } most && events.Count > most)
        {
            events.RemoveRange(0, events.Count - most);
        }
    }

    private sealed class LogTarget(LogGroups groups, string name) : IEventTarget
    {
        public DeliveryResult Deliver(TargetInput input)
        {
            groups.Put(name, input.Payload);
            return DeliveryResult.Delivered;
        }
    }
}
