using System.Text.Json;
using System.Text.Json.Nodes;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Secrets;

/// <summary>Secrets Manager's API, target prefix <c>secretsmanager</c>: secrets that are texts, each with one version.</summary>
internal sealed class SecretsManagerApi(SecretStore store, TimeProvider time) : IAwsApi
{
    private const int MaxName = 512;
    private const int MaxSecret = 65536;

    // The six characters that Secrets Manager adds to the ARN of a name.
    private const string Suffix = "-c4a711";

    public string Service => "secretsmanager";

    public AwsProtocol Protocol => AwsProtocol.Json;

    public AwsResponse Respond(AwsRequest request)
    {
        var arguments = JsonArguments.Of(request);
        var response = request.Action switch
        {
            "GetSecretValue" => Get(Name(arguments.Required("SecretId", 2048))),
            "CreateSecret" => Create(
                arguments.Required("Name", MaxName, "[A-Za-z0-9/_+=.@-]+"), arguments.Required("SecretString", MaxSecret)),
            "PutSecretValue" => Put(Name(arguments.Required("SecretId", 2048)), arguments.Required("SecretString", MaxSecret)),
            _ => throw WireErrors.UnknownAction(Protocol, request.Action, null),
        };
        return new AwsResponse(200, "application/x-amz-json-1.1", JsonSerializer.SerializeToUtf8Bytes(response));
    }

    private JsonObject Get(string name)
    {
        var response = Named(name);
        response["SecretString"] = store.Secrets[Existing(name)];
        response["VersionId"] = "00000000-0000-4000-8000-000000000001";
        response["VersionStages"] = new JsonArray("AWSCURRENT");
        response["CreatedDate"] = time.GetUtcNow().ToUnixTimeSeconds();
        return response;
    }

    private JsonObject Create(string name, string text) => store.Secrets.TryAdd(name, text)
        ? Named(name)
        : throw new AwsException("ResourceExistsException", $"The operation failed because the secret {name} already exists.");

    private JsonObject Put(string name, string text)
    {
        store.Secrets[Existing(name)] = text;
        return Named(name);
    }

    private string Existing(string name) => store.Secrets.ContainsKey(name)
        ? name
        : throw new AwsException("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");

    private static JsonObject Named(string name) => new() { ["ARN"] = Arn + name + Suffix, ["Name"] = name };

    private static string Arn => $"arn:aws:secretsmanager:us-east-1:{Account.Id}:secret:";

    // A name, or an ARN with or without its suffix.
    private static string Name(string id)
    {
        var name = id.StartsWith(Arn, StringComparison.Ordinal) ? id[Arn.Length..] : id;
        return name != id && name.EndsWith(Suffix, StringComparison.Ordinal) ? name[..^Suffix.Length] : name;
    }
}
