using System.Text.Json;
using Charlie.Cli.Commands.Operating;
using Charlie.EndToEnd.Tests.Command;
using Charlie.EndToEnd.Tests.Serve;

namespace Charlie.EndToEnd.Tests.Operating;

/// <summary>An operator's commands against a <c>charlie serve</c>, at a width.</summary>
internal sealed class OperatingCommand(ServedAws served, int columns = 80)
{
    /// <summary>By it the embedded AWS tells the commands' calls from others.</summary>
    public const string AccessKey = "AKIACOMMANDS";

    public const string Docs = "docs/operating.md";

    private const string Wide = "test/Charlie.EndToEnd.Tests/Operating/wide.md";

    /// <summary>Runs a command line that must end with a code; no line is wider than the terminal.</summary>
    public async Task<string> RunAsync(int code, params string[] arguments)
    {
        await using var command = Start(arguments);
        var end = await command.EndAsync();
        Assert.True(end.ExitCode == code, $"charlie {string.Join(' ', arguments)} ended with {end.ExitCode}\n{end.Output}\n{end.Error}");
        return end.Output + end.Error;
    }

    /// <summary>The same, and its output is the capture of that name.</summary>
    public Task CaptureAsync(string name, int code, params string[] arguments) =>
        CaptureAsync(columns == 80 ? Docs : Wide, name, code, arguments);

    /// <summary>The same with the captures of another page.</summary>
    public async Task CaptureAsync(string docs, string name, int code, string[] arguments)
    {
        var printed = await RunAsync(code, arguments);
        Assert.All(
            printed.Split('\n'),
            line =>
            {
                Assert.Equal(line.TrimEnd(), line);
                Assert.True(line.Length <= columns || IsPasted(line), line);
            });
        Golden.Check(docs, name, $"charlie {string.Join(' ', arguments.Select(Quoted))}", printed);
    }

    /// <summary>The document of <c>--json</c>, read strictly as its type says.</summary>
    public async Task<T> ReadAsync<T>(int code, params string[] arguments) =>
        JsonSerializer.Deserialize<T>(await RunAsync(code, [.. arguments, "--json"]), Documents.Options)!;

    public CharlieCommand Start(params string[] arguments) => CharlieCommand.Start(
        new Dictionary<string, string>
        {
            ["LC_ALL"] = "C.UTF-8",
            ["COLUMNS"] = $"{columns}",
            ["AWS_ENDPOINT_URL"] = served.Endpoint.ToString().TrimEnd('/'),
            ["AWS_ACCESS_KEY_ID"] = AccessKey,
            ["AWS_SECRET_ACCESS_KEY"] = "not-a-secret",
            ["AWS_PROFILE"] = "",
            ["AWS_CONFIG_FILE"] = "/dev/null",
            ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
            ["HOME"] = "/nonexistent",
            ["XDG_RUNTIME_DIR"] = "",
            ["XDG_CONFIG_HOME"] = "",
            ["DOCKER_CONFIG"] = "",
            ["REGISTRY_AUTH_FILE"] = "",
        },
        arguments);

    // A whole image and a command are never broken.
    private static bool IsPasted(string line) =>
        line.Contains("@sha256:", StringComparison.Ordinal) || line.TrimStart().StartsWith("aws ", StringComparison.Ordinal);

    private static string Quoted(string argument) => argument.Contains(' ', StringComparison.Ordinal) ? $"\"{argument}\"" : argument;
}
