using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Charlie.Sandbox.EventBridge.Destinations;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.EventBridge.Api;

/// <summary>The operations on connections. No response and no error has a secret value in it.</summary>
internal sealed partial class ConnectionOperations(DestinationStore store)
{
    public const string Name = @"[\.\-_A-Za-z0-9]+";

    private const int MaxValue = 512;

    private const string Shown = "***";

    public JsonObject CreateConnection(JsonArguments arguments)
    {
        var name = arguments.Required("Name", 64, Name);
        if (store.FindConnection(name) is not null)
        {
            throw new AwsException("ResourceAlreadyExistsException", $"Connection {name} already exists.");
        }

        var type = TypeOf(arguments) ?? throw JsonArguments.Constraint("authorizationType", null, "Member must not be null");
        var given = arguments.Object("AuthParameters") ?? throw JsonArguments.Constraint("authParameters", null, "Member must not be null");
        return Answer(store.CreateConnection(
            name, Authorization(type, given), Parameters(given) ?? InvocationParameters.None, arguments.Text("Description", MaxValue)));
    }

    public JsonObject UpdateConnection(JsonArguments arguments)
    {
        var connection = Existing(arguments);
        var type = TypeOf(arguments);
        var given = arguments.Object("AuthParameters");
        if (type is not null && type != connection.AuthorizationType && given is null)
        {
            throw new AwsException("ValidationException", "Parameter AuthParameters is needed for another AuthorizationType.");
        }

        // The credentials are given whole: what EventBridge kept is not merged with a part of new ones.
        var authorization = given is { } credentials && HasCredentials(credentials)
            ? Authorization(type ?? connection.AuthorizationType, credentials)
            : null;
        connection.Parameters = (given is { } all ? Parameters(all) : null) ?? connection.Parameters;
        connection.Description = arguments.Text("Description", MaxValue) ?? connection.Description;
        store.Touch(connection);
        if (authorization is not null)
        {
            store.Authorize(connection, authorization);
        }

        return Answer(connection);
    }

    public JsonObject DescribeConnection(JsonArguments arguments)
    {
        var connection = Existing(arguments);
        var described = Listed(connection);
        described["SecretArn"] = connection.SecretArn;
        BusOperations.Optional(described, "Description", connection.Description);
        var shown = new JsonObject();
        switch (connection.Authorization)
        {
            case ConnectionAuthorization.ApiKey key:
                shown["ApiKeyAuthParameters"] = new JsonObject { ["ApiKeyName"] = key.Name };
                break;
            case ConnectionAuthorization.Basic basic:
                shown["BasicAuthParameters"] = new JsonObject { ["Username"] = basic.User };
                break;
        }

        if (connection.Parameters != InvocationParameters.None)
        {
            shown["InvocationHttpParameters"] = new JsonObject
            {
                ["HeaderParameters"] = Describe(connection.Parameters.Headers),
                ["QueryStringParameters"] = Describe(connection.Parameters.Query),
                ["BodyParameters"] = Describe(connection.Parameters.Body),
            };
        }

        described["AuthParameters"] = shown;
        return described;
    }

    public JsonObject ListConnections(JsonArguments arguments)
    {
        var prefix = arguments.Text("NamePrefix", 64, Name) ?? "";
        var state = arguments.Text("ConnectionState", 64);
        return EventsPage.Write(
            "Connections",
            store.Connections.Where(one => one.Name.StartsWith(prefix, StringComparison.Ordinal) && (state is null || one.State == state)),
            Listed,
            arguments);
    }

    public JsonObject DeauthorizeConnection(JsonArguments arguments)
    {
        var connection = Existing(arguments);
        store.Deauthorize(connection);
        return Answer(connection);
    }

    public JsonObject DeleteConnection(JsonArguments arguments)
    {
        var connection = Existing(arguments);
        store.Delete(connection);
        var answer = Answer(connection);
        answer["ConnectionState"] = "DELETING";
        return answer;
    }

    private Connection Existing(JsonArguments arguments)
    {
        var name = arguments.Required("Name", 64, Name);
        return store.FindConnection(name)
            ?? throw new AwsException("ResourceNotFoundException", $"Connection '{name}' does not exist.");
    }

    private static string? TypeOf(JsonArguments arguments) =>
        arguments.Text("AuthorizationType", 64, "BASIC|OAUTH_CLIENT_CREDENTIALS|API_KEY") is "OAUTH_CLIENT_CREDENTIALS"
            ? throw new AwsException("ValidationException", "The sandbox does not play AuthorizationType OAUTH_CLIENT_CREDENTIALS.")
            : arguments.Text("AuthorizationType");

    private static bool HasCredentials(JsonArguments given) =>
        given.Object("ApiKeyAuthParameters") is not null || given.Object("BasicAuthParameters") is not null;

    private static ConnectionAuthorization Authorization(string type, JsonArguments given)
    {
        var (key, basic) = (given.Object("ApiKeyAuthParameters"), given.Object("BasicAuthParameters"));
        return (type, key, basic) switch
        {
            ("API_KEY", { } values, null) =>
                new ConnectionAuthorization.ApiKey(HeaderText(values, "ApiKeyName"), HeaderText(values, "ApiKeyValue", isSecret: true)),
            ("BASIC", null, { } values) =>
                new ConnectionAuthorization.Basic(HeaderText(values, "Username"), HeaderText(values, "Password", isSecret: true)),
            _ => throw new AwsException("ValidationException", $"Authorization parameters do not match the AuthorizationType {type}."),
        };
    }

    private static string HeaderText(JsonArguments values, string name, bool isSecret = false)
    {
        var value = values.Required(name);
        return value.Length is > 0 and <= MaxValue && AuthHeader().IsMatch(value)
            ? value
            : throw JsonArguments.Constraint(
                name,
                isSecret ? Shown : value,
                value.Length > MaxValue ? $"Member must have length less than or equal to {MaxValue}"
                    : "Member must satisfy regular expression pattern: " + AuthHeader());
    }

    private static InvocationParameters? Parameters(JsonArguments given) =>
        given.Object("InvocationHttpParameters") is { } http
            ? new InvocationParameters(
                Read(http, "HeaderParameters"), Read(http, "QueryStringParameters"), Read(http, "BodyParameters"))
            : null;

    private static IReadOnlyList<HttpParameter> Read(JsonArguments http, string name) =>
    [
        .. (http.Objects(name) ?? []).Select(one => new HttpParameter(
            one.Required("Key", MaxValue), one.Text("Value") ?? "", one.Flag("IsValueSecret"))),
    ];

    private static JsonArray Describe(IReadOnlyList<HttpParameter> parameters) =>
    [
        .. parameters.Select(one => (JsonNode)(one.IsSecret
            ? new JsonObject { ["Key"] = one.Key, ["IsValueSecret"] = true }
            : new JsonObject { ["Key"] = one.Key, ["Value"] = one.Value, ["IsValueSecret"] = false })),
    ];

    private static JsonObject Answer(Connection connection)
    {
        var answer = new JsonObject
        {
            ["ConnectionArn"] = connection.Arn,
            ["ConnectionState"] = connection.State,
            ["CreationTime"] = connection.CreatedAt.ToUnixTimeSeconds(),
            ["LastModifiedTime"] = connection.LastModifiedAt.ToUnixTimeSeconds(),
        };
        return answer;
    }

    private static JsonObject Listed(Connection connection)
    {
        var listed = Answer(connection);
        listed["Name"] = connection.Name;
        listed["AuthorizationType"] = connection.AuthorizationType;
        if (connection.LastAuthorizedAt is { } at)
        {
            listed["LastAuthorizedTime"] = at.ToUnixTimeSeconds();
        }

        return listed;
    }

    [GeneratedRegex(@"^[ \t]*[^\x00-\x1F:\x7F]+([ \t]+[^\x00-\x1F:\x7F]+)*[ \t]*\z", RegexOptions.NonBacktracking)]
    private static partial Regex AuthHeader();
}
