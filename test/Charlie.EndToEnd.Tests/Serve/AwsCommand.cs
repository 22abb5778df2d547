using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Charlie.EndToEnd.Tests.Serve;

/// <summary>The real <c>aws</c> command, and lines for a shell that has it.</summary>
internal sealed class AwsCommand(Uri endpoint)
{
    /// <summary>Skips the test where a program that it needs is missing, and says which.</summary>
    public static void Need(params string[] programs)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        foreach (var program in programs)
        {
            Assert.SkipUnless(folders.Any(folder => File.Exists(Path.Combine(folder, program))), $"{program} is not on PATH");
        }
    }

    /// <summary>Puts one event on the bus with <c>aws events put-events</c>; answers its id.</summary>
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

    /// <summary>Runs lines as they would be pasted in a shell; answers the JSON that they print.</summary>
    public static Task<JsonNode> PasteAsync(string lines) => ExecuteAsync("bash", ["-c", lines], new() { ["AWS_DEFAULT_OUTPUT"] = "json" });

    /// <summary>The id of the one event in the answer of <c>put-events</c>.</summary>
    public static string IdIn(JsonNode answer)
    {
        Assert.Equal(0, (int)answer["FailedEntryCount"]!);
        return (string)Assert.Single(answer["Entries"]!.AsArray())!["EventId"]!;
    }

    private static async Task<JsonNode> ExecuteAsync(string program, string[] arguments, Dictionary<string, string> variables)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };

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

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {await error}");
        return JsonNode.Parse(await output)!;
    }
}
