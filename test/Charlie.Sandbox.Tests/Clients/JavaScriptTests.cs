using System.Text.Json.Nodes;

namespace Charlie.Sandbox.Tests.Clients;

/// <summary>AWS's SDK for JavaScript, version 3, from the folder that <c>AWS_SDK_JAVASCRIPT</c> names.</summary>
public sealed class JavaScriptTests
{
    private const string Folder = "AWS_SDK_JAVASCRIPT";
    private const int LeastCalls = 50;

    /// <summary>What the waiters of EC2 look at that the sandbox plays; it has nothing else that they could wait for.</summary>
    private static readonly string[] Waiters =
    [
        "waitUntilImageAvailable", "waitUntilImageExists", "waitUntilInstanceExists", "waitUntilInstanceRunning", "waitUntilInstanceStatusOk",
        "waitUntilInstanceTerminated", "waitUntilSubnetAvailable", "waitUntilSystemStatusOk", "waitUntilVpcAvailable", "waitUntilVpcExists",
    ];

    [LongFact]
    public async Task Calls_and_waiters_of_the_SDK_come_to_their_end()
    {
        var folder = Environment.GetEnvironmentVariable(Folder);
        Assert.SkipWhen(string.IsNullOrEmpty(folder), $"{Folder} names no folder with the packages of AWS's SDK for JavaScript.");
        await using var served = await ServedSandbox.StartAsync();
        var ran = await Tool.RunAsync(
            "node", [Path.Combine(AppContext.BaseDirectory, "Clients", "waiters.mjs")],
            new Dictionary<string, string> { ["AWS_ENDPOINT_URL"] = served.Endpoint.ToString(), [Folder] = folder! });
        var done = JsonNode.Parse(ran.OutputOrThrow())!;
        Assert.True((int)done["calls"]! >= LeastCalls, $"{done["calls"]} calls");
        Assert.Equal(Waiters, done["waited"]!.AsArray().Select(one => (string)one!).Order(StringComparer.Ordinal));
        Assert.Empty(Waiters.Except(done["waiters"]!.AsArray().Select(one => (string)one!)));
    }
}
