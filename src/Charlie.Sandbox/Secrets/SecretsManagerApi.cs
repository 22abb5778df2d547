using System.Text.Json;
using System.Text.Json.Nodes;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Secrets;

/// <summary>Secrets Manager's API, target prefix <c>secretsmanager</c>: secrets that are texts, each with one version.</summary>
internal sealed class SecretsManagerApi(SecretStore store, TimeProvider time) : IAwsApi
{
    private const int LongestName = 512;
    private const int LongestSecret = 65536;

    // The six characters that Secrets Manager adds to the ARN of a name.
    private const string Suffix = "-c4a711";

    public string Service => "secretsmanager";

    public AwsProtocol Protocol => AwsProtocol.Json;

    public AwsResponse Answer(AwsRequest request)
    {
        var arguments = JsonArguments.Of(request);
        var answer = request.Action switch
        {
            "GetSecretValue" => Get(Name(arguments.Required("SecretId", 2048))),
            "CreateSecret" => Create(arguments.Required("Name", LongestName, "[A-Za-z0-9/_+=.@-]+"), arguments.Required("SecretString", LongestSecret)),
            "PutSecretValue" => Put(Name(arguments.Required("SecretId", 2048)), arguments.Required("SecretString", LongestSecret)),
            _ => throw AwsErrors.UnknownAction(Protocol, request.Action, null),
        };
        return new AwsResponse(200, "application/x-amz-json-1.1", JsonSerializer.SerializeToUtf8Bytes(answer));
    }

    private JsonObject Get(string name)
    {
        var answer = Named(name);
        answer["SecretString"] = store.Secrets[Existing(name)];
        answer["VersionId"] = "00000000-0000-4000-8000-000000000001";
        answer["VersionStages"] = new JsonArray("AWSCURRENT");
        answer["CreatedDate"] = time.GetUtcNow().ToUnixTimeSeconds();
        return answer;
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
