using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Charlie.Cli.Commands.Operating;

/// <summary>Writes the documents of <c>--json</c>.</summary>
internal static class Documents
{
    /// <summary>How they are written: a release of this command reads what it wrote.</summary>
    public static readonly JsonSerializerOptions Options = new()
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter() },
    };

    private static readonly JsonSerializerOptions OfLines = new(Options) { WriteIndented = false };

    /// <summary>Writes a document of a command that writes many: one line each.</summary>
    public static void WriteLine<T>(T document) => Console.Out.WriteLine(JsonSerializer.Serialize(document, OfLines));

    public static void Write<T>(T document) => Console.Out.WriteLine(JsonSerializer.Serialize(document, Options));
}
