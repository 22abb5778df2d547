using Charlie.Sandbox.Sqs;

namespace Charlie.Sandbox.EventBridge;

/// <summary>
/// Delivers matched events to the targets of their rules. An event that a target refuses goes to the target's dead-letter queue at
/// once: AWS retries throttled targets and service errors, and no target of the sandbox has either.
/// </summary>
public sealed class EventDelivery(CloudContext context, EventTargets targets, Queues queues, EventFaults faults)
{
    public void Send(BusEvent @event, EventRule rule, RuleTarget target)
    {
        var input = new TargetInput(@event, Payload(@event, rule, target), rule.Arn);
        context.Scheduler.After(faults.Delay?.Invoke(@event) ?? TimeSpan.Zero, () => Deliver(input, rule, target));
    }

    private static string Payload(BusEvent @event, EventRule rule, RuleTarget target)
    {
        var envelope = @event.Envelope;
        return target switch
        {
            { Input: { } constant } => constant,
            { InputPath: { } path } => EventJson.Write(JsonPath.Select(envelope, path)),
            { InputTransformer: { } transformer } => transformer.Apply(envelope, rule, @event.IngestionTime),
            _ => EventJson.Write(envelope),
        };
    }

    private void Deliver(TargetInput input, EventRule rule, RuleTarget target)
    {
        var result = targets.Find(target.Arn)?.Deliver(input)
            ?? DeliveryResult.Refused("NO_RESOURCE", $"The target {target.Arn} does not exist.");
        if (result.ErrorCode is null)
        {
            return;
        }

        var attributes = new Dictionary<string, string>
        {
            ["RULE_ARN"] = rule.Arn,
            ["TARGET_ARN"] = target.Arn,
            ["ERROR_CODE"] = result.ErrorCode,
            ["ERROR_MESSAGE"] = result.ErrorMessage!,
        };
        var kept = target.DeadLetterArn is { } arn && queues.Send(arn, EventJson.Write(input.Event.Envelope), attributes);
        context.Timeline.Record(
            "events",
            "DeliveryFailed",
            rule.Name,
            $"\"{input.Event.DetailType}\" did not reach {target.Arn}: {result.ErrorMessage} {(kept ? "It is in the dead-letter queue." : "It is lost.")}",
            data: attributes);
    }
}
