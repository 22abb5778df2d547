using System.Globalization;
using Charlie.Sandbox.Sqs;

namespace Charlie.Sandbox.EventBridge;

/// <summary>
/// Delivers matched events to the targets of their rules. An event that a target refuses goes to the target's dead-letter queue at
/// once. Only API destinations fail in ways that may pass: they are tried again until the retry policy ends it. AWS waits longer each
/// time, and draws the wait; here it is twice as long each time.
/// </summary>
public sealed class EventDelivery(CloudContext context, EventTargets targets, Queues queues, EventFaults faults)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(5);

    public void Send(BusEvent @event, EventRule rule, RuleTarget target)
    {
        var input = new TargetInput(@event, Payload(@event, rule, target), rule.Arn)
        {
            RoleArn = target.RoleArn,
            Http = target.Http ?? HttpParameters.None,
        };
        context.Scheduler.After(faults.Delay?.Invoke(@event) ?? TimeSpan.Zero, () => Deliver(input, rule, target, retries: 0));
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

    private void Deliver(TargetInput input, EventRule rule, RuleTarget target, int retries)
    {
        if (targets.FindRemote(target.Arn) is { } remote)
        {
            remote.Deliver(input, result => Ended(result, input, rule, target, retries));
            return;
        }

        var result = targets.Find(target.Arn)?.Deliver(input)
            ?? DeliveryResult.Refused("NO_RESOURCE", $"The target {target.Arn} does not exist.");
        Ended(result, input, rule, target, retries);
    }

    private void Ended(DeliveryResult result, TargetInput input, EventRule rule, RuleTarget target, int retries)
    {
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
        if (result.IsRetried)
        {
            var wait = Max(Min(FirstWait * Math.Pow(2, Math.Min(retries, 20)), MaxWait), result.Wait);
            if (Exhausted(input, target.RetryPolicy, retries, wait) is not { } condition)
            {
                context.Scheduler.After(wait, () => Deliver(input, rule, target, retries + 1));
                return;
            }

            attributes["RETRY_ATTEMPTS"] = retries.ToString(CultureInfo.InvariantCulture);
            attributes["EXHAUSTED_RETRY_CONDITION"] = condition;
        }

        var kept = target.DeadLetterArn is { } arn && queues.Send(arn, EventJson.Write(input.Event.Envelope), attributes);
        context.Timeline.Record(
            "events",
            "DeliveryFailed",
            rule.Name,
            $"\"{input.Event.DetailType}\" did not reach {target.Arn}: {result.ErrorMessage}"
                + $" {(kept ? "It is in the dead-letter queue." : "It is lost.")}",
            data: attributes);
    }

    /// <summary>Which limit of the policy forbids one more try; <c>null</c> for none.</summary>
    private string? Exhausted(TargetInput input, RetryPolicy policy, int retries, TimeSpan wait) =>
        retries >= policy.MaximumRetryAttempts ? "MaximumRetryAttempts"
        : context.Time.GetUtcNow() + wait - input.Event.IngestionTime > TimeSpan.FromSeconds(policy.MaximumEventAgeInSeconds)
            ? "MaximumEventAgeInSeconds"
        : null;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
