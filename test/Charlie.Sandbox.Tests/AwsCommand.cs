using System.Text.Json.Nodes;

namespace Charlie.Sandbox.Tests;

/// <summary>The real <c>aws</c> command in front of an endpoint.</summary>
internal sealed class AwsCommand(Uri endpoint)
{
    /// <summary>A command's response; fails where it fails.</summary>
    public async Task<JsonNode> RunAsync(params string[] arguments)
    {
        var (code, output, error) = await ExecuteAsync(arguments);
        Assert.True(code == 0, $"aws {string.Join(' ', arguments)}: {error}");
        return string.IsNullOrWhiteSpace(output) ? new JsonObject() : JsonNode.Parse(output)!;
    }

    /// <summary>A command's error code.</summary>
    public async Task<string> FailAsync(params string[] arguments)
    {
        var (code, output, error) = await ExecuteAsync(arguments);
        Assert.True(code != 0, $"aws {string.Join(' ', arguments)} did not fail: {output}");
        return CodeIn(error);
    }

    /// <summary>A command's response, or its error code in an object of its own.</summary>
    public async Task<JsonNode> ProbeAsync(params string[] arguments)
    {
        var (code, output, error) = await ExecuteAsync(arguments);
        return code != 0 ? new JsonObject { ["error"] = CodeIn(error) } : string.IsNullOrWhiteSpace(output) ? new JsonObject()
            : JsonNode.Parse(output)!;
    }

    /// <summary>How a command that prints no JSON ends.</summary>
    public Task<Ran> TryAsync(params string[] arguments) => ExecuteAsync(arguments);

    private static string CodeIn(string error)
    {
        var open = error.IndexOf("An error occurred (", StringComparison.Ordinal);
        return open < 0 ? error.Trim() : error[(open + "An error occurred (".Length)..error.IndexOf(')', open)];
    }

    private Task<Ran> ExecuteAsync(string[] arguments) =>
        Tool.RunAsync("aws", [.. arguments, "--output", "json"], new Dictionary<string, string>
        {
            ["AWS_ENDPOINT_URL"] = endpoint.ToString(),
            ["AWS_ACCESS_KEY_ID"] = "person",
            ["AWS_SECRET_ACCESS_KEY"] = "secret",
            ["AWS_DEFAULT_REGION"] = "us-east-1",
            ["AWS_CONFIG_FILE"] = "/dev/null",
            ["AWS_MAX_ATTEMPTS"] = "1",
        });
}
