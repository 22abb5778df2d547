using System.Globalization;
using System.Text.Json.Nodes;

namespace Charlie.Sandbox.Events;

/// <summary>An event on a bus.</summary>
/// <param name="BusName">The bus that it was put on.</param>
/// <param name="Time">The event's own time, whole seconds.</param>
/// <param name="IngestionTime">When the bus received it.</param>
/// <param name="Detail">Never changed once the event is made.</param>
public sealed record BusEvent(
    string Id,
    string BusName,
    string Source,
    string DetailType,
    DateTimeOffset Time,
    DateTimeOffset IngestionTime,
    IReadOnlyList<string> Resources,
    JsonObject Detail)
{
    private JsonObject? envelope;

    /// <summary>Whether a rule brought it here from another bus; EventBridge does not pass such an event on again.</summary>
    public bool Forwarded { get; init; }

    /// <summary>The envelope, made once and only read. Neither <see cref="BusName"/> nor <see cref="Forwarded"/> is in it.</summary>
    internal JsonObject Envelope => envelope ??= ToJson(Detail.Parent is null ? Detail : Detail.DeepClone());

    /// <summary>The envelope as targets get it.</summary>
    public JsonObject ToJson() => ToJson(Detail.DeepClone());

    private JsonObject ToJson(JsonNode detail) => new()
    {
        ["version"] = "0",
        ["id"] = Id,
        ["detail-type"] = DetailType,
        ["source"] = Source,
        ["account"] = Account.Id,
        ["time"] = Seconds(Time),
        ["region"] = Account.Region,
        ["resources"] = new JsonArray([.. Resources.Select(resource => (JsonNode)resource)]),
        ["detail"] = detail,
    };

    internal static string Seconds(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
