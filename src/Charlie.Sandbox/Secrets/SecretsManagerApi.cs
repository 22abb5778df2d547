using System.Text.Json;
using System.Text.Json.Nodes;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Secrets;

/// <summary>Secrets Manager's API, target prefix <c>secretsmanager</c>: secrets that are texts, each with one version.</summary>
internal sealed class SecretsManagerApi(SecretStore store, TimeProvider time) : IAwsApi
{
    private static readonly PlayedOperations Played = PlayedOperations.Of("""
        GetSecretValue SecretId
        DescribeSecret SecretId
        CreateSecret Name SecretString ClientRequestToken Tags.n.Key Tags.n.Value
        PutSecretValue SecretId SecretString ClientRequestToken
        TagResource SecretId Tags.n.Key Tags.n.Value
        UntagResource SecretId TagKeys.n
        """);

    private const int MaxName = 512;
    private const int MaxSecret = 65536;

    private const string FirstVersion = "00000000-0000-4000-8000-000000000001";

    // The six characters that Secrets Manager adds to the ARN of a name.
    private const string Suffix = "-c4a711";

    public string Service => "secretsmanager";

    public AwsProtocol Protocol => AwsProtocol.Json;

    public PlayedOperations Operations => Played;

    public AwsResponse Respond(AwsRequest request)
    {
        var arguments = JsonArguments.Of(request);
        var response = request.Action switch
        {
            "GetSecretValue" => Get(Name(arguments.Required("SecretId", 2048))),
            "DescribeSecret" => Describe(Name(arguments.Required("SecretId", 2048))),
            "CreateSecret" => Create(
                arguments.Required("Name", MaxName, "[A-Za-z0-9/_+=.@-]+"), arguments.Required("SecretString", MaxSecret),
                Token(arguments), SecretTags.Read(arguments)),
            "TagResource" => Tag(Existing(Name(arguments.Required("SecretId", 2048))), SecretTags.Read(arguments)),
            "UntagResource" => Untag(Existing(Name(arguments.Required("SecretId", 2048))), arguments.Texts("TagKeys") ?? []),
            "PutSecretValue" => Put(
                Name(arguments.Required("SecretId", 2048)), arguments.Required("SecretString", MaxSecret), Token(arguments)),
            _ => throw WireErrors.Unsupported(Protocol, Service, request.Action),
        };
        return new AwsResponse(
            200, "application/x-amz-json-1.1", response is null ? [] : JsonSerializer.SerializeToUtf8Bytes(response));
    }

    private JsonObject Get(string name)
    {
        var response = Named(name);
        response["SecretString"] = store.Secrets[Existing(name)];
        response["VersionStages"] = new JsonArray("AWSCURRENT");
        response["CreatedDate"] = time.GetUtcNow().ToUnixTimeSeconds();
        return response;
    }

    private JsonObject Describe(string name)
    {
        var response = Named(Existing(name));
        response.Remove("VersionId");
        if (store.Tags.GetValueOrDefault(name) is { Count: > 0 } tags)
        {
            response["Tags"] = SecretTags.Write(tags);
        }

        response["VersionIdsToStages"] = new JsonObject { [VersionOf(name)] = new JsonArray("AWSCURRENT") };
        return response;
    }

    private JsonObject Create(string name, string text, string? token, IReadOnlyDictionary<string, string> tags)
    {
        // The same token with the same text is a request that was sent again.
        if (store.Secrets.TryGetValue(name, out var before) && !(token is not null && VersionOf(name) == token && before == text))
        {
            throw new AwsException("ResourceExistsException", $"The operation failed because the secret {name} already exists.");
        }

        Tag(name, tags);
        return Write(name, text, token);
    }

    // These two say nothing where they succeed.
    private JsonObject? Tag(string name, IReadOnlyDictionary<string, string> tags)
    {
        store.Tags[name] = SecretTags.With(store.Tags.GetValueOrDefault(name, []), tags);
        return null;
    }

    private JsonObject? Untag(string name, IReadOnlyList<string> keys)
    {
        foreach (var key in keys)
        {
            store.Tags.GetValueOrDefault(name)?.Remove(key);
        }

        return null;
    }

    private JsonObject Put(string name, string text, string? token) =>
        token is not null && VersionOf(Existing(name)) == token && store.Secrets[name] != text
            ? throw new AwsException(
                "ResourceExistsException", $"You can't use ClientRequestToken {token} because that value is already in use for a version of secret {name}.")
            : Write(Existing(name), text, token);

    private JsonObject Write(string name, string text, string? token)
    {
        store.Secrets[name] = text;
        store.Versions[name] = token ?? FirstVersion;
        return Named(name);
    }

    private static string? Token(JsonArguments arguments) => arguments.Text("ClientRequestToken", 64) is not { } token ? null
        : token.Length >= 32 ? token
        : throw JsonArguments.Constraint("clientRequestToken", token, "Member must have length greater than or equal to 32");

    private string VersionOf(string name) => store.Versions.GetValueOrDefault(name, FirstVersion);

    private string Existing(string name) => store.Secrets.ContainsKey(name)
        ? name
        : throw new AwsException("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");

    private JsonObject Named(string name) => new() { ["ARN"] = Arn + name + Suffix, ["Name"] = name, ["VersionId"] = VersionOf(name) };

    private static string Arn => $"arn:aws:secretsmanager:us-east-1:{Account.Id}:secret:";

    // A name, or an ARN with or without its suffix.
    internal static string Name(string id)
    {
        var name = id.StartsWith(Arn, StringComparison.Ordinal) ? id[Arn.Length..] : id;
        return name != id && name.EndsWith(Suffix, StringComparison.Ordinal) ? name[..^Suffix.Length] : name;
    }
}
