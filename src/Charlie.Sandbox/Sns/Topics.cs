using System.Text.Json.Nodes;

namespace Charlie.Sandbox.Sns;

/// <summary>A message that was published to a topic.</summary>
public sealed record TopicMessage(string MessageId, DateTimeOffset PublishedAt, string? Subject, string Message)
{
    /// <summary>The message's attributes, by which subscriptions choose.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    /// <summary>Subject and message, as a mail shows them.</summary>
    public string Text => Subject is null ? Message : $"{Subject}\n\n{Message}";
}

/// <summary>A subscription; it is kept and shown, nothing is sent anywhere.</summary>
public sealed record TopicSubscription(string Arn, string Protocol, string? Endpoint);

/// <summary>A topic with everything that was ever published to it.</summary>
public sealed class Topic(string name)
{
    public string Name { get; } = name;

    public string Arn { get; } = Account.Arn("sns", name);

    public IDictionary<string, string> Attributes { get; } = new Dictionary<string, string>();

    public IList<TopicSubscription> Subscriptions { get; } = [];

    public IList<TopicMessage> Messages { get; } = [];
}

/// <summary>The account's topics.</summary>
public sealed class Topics(CloudContext context, EventTargets targets)
{
    private readonly SortedDictionary<string, Topic> topics = new(StringComparer.Ordinal);

    public IReadOnlyCollection<Topic> All => topics.Values;

    /// <summary>The topic, made unless it is there already.</summary>
    public Topic Create(string name)
    {
        if (!topics.TryGetValue(name, out var topic))
        {
            topics[name] = topic = new Topic(name);
            targets.Add(topic.Arn, new TopicTarget(this, topic));
        }

        return topic;
    }

    public void Delete(Topic topic)
    {
        topics.Remove(topic.Name);
        targets.Remove(topic.Arn);
    }

    public Topic? Find(string arn) => topics.Values.FirstOrDefault(topic => topic.Arn == arn);

    public TopicSubscription Subscribe(Topic topic, string protocol, string? endpoint)
    {
        var known = topic.Subscriptions.FirstOrDefault(one => one.Protocol == protocol && one.Endpoint == endpoint);
        if (known is null)
        {
            known = new TopicSubscription($"{topic.Arn}:{context.Ids.Uuid()}", protocol, endpoint);
            topic.Subscriptions.Add(known);
        }

        return known;
    }

    /// <summary>Publishes and returns the message's id.</summary>
    public string Publish(Topic topic, string? subject, string message, IReadOnlyDictionary<string, string>? attributes = null)
    {
        var published = new TopicMessage(context.Ids.Uuid(), context.Time.GetUtcNow(), subject, message)
        {
            Attributes = attributes ?? new Dictionary<string, string>(),
        };
        topic.Messages.Add(published);
        context.Record(
            "sns",
            "MessagePublished",
            topic.Name,
            published.Text,
            new Dictionary<string, string> { ["messageId"] = published.MessageId });
        return published.MessageId;
    }

    /// <summary>The messages by topic, for the control API.</summary>
    public JsonObject ToJson()
    {
        var document = new JsonObject();
        foreach (var topic in topics.Values)
        {
            document[topic.Name] = new JsonArray([.. topic.Messages.Select(message => (JsonNode)new JsonObject
            {
                ["messageId"] = message.MessageId,
                ["time"] = message.PublishedAt,
                ["subject"] = message.Subject,
                ["message"] = message.Message,
                ["attributes"] = new JsonObject(message.Attributes.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
            })]);
        }

        return document;
    }

    private sealed class TopicTarget(Topics topics, Topic topic) : IEventTarget
    {
        public DeliveryResult Deliver(TargetInput input)
        {
            topics.Publish(topic, null, input.Payload);
            return DeliveryResult.Delivered;
        }
    }
}
