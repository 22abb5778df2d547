using System.Text.Json.Nodes;
using Charlie.Sandbox.Context;
using Charlie.Sandbox.EventBridge;

namespace Charlie.Sandbox.Tests;

/// <summary>A default bus that keeps what is put on it.</summary>
internal sealed class RecordedEvents : IEventBus
{
    public List<(string Source, string DetailType, IReadOnlyList<string> Resources, JsonObject Detail)> All { get; } = [];

    public IEnumerable<JsonObject> Of(string detailType) => All.Where(one => one.DetailType == detailType).Select(one => one.Detail);

    public void Put(string source, string detailType, IReadOnlyList<string> resources, JsonObject detail) =>
        All.Add((source, detailType, resources, detail));
}
