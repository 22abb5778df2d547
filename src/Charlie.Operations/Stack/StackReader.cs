using System.Text.Json.Nodes;
using Charlie.Operations.Access;

namespace Charlie.Operations.Stack;

/// <summary>Finds an app's stack.</summary>
internal sealed class StackReader(SignedClient client)
{
    /// <exception cref="OperationException">There is no stack of that app here, or it is of another version.</exception>
    public async Task<StackDescription> ReadAsync(string app, CancellationToken cancellation)
    {
        var name = StackDescription.ParameterOf(app);
        try
        {
            var response = await client.JsonAsync("ssm", "AmazonSSM", "GetParameter", new JsonObject { ["Name"] = name }, cancellation);
            return StackDescription.Read(app, (string?)response["Parameter"]?["Value"] ?? "");
        }
        catch (AwsCallException error) when (error.Code == "ParameterNotFound")
        {
            throw new StackMissingException(
                $"There is no parameter {name} here: check --app, --region and --profile, and that the stack of this version is deployed.");
        }
    }
}
