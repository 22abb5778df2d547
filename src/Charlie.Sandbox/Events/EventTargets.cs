namespace Charlie.Sandbox.Events;

/// <summary>What a rule hands to a target.</summary>
/// <param name="Event">The event that matched.</param>
/// <param name="Payload">What the target gets: the event, or what the target's input settings made of it.</param>
/// <param name="RuleArn">The rule that matched.</param>
public sealed record TargetInput(BusEvent Event, string Payload, string RuleArn);

/// <summary>What a target said to one delivery.</summary>
/// <param name="ErrorCode"><c>null</c> when it took the event; else EventBridge's code, for example <c>NO_RESOURCE</c>.</param>
public sealed record DeliveryResult(string? ErrorCode, string? ErrorMessage)
{
    public static DeliveryResult Delivered { get; } = new(null, null);

    public static DeliveryResult Refused(string code, string message) => new(code, message);
}

/// <summary>Something that a rule can deliver to.</summary>
public interface IEventTarget
{
    DeliveryResult Deliver(TargetInput input);
}

/// <summary>The account's targets by ARN: functions, topics, queues and buses enter themselves here when they are made.</summary>
public sealed class EventTargets
{
    private readonly Dictionary<string, IEventTarget> targets = [];

    public void Add(string arn, IEventTarget target) => targets[arn] = target;

    public void Remove(string arn) => targets.Remove(arn);

    public IEventTarget? Find(string arn) => targets.GetValueOrDefault(arn);
}
