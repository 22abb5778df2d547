using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Charlie.Sandbox.EventBridge.Destinations;

/// <summary>Writes the request of one delivery: the connection's parameters, the target's and the payload.</summary>
internal static class DestinationRequest
{
    // What EventBridge writes itself. The range is the most that it reads of an answer.
    private static readonly (string Name, string Value)[] Own =
        [("User-Agent", "Amazon/EventBridge/ApiDestinations"), ("Range", "bytes=0-1048575"), ("Accept-Encoding", "gzip,deflate")];

    /// <param name="server">The server that stands for the endpoint's host.</param>
    public static HttpRequestMessage Write(
        ApiDestination destination, Connection connection, TargetInput input, Func<Uri, Uri> server)
    {
        var endpoint = new Uri(Query(Path(destination.Endpoint, input.Http.Path), connection, input.Http));
        var request = new HttpRequestMessage(new HttpMethod(destination.Method), server(endpoint))
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body(input.Payload, connection.Parameters.Body))),
        };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json; charset=utf-8");
        request.Headers.Host = endpoint.Authority;
        request.Headers.ConnectionClose = true;
        // The connection's word counts: a rule must not replace a credential.
        var headers = Own
            .Concat(input.Http.Headers.Select(header => (header.Key, header.Value)))
            .Concat(connection.Parameters.Headers.Select(header => (header.Key, header.Value)))
            .Append(connection.Authorization!.Header);
        foreach (var (name, value) in headers)
        {
            var (requested, content) = ((HttpHeaders)request.Headers, (HttpHeaders)request.Content.Headers);
            requested.Remove(name);
            if (!requested.TryAddWithoutValidation(name, value))
            {
                content.Remove(name);
                content.TryAddWithoutValidation(name, value);
            }
        }

        return request;
    }

    private static string Path(string endpoint, IReadOnlyList<string> values)
    {
        var parts = endpoint.Split('*');
        return string.Concat(parts.Select((part, at) => at == 0 ? part : Value(at - 1) + part));

        string Value(int at) => at < values.Count ? Uri.EscapeDataString(values[at]) : "*";
    }

    private static string Query(string endpoint, Connection connection, HttpParameters http)
    {
        var pairs = http.Query.Select(pair => (pair.Key, pair.Value))
            .Concat(connection.Parameters.Query.Select(one => (one.Key, one.Value)))
            .Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}")
            .ToList();
        var separator = endpoint.Contains('?', StringComparison.Ordinal) ? "&" : "?";
        return pairs.Count == 0 ? endpoint : endpoint + separator + string.Join('&', pairs);
    }

    // A payload that is no object has no members to add to.
    private static string Body(string payload, IReadOnlyList<HttpParameter> members)
    {
        if (members.Count == 0 || EventJson.ParseObject(payload) is not { } body)
        {
            return payload;
        }

        foreach (var member in members)
        {
            body[member.Key] = JsonValue.Create(member.Value);
        }

        return EventJson.Write(body);
    }
}
