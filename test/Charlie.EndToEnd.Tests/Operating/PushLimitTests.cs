using System.CommandLine;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Charlie.Cli.Commands;
using Charlie.Cli.Commands.Operating;
using Charlie.EndToEnd.Tests.Serve;
using Charlie.Operations.Access;

namespace Charlie.EndToEnd.Tests.Operating;

/// <summary>A push of which the functions record nothing.</summary>
public sealed class PushLimitTests
{
    [Fact]
    public async Task A_push_that_is_not_recorded_ends_after_two_minutes_with_its_own_code()
    {
        await using var served = await ServedAws.StartAsync();
        await DisableRulesAsync(served);
        var time = new SkippingTime(TimeProvider.System.GetUtcNow());
        var push = PushCommand.Create(time).Single(command => command.Name == "push");
        var code = await push.Parse(["--endpoint-url", served.Endpoint.ToString()]).InvokeAsync(
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal((ExitCodes.NoOutcome, TimeSpan.FromMinutes(2)), (code, time.Waited));
    }

    // No function hears of what is put on the bus.
    private static async Task DisableRulesAsync(ServedAws served)
    {
        var access = new AwsAccess(new BasicAWSCredentials("AKIATEST", "not-a-secret"), "us-east-1", served.Endpoint);
        using var client = new SignedClient(access, TimeProvider.System);
        var rules = (await CallAsync("ListRules", new() { ["EventBusName"] = "charlie" }))["Rules"]!.AsArray();
        Assert.NotEmpty(rules);
        foreach (var rule in rules)
        {
            await CallAsync("DisableRule", new() { ["EventBusName"] = "charlie", ["Name"] = (string)rule!["Name"]! });
        }

        Task<JsonObject> CallAsync(string action, JsonObject arguments) =>
            client.JsonAsync("events", "AWSEvents", action, arguments, TestContext.Current.CancellationToken);
    }
}
