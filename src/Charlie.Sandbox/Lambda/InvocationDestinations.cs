using System.Globalization;
using System.Text.Json.Nodes;
using Charlie.Sandbox.EventBridge;
using Charlie.Sandbox.Sns;
using Charlie.Sandbox.Sqs;

namespace Charlie.Sandbox.Lambda;

/// <summary>Where asynchronous invocations end: the destinations of success and failure, and the dead-letter queue.</summary>
public sealed class InvocationDestinations(CloudContext context, EventRouter router, EventTargets targets, Topics topics, Queues queues)
{
    /// <summary>What Lambda gives of an error message in a dead-letter queue.</summary>
    private const int MaxErrorMessage = 1024;

    public void Succeeded(PendingInvocation pending)
    {
        if (pending.Function.OnSuccess is { } destination)
        {
            Send(pending, destination, "Success", Record(pending, "Success"));
        }
    }

    /// <param name="condition"><c>RetriesExhausted</c> or <c>EventAgeExceeded</c>.</param>
    public void Failed(PendingInvocation pending, string condition)
    {
        context.Timeline.Record(
            "lambda",
            "InvocationGivenUp",
            pending.Function.DisplayName,
            $"{pending.Function.DisplayName} is given up for this event: {condition}.",
            data: new Dictionary<string, string> { ["requestId"] = pending.RequestId });
        if (pending.Function.OnFailure is { } destination)
        {
            Send(pending, destination, "Failure", Record(pending, condition));
        }

        if (pending.Function.DeadLetterArn is { } deadLetter)
        {
            DeadLetter(pending, deadLetter);
        }
    }

    private void Send(PendingInvocation pending, string destination, string how, JsonObject record)
    {
        var detailType = $"Lambda Function Invocation Result - {how}";
        var resources = new[] { destination, pending.Function.Arn + ":$LATEST" };
        if (router.FindBus(destination) is { } bus)
        {
            router.PutOwn(bus.Name, "lambda", detailType, resources, record, null, pending.Function.DisplayName);
            return;
        }

        // Topics, queues and functions get the record itself.
        var now = context.Time.GetUtcNow();
        var carrier = new BusEvent(pending.RequestId, EventBus.Default, "lambda", detailType, now, now, resources, record);
        if (targets.Find(destination)?.Deliver(
            new TargetInput(carrier, EventJson.Write(record), pending.Function.Arn)) is not { ErrorCode: null })
        {
            context.Timeline.Record(
                "lambda", "DestinationFailed", pending.Function.DisplayName,
                $"The destination {destination} of {pending.Function.DisplayName} does not exist: the record is lost.");
        }
    }

    /// <summary>The record's shape is that of "Lambda Function Invocation Result" events.</summary>
    private JsonObject Record(PendingInvocation pending, string condition)
    {
        var record = new JsonObject
        {
            ["version"] = "1.0",
            ["timestamp"] = context.Time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            ["requestContext"] = new JsonObject
            {
                ["requestId"] = pending.RequestId,
                ["functionArn"] = pending.Function.Arn + ":$LATEST",
                ["condition"] = condition,
                ["approximateInvokeCount"] = pending.Attempts,
            },
            ["requestPayload"] = Own(pending.Document),
        };
        if (pending.LastResult is { Payload: not null } last)
        {
            var responseContext = new JsonObject { ["statusCode"] = 200, ["executedVersion"] = "$LATEST" };
            if (last.Status == InvocationStatus.FunctionError)
            {
                responseContext["functionError"] = "Unhandled";
            }

            record["responseContext"] = responseContext;
            record["responsePayload"] = Own(pending.LastDocument);
        }

        return record;
    }

    /// <summary>A document that is in no other yet goes into the record itself.</summary>
    private static JsonNode? Own(JsonNode? document) => document?.Parent is null ? document : document.DeepClone();

    private void DeadLetter(PendingInvocation pending, string arn)
    {
        var message = pending.LastDocument is JsonObject error
            && error["errorMessage"] is JsonValue text ? text.ToString() : "";
        var attributes = new Dictionary<string, string>
        {
            ["RequestID"] = pending.RequestId,
            ["ErrorCode"] = pending.LastResult?.Status == InvocationStatus.FunctionError ? "200" : "429",
            ["ErrorMessage"] = message.Length <= MaxErrorMessage ? message : message[..MaxErrorMessage],
        };
        if (topics.Find(arn) is { } topic)
        {
            topics.Publish(topic, null, pending.Payload);
        }
        else if (!queues.Send(arn, pending.Payload, attributes))
        {
            context.Timeline.Record(
                "lambda", "DeadLetterFailed", pending.Function.DisplayName,
                $"The dead-letter queue {arn} of {pending.Function.DisplayName} does not exist: the event is lost.");
        }
    }
}
