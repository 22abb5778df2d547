using Charlie.Sandbox.EventBridge.Patterns;

namespace Charlie.Sandbox.EventBridge;

/// <summary>What a rule is made of; at least one of pattern and schedule is set.</summary>
public sealed record RuleSettings(string Name)
{
    public EventPattern? Pattern { get; init; }

    public ScheduleExpression? Schedule { get; init; }

    public bool Enabled { get; init; } = true;

    public string? Description { get; init; }

    public string? RoleArn { get; init; }

    /// <summary>The name in the template that made it.</summary>
    public string? LogicalId { get; init; }
}

/// <summary>A rule of one bus, with its targets by id.</summary>
public sealed class EventRule(string busName, RuleSettings settings)
{
    private readonly Dictionary<string, RuleTarget> targets = [];

    public string BusName { get; } = busName;

    public RuleSettings Settings { get; internal set; } = settings;

    public string Name => Settings.Name;

    public string Arn => Account.Arn("events", BusName == EventBus.Default ? $"rule/{Name}" : $"rule/{BusName}/{Name}");

    public IReadOnlyCollection<RuleTarget> Targets => targets.Values;

    /// <summary>The next turn of its schedule.</summary>
    internal IDisposable? Turn { get; set; }

    public void Put(RuleTarget target) => targets[target.Id] = target;

    public bool Remove(string targetId) => targets.Remove(targetId);
}

/// <summary>Where a rule sends what it matched.</summary>
/// <param name="Id">Unique in the rule.</param>
public sealed record RuleTarget(string Id, string Arn)
{
    /// <summary>At most one of these three is set; without one the target gets the event as it is.</summary>
    public string? Input { get; init; }

    public string? InputPath { get; init; }

    public InputTransformer? InputTransformer { get; init; }

    /// <summary>The queue for what could not be delivered; without one it is dropped.</summary>
    public string? DeadLetterArn { get; init; }

    public RetryPolicy RetryPolicy { get; init; } = new();

    public string? RoleArn { get; init; }

    /// <summary>What it adds to an HTTP request; <c>null</c> where it says nothing.</summary>
    public HttpParameters? Http { get; init; }
}

/// <summary>How long EventBridge retries a delivery, with AWS's defaults; see <see cref="EventDelivery"/>.</summary>
/// <param name="MaximumRetryAttempts">0 to 185.</param>
/// <param name="MaximumEventAgeInSeconds">60 to 86400.</param>
public sealed record RetryPolicy(int MaximumRetryAttempts = 185, int MaximumEventAgeInSeconds = 86_400);
