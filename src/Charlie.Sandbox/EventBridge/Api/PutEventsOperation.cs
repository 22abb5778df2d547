using System.Text;
using System.Text.Json.Nodes;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.EventBridge.Api;

/// <summary>PutEvents: a request over the limits is refused whole, a bad entry fails alone in a response that is still 200.</summary>
internal sealed class PutEventsOperation(EventRouter router)
{
    private const int MaximumEntries = 10;

    /// <summary>256 KB for all entries together.</summary>
    private const int MaximumBytes = 256 * 1024;

    /// <summary>What AWS counts for a Time.</summary>
    private const int TimeBytes = 14;

    public JsonObject PutEvents(JsonArguments arguments, string? caller)
    {
        var entries = arguments.Objects("Entries") ?? throw JsonArguments.Constraint("entries", null, "Member must not be null");
        if (entries.Count is 0 or > MaximumEntries)
        {
            throw JsonArguments.Constraint(
                "entries",
                entries.Count == 0 ? "[]" : "[PutEventsRequestEntry]",
                entries.Count == 0 ? "Member must have length greater than or equal to 1"
                    : $"Member must have length less than or equal to {MaximumEntries}");
        }

        if (entries.Sum(Size) > MaximumBytes)
        {
            throw new AwsException("ValidationException", "Total size of the entries in the request is over the limit.");
        }

        var results = entries.Select(entry => Put(entry, caller)).ToList();
        return new JsonObject
        {
            ["FailedEntryCount"] = results.Count(result => result.ContainsKey("ErrorCode")),
            ["Entries"] = new JsonArray([.. results]),
        };
    }

    private JsonObject Put(JsonArguments entry, string? caller)
    {
        foreach (var required in (string[])["Source", "DetailType", "Detail"])
        {
            if (string.IsNullOrEmpty(entry.Text(required)))
            {
                return Failed("InvalidArgument", $"Parameter {required} is not valid. Reason: {required} is a required argument.");
            }
        }

        var source = entry.Required("Source");
        if (source.StartsWith("aws.", StringComparison.Ordinal))
        {
            return Failed("NotAuthorizedForSourceException", "Not authorized for the source.");
        }

        if (EventJson.ParseObject(entry.Required("Detail")) is not { } detail)
        {
            return Failed("MalformedDetail", "Detail is malformed.");
        }

        var bus = entry.Text("EventBusName", 1600, BusOperations.NameOrArn) ?? EventBus.Default;
        return new JsonObject
        {
            ["EventId"] = router.Put(
                bus, source, entry.Required("DetailType"), entry.Texts("Resources") ?? [], detail, entry.Time("Time"), caller),
        };
    }

    private static int Size(JsonArguments entry) =>
        (entry.Time("Time") is null ? 0 : TimeBytes)
        + Bytes(entry.Text("Source")) + Bytes(entry.Text("DetailType")) + Bytes(entry.Text("Detail"))
        + (entry.Texts("Resources") ?? []).Sum(Bytes);

    private static int Bytes(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);

    private static JsonObject Failed(string code, string message) => new() { ["ErrorCode"] = code, ["ErrorMessage"] = message };
}
