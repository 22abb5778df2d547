using System.Text.Json;
using System.Text.Json.Nodes;
using Charlie.Operations.Access;
using Charlie.Operations.Stack;

namespace Charlie.Operations.Doctor;

/// <summary>Looks for the secrets that the machines' settings name, and for that with GitLab's token. Their values are not read.</summary>
internal sealed class SecretReader(StackDescription stack, SignedClient client)
{
    private static readonly string[] Settings = [SecretFacts.OfRegistry, "appSecret"];

    /// <exception cref="AwsCallException">AWS refused it, or did not respond.</exception>
    /// <exception cref="OperationException">The machines' settings cannot be read.</exception>
    public async Task<IReadOnlyList<SecretFacts>> ReadAsync(CancellationToken cancellation)
    {
        var name = $"/charlie/{stack.Settings.App}/machine";
        var settings = Parse(name, await ReadTextAsync(name, cancellation));
        var secrets = new List<SecretFacts>();
        foreach (var setting in Settings)
        {
            if ((string?)settings[setting] is { Length: > 0 } arn)
            {
                secrets.Add(await ReadAsync(setting, arn, cancellation));
            }
        }

        if (stack.GitLabSecret is { } token)
        {
            secrets.Add(await ReadAsync(SecretFacts.OfGitLab, token, cancellation));
        }

        return secrets;
    }

    private async Task<string> ReadTextAsync(string name, CancellationToken cancellation)
    {
        try
        {
            var parameter = await client.JsonAsync("ssm", "AmazonSSM", "GetParameter", new JsonObject { ["Name"] = name }, cancellation);
            return (string?)parameter["Parameter"]?["Value"] ?? "";
        }
        catch (AwsCallException error) when (error.Code == "ParameterNotFound")
        {
            throw new OperationException($"there is no parameter {name}");
        }
    }

    private async Task<SecretFacts> ReadAsync(string setting, string arn, CancellationToken cancellation)
    {
        try
        {
            var secret = await client.JsonAsync(
                "secretsmanager", "secretsmanager", "DescribeSecret", new JsonObject { ["SecretId"] = arn }, cancellation);
            return new SecretFacts(setting, arn, IsThere: true, IsDeleted: secret["DeletedDate"] is not null)
            {
                TokenExpires = (string?)(secret["Tags"] as JsonArray)?
                    .FirstOrDefault(tag => (string?)tag!["Key"] == TokenChecks.Tag)?["Value"],
            };
        }
        catch (AwsCallException error) when (error.Code == "ResourceNotFoundException")
        {
            return new SecretFacts(setting, arn, IsThere: false, IsDeleted: false);
        }
    }

    private static JsonNode Parse(string name, string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new OperationException($"{name} is no JSON object");
        }
    }
}
