using System.Text.Json;
using System.Text.Json.Nodes;

namespace Charlie.Sandbox.Lambda;

/// <summary>One attempt to run a function with an event.</summary>
public sealed class InvocationRecord(Invocation invocation, DateTimeOffset startedAt)
{
    public Invocation Invocation { get; } = invocation;

    public DateTimeOffset StartedAt { get; } = startedAt;

    public DateTimeOffset? EndedAt { get; internal set; }

    /// <summary><c>null</c> while it runs.</summary>
    public InvocationResult? Result { get; internal set; }
}

/// <summary>The attempts of all asynchronous invocations, in the order in which they began.</summary>
/// <param name="historyLength">How many attempts are kept: see <see cref="History{T}"/>.</param>
public sealed class InvocationLog(FunctionLogs logs, int? historyLength = null)
{
    private readonly History<InvocationRecord> records = new(historyLength);

    public IReadOnlyList<InvocationRecord> Records => records.From(0).Entries;

    public FunctionLogs Logs => logs;

    internal void Add(InvocationRecord record) => records.Add(record);

    /// <summary>The control API's <c>invocations</c>, of one function or of all.</summary>
    /// <param name="function">A function's name or logical id.</param>
    public JsonArray ToJson(string? function = null) =>
        [.. Records.Where(record =>
            function is null || function == record.Invocation.Function.Name || function == record.Invocation.Function.LogicalId)
            .Select(Describe)];

    private JsonObject Describe(InvocationRecord record)
    {
        var failed = record.Result?.Status == InvocationStatus.FunctionError;
        return new JsonObject
        {
            ["function"] = record.Invocation.Function.DisplayName,
            ["functionName"] = record.Invocation.Function.Name,
            ["requestId"] = record.Invocation.RequestId,
            ["attempt"] = record.Invocation.Attempt,
            ["status"] = record.Result?.Status.ToString() ?? "Running",
            ["startedAt"] = record.StartedAt,
            ["endedAt"] = record.EndedAt,
            ["environment"] = record.Result?.Environment,
            ["event"] = Json(record.Invocation.Payload),
            ["result"] = failed ? null : Json(record.Result?.Payload),
            ["error"] = failed ? Json(record.Result?.Payload) : null,
            ["logs"] = new JsonArray([.. logs.OfRequest(record.Invocation.RequestId).Select(line => (JsonNode)line)]),
        };
    }

    /// <summary>The payload as a document, or as a text when it is none.</summary>
    internal static JsonNode? Json(string? payload)
    {
        try
        {
            return payload is null ? null : EventJson.Parse(payload);
        }
        catch (JsonException)
        {
            return payload;
        }
    }
}
