using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Secrets;

/// <summary>Systems Manager's Parameter Store, target prefix <c>AmazonSSM</c>.</summary>
internal sealed class ParameterStoreApi(SecretStore store, TimeProvider time) : IAwsApi
{
    private static readonly PlayedOperations Played = PlayedOperations.Of("""
        GetParameter Name WithDecryption
        PutParameter Name Type Value Overwrite
        """);

    private const int MaxName = 1011;
    private const int MaxValue = 4096;

    public string Service => "ssm";

    public AwsProtocol Protocol => AwsProtocol.Json;

    public PlayedOperations Operations => Played;

    public AwsResponse Respond(AwsRequest request)
    {
        var arguments = JsonArguments.Of(request);
        var name = arguments.Required("Name", MaxName);
        var response = request.Action switch
        {
            "GetParameter" => Get(name, arguments.Flag("WithDecryption")),
            "PutParameter" => Put(name, arguments, arguments.Flag("Overwrite")),
            _ => throw WireErrors.Unsupported(Protocol, Service, request.Action),
        };
        return new AwsResponse(200, "application/x-amz-json-1.1", JsonSerializer.SerializeToUtf8Bytes(response));
    }

    private JsonObject Get(string name, bool decrypt)
    {
        var parameter = store.Parameters.GetValueOrDefault(name) ?? throw new AwsException("ParameterNotFound", string.Empty);
        return new JsonObject
        {
            ["Parameter"] = new JsonObject
            {
                ["Name"] = name,
                ["Type"] = parameter.Type,
                // What the service gives without the key is of no use.
                ["Value"] = parameter.Type == "SecureString" && !decrypt
                    ? Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(parameter.Value))) : parameter.Value,
                ["Version"] = parameter.Version,
                ["LastModifiedDate"] = time.GetUtcNow().ToUnixTimeSeconds(),
                ["ARN"] = $"arn:aws:ssm:us-east-1:{Account.Id}:parameter/{name.TrimStart('/')}",
                ["DataType"] = "text",
            },
        };
    }

    private JsonObject Put(string name, JsonArguments arguments, bool overwrite)
    {
        var before = store.Parameters.GetValueOrDefault(name);
        if (before is not null && !overwrite)
        {
            throw new AwsException(
                "ParameterAlreadyExists",
                "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.");
        }

        var type = arguments.Text("Type", 20, "String|SecureString") ?? before?.Type ?? "String";
        store.Parameters[name] = new(type, arguments.Required("Value", MaxValue), (before?.Version ?? 0) + 1);
        return new JsonObject { ["Version"] = store.Parameters[name].Version, ["Tier"] = "Standard" };
    }
}
