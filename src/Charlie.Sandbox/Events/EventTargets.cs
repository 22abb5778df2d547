namespace Charlie.Sandbox.Events;

/// <summary>What a rule hands to a target.</summary>
/// <param name="Event">The event that matched.</param>
/// <param name="Payload">What the target gets: the event, or what the target's input settings made of it.</param>
/// <param name="RuleArn">The rule that matched.</param>
public sealed record TargetInput(BusEvent Event, string Payload, string RuleArn)
{
    /// <summary>The role that the target gave EventBridge.</summary>
    public string? RoleArn { get; init; }

    /// <summary>What the target adds to an HTTP request.</summary>
    public HttpParameters Http { get; init; } = HttpParameters.None;
}

/// <summary>What a target of HTTP adds to each request.</summary>
/// <param name="Path">In the places of the endpoint's <c>*</c>, in order.</param>
public sealed record HttpParameters(
    IReadOnlyList<string> Path, IReadOnlyDictionary<string, string> Headers, IReadOnlyDictionary<string, string> Query)
{
    public static readonly HttpParameters None =
        new([], new Dictionary<string, string>(), new Dictionary<string, string>());
}

/// <summary>What a target said to one delivery.</summary>
/// <param name="ErrorCode"><c>null</c> when it took the event; else EventBridge's code, for example <c>NO_RESOURCE</c>.</param>
public sealed record DeliveryResult(string? ErrorCode, string? ErrorMessage)
{
    public static DeliveryResult Delivered { get; } = new(null, null);

    /// <summary>Whether EventBridge tries again, as the target's retry policy lets it.</summary>
    public bool IsRetried { get; init; }

    /// <summary>The least that the target asked to be left alone for.</summary>
    public TimeSpan Wait { get; init; }

    /// <summary>A failure that may pass.</summary>
    public static DeliveryResult Failed(string code, string message) => new(code, message) { IsRetried = true };

    public static DeliveryResult Refused(string code, string message) => new(code, message);
}

/// <summary>Something that a rule can deliver to.</summary>
public interface IEventTarget
{
    DeliveryResult Deliver(TargetInput input);
}

/// <summary>A target outside the account, which answers later.</summary>
public interface IRemoteTarget
{
    /// <param name="end">Called once, under the cloud's lock.</param>
    void Deliver(TargetInput input, Action<DeliveryResult> end);
}

/// <summary>The account's targets by ARN: functions, topics, queues and buses enter themselves here when they are made.</summary>
public sealed class EventTargets
{
    private readonly Dictionary<string, IEventTarget> targets = [];
    private readonly Dictionary<string, IRemoteTarget> remote = [];

    public void Add(string arn, IEventTarget target) => targets[arn] = target;

    public void Add(string arn, IRemoteTarget target) => remote[arn] = target;

    public void Remove(string arn)
    {
        targets.Remove(arn);
        remote.Remove(arn);
    }

    public IRemoteTarget? FindRemote(string arn) => remote.GetValueOrDefault(arn);

    public IEventTarget? Find(string arn) => targets.GetValueOrDefault(arn);
}
