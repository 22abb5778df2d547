using System.Text.Json.Nodes;
using Charlie.Operations.Access;

namespace Charlie.Operations.Requests;

/// <summary>Puts events on the app's bus.</summary>
internal sealed class EventBus(SignedClient client, string bus)
{
    /// <summary>Puts one event; returns its id.</summary>
    /// <exception cref="OperationException">The bus did not take it.</exception>
    public async Task<string> PutAsync(OperatorEvent put, CancellationToken cancellation)
    {
        var entry = new JsonObject
        {
            ["EventBusName"] = bus,
            ["Source"] = put.Source,
            ["DetailType"] = put.DetailType,
            ["Detail"] = put.Detail.ToJsonString(),
        };
        var response = await client.JsonAsync(
            "events", "AWSEvents", "PutEvents", new JsonObject { ["Entries"] = new JsonArray(entry) }, cancellation);
        var result = response["Entries"]?[0];

        // A refused entry still comes with status 200.
        return (int?)response["FailedEntryCount"] == 0 && (string?)result?["EventId"] is { } id
            ? id
            : throw new OperationException(
                $"Bus {bus} did not take {put.DetailType}: {(string?)result?["ErrorCode"]} {(string?)result?["ErrorMessage"]}");
    }
}
