using System.Text.Json.Nodes;
using Charlie.Sandbox.Sqs;

namespace Charlie.Sandbox.Sns;

/// <summary>The messages of topics and dead-letter queues: the control API's <c>messages</c>.</summary>
public static class MessagesDocument
{
    public static JsonObject Write(Topics topics, Queues queues) => new() { ["topics"] = topics.ToJson(), ["queues"] = queues.ToJson() };
}
