using System.Text.Json.Nodes;
using Charlie.Sandbox.EventBridge.Destinations;

namespace Charlie.Sandbox.Template;

/// <summary>Reads connections, API destinations and the roles that may deliver to them.</summary>
internal static class DestinationReader
{
    public static ConnectionModel Connection(string name, TemplateNode node)
    {
        node.Only(ResourceTypes.Connection, "Name", "Description", "AuthorizationType", "AuthParameters");
        var given = node["AuthParameters"].Only("AuthParameters", "ApiKeyAuthParameters", "BasicAuthParameters");
        var (key, basic) = (given["ApiKeyAuthParameters"], given["BasicAuthParameters"]);
        ConnectionAuthorization authorization = node["AuthorizationType"].OneOf("API_KEY", "BASIC") switch
        {
            "API_KEY" => new ConnectionAuthorization.ApiKey(key["ApiKeyName"].Required(), key["ApiKeyValue"].Required()),
            "BASIC" => new ConnectionAuthorization.Basic(basic["Username"].Required(), basic["Password"].Required()),
            _ => throw node["AuthorizationType"].Wrong("is missing"),
        };
        return new ConnectionModel(node.Path, name, authorization, node["Description"].Text());
    }

    public static ApiDestinationModel ApiDestination(string name, TemplateNode node)
    {
        node.Only(
            ResourceTypes.ApiDestination, "Name", "Description", "ConnectionArn", "HttpMethod", "InvocationEndpoint",
            "InvocationRateLimitPerSecond");
        var endpoint = node["InvocationEndpoint"].Required();
        return new ApiDestinationModel(
            EventBridge.Destinations.ApiDestination.ArnOf(name, ResourceTypes.IdOf(name)),
            name,
            node["ConnectionArn"].Required(),
            DestinationStore.IsEndpoint(endpoint) ? endpoint : throw node["InvocationEndpoint"].Wrong("must be an https URL"),
            node["HttpMethod"].OneOf("POST", "GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE")
                ?? throw node["HttpMethod"].Wrong("is missing"),
            node["InvocationRateLimitPerSecond"].Integer(1, int.MaxValue),
            node["Description"].Text());
    }

    /// <summary>A role with the statements of all its own policies.</summary>
    public static RoleModel Role(string name, TemplateNode node)
    {
        var statements = new JsonArray();
        foreach (var policy in node["Policies"].Elements())
        {
            var given = policy["PolicyDocument"]["Statement"].Value;
            foreach (var statement in given is JsonArray many ? [.. many] : new[] { given })
            {
                statements.Add(statement?.DeepClone());
            }
        }

        return new RoleModel(node.Path, $"arn:aws:iam::{Account.Id}:role/{name}", statements);
    }
}
