using System.Text.Json;
using System.Text.Json.Nodes;

namespace Charlie.Cli.Commands.Setup;

/// <summary>The file that <c>dotnet lambda deploy-serverless --config-file</c> takes.</summary>
internal static class DeployFile
{
    // The build settings of the repository's own file, which come with the command.
    private const string Defaults = "aws-lambda-tools-defaults.json";

    private static readonly JsonSerializerOptions Written = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="stack">The stack's name.</param>
    /// <param name="values">Its parameters.</param>
    public static async Task<string> TextAsync(
        string stack, string region, string? profile, IReadOnlyDictionary<string, string> values, CancellationToken cancellation)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, Defaults), cancellation);
        var file = JsonNode.Parse(text)!.AsObject();
        file["Information"] = new JsonArray(
            "Written by charlie init; give it by its full path with --config-file, from the repository's folder.");
        file["profile"] = profile ?? "";
        file["region"] = region;
        file["stack-name"] = stack;
        file["template-parameters"] = string.Join(';', values.Select(pair => $"{pair.Key}={pair.Value}"));
        return file.ToJsonString(Written) + "\n";
    }
}
