using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.EventBridge.Api;

/// <summary>Lists in pages: Limit 1 to 100, an opaque NextToken while there is more.</summary>
internal static class EventsPage
{
    public static JsonObject Write<T>(string name, IEnumerable<T> all, Func<T, JsonObject> describe, JsonArguments arguments)
    {
        var limit = arguments.Number("Limit", 1, 100) ?? 100;
        var from = arguments.Text("NextToken", 2048) is { } token ? Position(token) : 0;
        var rest = all.Skip(from).ToList();
        var page = new JsonObject { [name] = new JsonArray([.. rest.Take(limit).Select(describe)]) };
        if (rest.Count > limit)
        {
            page["NextToken"] = Convert.ToBase64String(Encoding.UTF8.GetBytes((from + limit).ToString(CultureInfo.InvariantCulture)));
        }

        return page;
    }

    private static int Position(string token)
    {
        var bytes = new byte[token.Length];
        return Convert.TryFromBase64String(token, bytes, out var count)
            && int.TryParse(Encoding.UTF8.GetString(bytes, 0, count), NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? position
            : throw new AwsException("ValidationException", "Parameter NextToken is not valid.");
    }
}
