using System.Text.Json.Nodes;
using Charlie.Sandbox.Tests.Wire;

namespace Charlie.Sandbox.Tests.Clients;

/// <summary>Python's client against every operation, its responses read strictly by AWS's models.</summary>
public sealed class BotocoreTests
{
    [LongFact]
    public async Task Every_response_is_what_the_models_say()
    {
        await using var served = await ServedSandbox.StartAsync();
        var program = Path.Combine(AppContext.BaseDirectory, "Clients", "strict.py");
        var wrong = await ServiceModels.RunAsync(
            await File.ReadAllTextAsync(program, TestContext.Current.CancellationToken),
            new JsonObject
            {
                ["endpoint"] = served.Endpoint.ToString(),
                ["played"] = new JsonArray([.. served.Played.Select(one => JsonValue.Create(one))]),
            }.ToJsonString());
        Assert.True(wrong.Trim().Length == 0, wrong);
    }
}
