using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Charlie.EndToEnd.Tests.Serve;

/// <summary>The real <c>aws</c> command, and lines for a shell that has it.</summary>
internal sealed class AwsCommand(Uri endpoint)
{
    /// <summary>Puts one event on the bus with <c>aws events put-events</c>; returns its id.</summary>
    public async Task<string> PutAsync(JsonObject envelope)
    {
        var entries = new JsonArray(new JsonObject
        {
            ["EventBusName"] = "charlie",
            ["Source"] = envelope["source"]!.DeepClone(),
            ["DetailType"] = envelope["detail-type"]!.DeepClone(),
            ["Detail"] = envelope["detail"]!.ToJsonString(),
        });
        return IdIn(await RunAsync("events", "put-events", "--entries", entries.ToJsonString()));
    }

    public Task<JsonNode> RunAsync(params string[] arguments) => ExecuteAsync(
        "aws",
        [.. arguments, "--output", "json"],
        new()
        {
            ["AWS_ENDPOINT_URL"] = endpoint.ToString().TrimEnd('/'),
            ["AWS_ACCESS_KEY_ID"] = "AKIATESTER",
            ["AWS_SECRET_ACCESS_KEY"] = "of-the-tester",
            ["AWS_DEFAULT_REGION"] = "us-east-1",
        });

    /// <summary>Runs lines as they would be pasted in a shell; returns the JSON that they print.</summary>
    public static Task<JsonNode> PasteAsync(string lines)
    {
        Tool.Need("aws");
        return ExecuteAsync("bash", ["-c", lines], new() { ["AWS_DEFAULT_OUTPUT"] = "json" });
    }

    /// <summary>The id of the one event in the response of <c>put-events</c>.</summary>
    public static string IdIn(JsonNode response)
    {
        Assert.Equal(0, (int)response["FailedEntryCount"]!);
        return (string)Assert.Single(response["Entries"]!.AsArray())!["EventId"]!;
    }

    private static async Task<JsonNode> ExecuteAsync(string program, string[] arguments, Dictionary<string, string> variables)
    {
        var start = new ProcessStartInfo(program, arguments);

        // What the developer's own machine is set up for must not matter.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        variables["AWS_CONFIG_FILE"] = "/dev/null";
        variables["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null";
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        var ran = await Tool.RunAsync(start);
        Assert.True(ran.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {ran.Error}");
        return JsonNode.Parse(ran.Output)!;
    }
}
