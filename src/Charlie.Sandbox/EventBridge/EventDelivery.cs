using System.Globalization;
using Charlie.Sandbox.Sqs;

namespace Charlie.Sandbox.EventBridge;

/// <summary>Brings what rules matched to their targets: at least once, by the target's retry policy, then to its dead-letter queue.</summary>
public sealed class EventDelivery(TimeProvider time, Agenda agenda, Timeline timeline, EventTargets targets, Queues queues)
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(10);

    /// <summary>A fault: asked before each delivery; an answer stands for the target's own.</summary>
    public Func<BusEvent, RuleTarget, DeliveryResult?>? Fault { get; set; }

    /// <summary>A fault: asked once for each event and target; how much later than at once the first delivery is tried.</summary>
    public Func<BusEvent, RuleTarget, TimeSpan>? Delay { get; set; }

    public void Send(BusEvent @event, EventRule rule, RuleTarget target)
    {
        var input = new TargetInput(@event, Payload(@event, rule, target), rule.Arn);
        agenda.After(Delay?.Invoke(@event, target) ?? TimeSpan.Zero, () => Try(new Pending(input, rule, target), retries: 0));
    }

    private static string Payload(BusEvent @event, EventRule rule, RuleTarget target)
    {
        var envelope = @event.ToJson();
        return target switch
        {
            { Input: { } constant } => constant,
            { InputPath: { } path } => EventJson.Write(JsonPath.Select(envelope, path)),
            { InputTransformer: { } transformer } => transformer.Apply(envelope, rule, @event.IngestionTime),
            _ => EventJson.Write(envelope),
        };
    }

    private void Try(Pending pending, int retries)
    {
        var result = Fault?.Invoke(pending.Input.Event, pending.Target)
            ?? targets.Find(pending.Target.Arn)?.Deliver(pending.Input)
            ?? DeliveryResult.Refused("NO_RESOURCE", $"The target {pending.Target.Arn} does not exist.");
        if (result.ErrorCode is null)
        {
            return;
        }

        var policy = pending.Target.RetryPolicy;
        // EventBridge backs off exponentially, with jitter; AWS gives no numbers.
        var wait = TimeSpan.FromTicks(Math.Min(LongestRetry.Ticks, FirstRetry.Ticks << Math.Min(retries, 20)));
        var age = time.GetUtcNow() + wait - pending.Input.Event.IngestionTime;
        string? exhausted = !result.Retryable ? ""
            : retries >= policy.MaximumRetryAttempts ? "MaximumRetryAttempts"
            : age > TimeSpan.FromSeconds(policy.MaximumEventAgeInSeconds) ? "MaximumEventAgeInSeconds"
            : null;
        if (exhausted is null)
        {
            agenda.After(wait, () => Try(pending, retries + 1));
        }
        else
        {
            GiveUp(pending, result, exhausted, retries);
        }
    }

    private void GiveUp(Pending pending, DeliveryResult result, string exhausted, int retries)
    {
        var attributes = new Dictionary<string, string>
        {
            ["RULE_ARN"] = pending.Rule.Arn,
            ["TARGET_ARN"] = pending.Target.Arn,
            ["ERROR_CODE"] = result.ErrorCode!,
            ["ERROR_MESSAGE"] = result.ErrorMessage!,
        };
        if (exhausted.Length > 0)
        {
            attributes["EXHAUSTED_RETRY_CONDITION"] = exhausted;
            attributes["RETRY_ATTEMPTS"] = retries.ToString(CultureInfo.InvariantCulture);
        }

        var kept = pending.Target.DeadLetterArn is { } arn && queues.Send(arn, EventJson.Write(pending.Input.Event.ToJson()), attributes);
        timeline.Record(
            "events",
            "DeliveryFailed",
            pending.Rule.Name,
            $"\"{pending.Input.Event.DetailType}\" did not reach {pending.Target.Arn}: {result.ErrorMessage} {(kept ? "It is in the dead-letter queue." : "It is lost.")}",
            data: attributes);
    }

    private sealed record Pending(TargetInput Input, EventRule Rule, RuleTarget Target);
}
