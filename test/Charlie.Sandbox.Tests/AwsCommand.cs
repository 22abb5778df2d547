using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Charlie.Sandbox.Tests;

/// <summary>The real <c>aws</c> command in front of an endpoint.</summary>
internal sealed class AwsCommand(Uri endpoint)
{
    /// <summary>Skips the test where a program that it needs is missing, and says which.</summary>
    public static void Need(string program) => Assert.SkipUnless(
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program))),
        $"{program} is not on PATH");

    /// <summary>A command's answer; fails where it fails.</summary>
    public async Task<JsonNode> RunAsync(params string[] arguments)
    {
        var (output, error, code) = await ExecuteAsync(arguments);
        Assert.True(code == 0, $"aws {string.Join(' ', arguments)}: {error}");
        return string.IsNullOrWhiteSpace(output) ? new JsonObject() : JsonNode.Parse(output)!;
    }

    /// <summary>A command's error code.</summary>
    public async Task<string> FailAsync(params string[] arguments)
    {
        var (output, error, code) = await ExecuteAsync(arguments);
        Assert.True(code != 0, $"aws {string.Join(' ', arguments)} did not fail: {output}");
        return CodeIn(error);
    }

    /// <summary>A command's answer, or its error code in an object of its own.</summary>
    public async Task<JsonNode> ProbeAsync(params string[] arguments)
    {
        var (output, error, code) = await ExecuteAsync(arguments);
        return code != 0 ? new JsonObject { ["error"] = CodeIn(error) } : string.IsNullOrWhiteSpace(output) ? new JsonObject() : JsonNode.Parse(output)!;
    }

    private static string CodeIn(string error)
    {
        var open = error.IndexOf("An error occurred (", StringComparison.Ordinal);
        return open < 0 ? error.Trim() : error[(open + "An error occurred (".Length)..error.IndexOf(')', open)];
    }

    private async Task<(string Output, string Error, int Code)> ExecuteAsync(string[] arguments)
    {
        var start = new ProcessStartInfo("aws", [.. arguments, "--output", "json"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["AWS_ENDPOINT_URL"] = endpoint.ToString();
        start.Environment["AWS_ACCESS_KEY_ID"] = "person";
        start.Environment["AWS_SECRET_ACCESS_KEY"] = "secret";
        start.Environment["AWS_DEFAULT_REGION"] = "us-east-1";
        start.Environment["AWS_CONFIG_FILE"] = "/dev/null";
        start.Environment["AWS_MAX_ATTEMPTS"] = "1";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (await output, await error, process.ExitCode);
    }
}
