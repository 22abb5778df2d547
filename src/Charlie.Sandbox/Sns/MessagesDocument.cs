using System.Text.Json.Nodes;
using Charlie.Sandbox.Sqs;

namespace Charlie.Sandbox.Sns;

/// <summary>What people and dead-letter queues got: the control API's <c>messages</c>.</summary>
public static class MessagesDocument
{
    public static JsonObject Write(Topics topics, Queues queues) => new() { ["topics"] = topics.ToJson(), ["queues"] = queues.ToJson() };
}
