namespace Charlie.Sandbox.EventBridge;

/// <summary>A bus and its rules by name, in the order of their names as ListRules gives them.</summary>
public sealed class EventBus(string name, DateTimeOffset createdAt)
{
    /// <summary>The account's own bus, the only one with schedules and with the events of AWS's services.</summary>
    public const string Default = "default";

    public string Name { get; } = name;

    public string Arn { get; } = Account.Arn("events", $"event-bus/{name}");

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset LastModifiedAt { get; internal set; } = createdAt;

    public string? Description { get; internal set; }

    /// <summary>The resource policy, a JSON text. It is kept and shown but not enforced: the sandbox has no principals.</summary>
    public string? Policy { get; internal set; }

    public SortedDictionary<string, EventRule> Rules { get; } = new(StringComparer.Ordinal);
}
