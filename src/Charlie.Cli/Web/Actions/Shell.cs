using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Charlie.Cli.Web.Actions;

/// <summary>Writes arguments so that a paste into a shell works.</summary>
internal static class Shell
{
    // Only what JSON must escape, so that a person can read what is pasted.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    public static string Quote(JsonNode document) => Quote(document.ToJsonString(Plain));
}
