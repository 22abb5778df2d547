using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Charlie.Sandbox.EventBridge.Destinations;
using Charlie.Sandbox.Iam;
using Charlie.Sandbox.Secrets;

namespace Charlie.Sandbox.Template;

/// <summary>Makes a stack's connections and API destinations, and tells IAM of the roles that deliver to them.</summary>
public sealed partial class StackDestinations(DestinationStore store, RolePolicies roles, SecretStore secrets)
{
    internal void Make(StackModel model)
    {
        var connections = model.Connections.Select(connection => (connection, Authorization: Authorization(connection))).ToList();
        foreach (var role in model.Roles.Where(role => model.Rules.Any(rule => rule.Targets.Any(target =>
            target.RoleArn == role.Arn && model.ApiDestinations.Any(destination => destination.Arn == target.Arn)))))
        {
            Put(role);
        }

        foreach (var (connection, authorization) in connections)
        {
            store.CreateConnection(
                connection.Name, authorization, InvocationParameters.None, connection.Description, ResourceTypes.IdOf(connection.Name));
        }

        foreach (var one in model.ApiDestinations)
        {
            store.Create(
                one.Name, one.ConnectionArn, one.Endpoint, one.Method, one.Rate, one.Description, ResourceTypes.IdOf(one.Name));
        }
    }

    /// <summary>Takes away what <see cref="Make"/> made; the rules that deliver there are gone before.</summary>
    internal void Remove(StackModel model)
    {
        foreach (var destination in model.ApiDestinations.Select(one => store.Find(one.Name)).OfType<ApiDestination>())
        {
            store.Delete(destination);
        }

        foreach (var connection in model.Connections.Select(one => store.FindConnection(one.Name)).OfType<Connection>())
        {
            store.Delete(connection);
        }

        foreach (var role in model.Roles)
        {
            roles.Remove(role.Arn);
        }
    }

    private ConnectionAuthorization Authorization(ConnectionModel connection) => connection.Authorization switch
    {
        ConnectionAuthorization.ApiKey key => key with { Value = Resolved(key.Value, connection.Path) },
        ConnectionAuthorization.Basic basic => basic with { Password = Resolved(basic.Password, connection.Path) },
        var other => throw new TemplateException(connection.Path, $"{other.Type} is not played"),
    };

    private void Put(RoleModel role)
    {
        try
        {
            using var policy = JsonDocument.Parse(new JsonObject { ["Statement"] = role.Statements.DeepClone() }.ToJsonString());
            roles.Put(role.Arn, policy.RootElement.Clone());
        }
        catch (FormatException refused)
        {
            throw new TemplateException(role.Path, refused.Message);
        }
    }

    /// <summary>CloudFormation puts a secret in only where the resource is made: it is in no template and no output.</summary>
    private string Resolved(string text, string path) => Reference().Replace(text, match =>
    {
        var (id, member) = (match.Groups[1].Value, match.Groups[2].Value);
        var secret = secrets.Find(id) ?? throw new TemplateException(path, $"Secrets Manager has no secret {id}");
        if (member.Length == 0)
        {
            return secret;
        }

        try
        {
            return (string?)(JsonNode.Parse(secret) as JsonObject)?[member]
                ?? throw new TemplateException(path, $"the secret {id} has no member {member}");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new TemplateException(path, $"the secret {id} is not JSON with the text {member}");
        }
    });

    [GeneratedRegex(@"\{\{resolve:secretsmanager:((?:arn:(?:[^:}]*:){5})?[^:}]+):SecretString:?([^:}]*)(?::[^}]*)?\}\}")]
    private static partial Regex Reference();
}
