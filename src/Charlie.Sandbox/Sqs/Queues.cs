using System.Text.Json.Nodes;

namespace Charlie.Sandbox.Sqs;

/// <summary>A message that waits in a queue.</summary>
public sealed record QueueMessage(string MessageId, DateTimeOffset SentAt, string Body, IReadOnlyDictionary<string, string> Attributes);

/// <summary>
/// The account's queues, as far as they are targets and dead-letter queues: messages come in and stay, to be looked
/// at. <see cref="SqsApi"/> counts them.
/// </summary>
public sealed class Queues(CloudContext context, EventTargets targets)
{
    private readonly SortedDictionary<string, List<QueueMessage>> messages = new(StringComparer.Ordinal);

    public static string Arn(string name) => Account.Arn("sqs", name);

    public static string Url(string name) => $"https://sqs.{Account.Region}.amazonaws.com/{Account.Id}/{name}";

    public IReadOnlyCollection<string> Names => messages.Keys;

    public void Create(string name)
    {
        if (messages.TryAdd(name, []))
        {
            targets.Add(Arn(name), new QueueTarget(this, name));
        }
    }

    public void Delete(string name)
    {
        messages.Remove(name);
        targets.Remove(Arn(name));
    }

    /// <summary>What is in a queue, oldest first; nothing when there is no such queue.</summary>
    public IReadOnlyList<QueueMessage> Messages(string name) => messages.TryGetValue(name, out var list) ? [.. list] : [];

    /// <summary>Puts a message in a queue; <c>false</c> when there is no such queue.</summary>
    public bool Send(string arn, string body, IReadOnlyDictionary<string, string> attributes)
    {
        var name = arn[(arn.LastIndexOf(':') + 1)..];
        if (arn != Arn(name) || !messages.TryGetValue(name, out var list))
        {
            return false;
        }

        list.Add(new QueueMessage(context.Ids.Uuid(), context.Time.GetUtcNow(), body, attributes));
        context.Timeline.Record(
            "sqs", "MessageQueued", name, $"A message came into the queue {name} ({list.Count} there).", data: attributes);
        return true;
    }

    /// <summary>The messages by queue, for the control API.</summary>
    public JsonObject ToJson()
    {
        var document = new JsonObject();
        foreach (var (name, list) in messages)
        {
            document[name] = new JsonArray([.. list.Select(message => (JsonNode)new JsonObject
            {
                ["messageId"] = message.MessageId,
                ["time"] = message.SentAt,
                ["body"] = message.Body,
                ["attributes"] = new JsonObject(message.Attributes.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
            })]);
        }

        return document;
    }

    private sealed class QueueTarget(Queues queues, string name) : IEventTarget
    {
        public DeliveryResult Deliver(TargetInput input)
        {
            queues.Send(Arn(name), input.Payload, new Dictionary<string, string>());
            return DeliveryResult.Delivered;
        }
    }
}
