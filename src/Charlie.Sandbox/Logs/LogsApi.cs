using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Logs;

/// <summary>CloudWatch Logs' API, target prefix <c>Logs_20140328</c>, as far as it reads what rules delivered.</summary>
internal sealed class LogsApi(LogGroups groups) : IAwsApi
{
    private const int MaxName = 512;
    private const int MaxPattern = 1024;
    private const int MaxEvents = 10_000;

    public string Service => "logs";

    public PlayedOperations Operations { get; } = PlayedOperations.Of(
        "FilterLogEvents logGroupName startTime endTime filterPattern limit nextToken");

    public AwsProtocol Protocol => AwsProtocol.Json;

    public AwsResponse Respond(AwsRequest request) => new(
        200, "application/x-amz-json-1.1", JsonSerializer.SerializeToUtf8Bytes(Filter(JsonArguments.Of(request))));

    // A page ends where its limit is reached; the token is the place of the first event that is left.
    private JsonObject Filter(JsonArguments arguments)
    {
        var name = arguments.Required("logGroupName", MaxName, @"[\.\-_/#A-Za-z0-9]+");
        var events = groups.Events(name)
            ?? throw new AwsException("ResourceNotFoundException", "The specified log group does not exist.");
        var (from, until) = (arguments.Long("startTime"), arguments.Long("endTime"));
        var pattern = arguments.Text("filterPattern", MaxPattern) is { Length: > 0 } text ? LogPattern.Read(text) : null;
        var limit = arguments.Number("limit", 1, MaxEvents) ?? MaxEvents;
        var first = arguments.Text("nextToken") is not { } token ? 0
            : int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place
            : throw new AwsException("InvalidParameterException", "The specified nextToken is invalid.");
        var (found, next) = (new JsonArray(), first);
        for (; next < events.Count && found.Count < limit; next++)
        {
            var (id, time, message) = events[next];
            var at = time.ToUnixTimeMilliseconds();
            if (!(at < from) && !(at >= until) && pattern?.Matches(message) != false)
            {
                found.Add(new JsonObject
                {
                    ["logStreamName"] = "events",
                    ["timestamp"] = at,
                    ["message"] = message,
                    ["ingestionTime"] = at,
                    ["eventId"] = id,
                });
            }
        }

        var response = new JsonObject { ["events"] = found, ["searchedLogStreams"] = new JsonArray() };
        if (next < events.Count)
        {
            response["nextToken"] = next.ToString(CultureInfo.InvariantCulture);
        }

        return response;
    }
}
