using System.Text.Json.Nodes;
using Charlie.Sandbox.EventBridge.Destinations;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.EventBridge.Api;

/// <summary>The operations on API destinations.</summary>
internal sealed class DestinationOperations(DestinationStore store)
{
    private const string Methods = "POST|GET|HEAD|OPTIONS|PUT|PATCH|DELETE";

    private const string Url = @"((%[0-9A-Fa-f]{2}|[-()_.!~*';/?:@\x26=+$,A-Za-z0-9])+)([).!';/?:,])?";

    public JsonObject CreateApiDestination(JsonArguments arguments)
    {
        var name = arguments.Required("Name", 64, ConnectionOperations.Name);
        if (store.Find(name) is not null)
        {
            throw new AwsException("ResourceAlreadyExistsException", $"An api-destination '{name}' already exists.");
        }

        return Answer(store.Create(
            name,
            Connection(arguments.Required("ConnectionArn", 1600)),
            Endpoint(arguments.Required("InvocationEndpoint", 2048, Url)),
            arguments.Required("HttpMethod", 64, Methods),
            arguments.Number("InvocationRateLimitPerSecond", 1, int.MaxValue),
            arguments.Text("Description", 512)));
    }

    public JsonObject UpdateApiDestination(JsonArguments arguments)
    {
        var destination = Existing(arguments);
        var connection = arguments.Text("ConnectionArn", 1600) is { } arn ? Connection(arn) : destination.ConnectionArn;
        var endpoint = arguments.Text("InvocationEndpoint", 2048, Url) is { } url ? Endpoint(url) : destination.Endpoint;
        destination.Method = arguments.Text("HttpMethod", 64, Methods) ?? destination.Method;
        destination.Rate = arguments.Number("InvocationRateLimitPerSecond", 1, int.MaxValue) ?? destination.Rate;
        destination.Description = arguments.Text("Description", 512) ?? destination.Description;
        (destination.ConnectionArn, destination.Endpoint) = (connection, endpoint);
        store.Touch(destination);
        return Answer(destination);
    }

    public JsonObject DescribeApiDestination(JsonArguments arguments)
    {
        var destination = Existing(arguments);
        return BusOperations.Optional(Listed(destination), "Description", destination.Description);
    }

    public JsonObject ListApiDestinations(JsonArguments arguments)
    {
        var prefix = arguments.Text("NamePrefix", 64, ConnectionOperations.Name) ?? "";
        var connection = arguments.Text("ConnectionArn", 1600);
        return EventsPage.Write(
            "ApiDestinations",
            store.ApiDestinations.Where(one =>
                one.Name.StartsWith(prefix, StringComparison.Ordinal) && (connection is null || one.ConnectionArn == connection)),
            Listed,
            arguments);
    }

    public JsonObject DeleteApiDestination(JsonArguments arguments)
    {
        store.Delete(Existing(arguments));
        return [];
    }

    private ApiDestination Existing(JsonArguments arguments)
    {
        var name = arguments.Required("Name", 64, ConnectionOperations.Name);
        return store.Find(name)
            ?? throw new AwsException("ResourceNotFoundException", $"Failed to describe api-destination '{name}': it does not exist.");
    }

    private string Connection(string arn) => store.FindConnectionArn(arn) is { } connection
        ? connection.Arn
        : throw new AwsException("ResourceNotFoundException", $"Connection '{arn}' does not exist.");

    private static string Endpoint(string url) => DestinationStore.IsEndpoint(url)
        ? url
        : throw JsonArguments.Constraint("invocationEndpoint", url, "Member must be an https URL");

    private JsonObject Answer(ApiDestination destination) => new()
    {
        ["ApiDestinationArn"] = destination.Arn,
        ["ApiDestinationState"] = store.StateOf(destination),
        ["CreationTime"] = destination.CreatedAt.ToUnixTimeSeconds(),
        ["LastModifiedTime"] = destination.LastModifiedAt.ToUnixTimeSeconds(),
    };

    private JsonObject Listed(ApiDestination destination)
    {
        var listed = Answer(destination);
        listed["Name"] = destination.Name;
        listed["ConnectionArn"] = destination.ConnectionArn;
        listed["InvocationEndpoint"] = destination.Endpoint;
        listed["HttpMethod"] = destination.Method;
        listed["InvocationRateLimitPerSecond"] = destination.Rate;
        return listed;
    }
}
