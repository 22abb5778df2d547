using System.Text.Json.Nodes;

namespace Charlie.Sandbox.Context;

/// <summary>The way other services of the cloud put their events on the account's default bus.</summary>
public interface IEventBus
{
    /// <summary>
    /// Puts a service's event (<c>aws.autoscaling</c>) on the default bus; the bus adds id, time, account and region.
    /// </summary>
    void Put(string source, string detailType, IReadOnlyList<string> resources, JsonObject detail);
}
