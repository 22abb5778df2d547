using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Charlie.Operations.Doctor;
using Charlie.Operations.Fitting;
using Charlie.Operations.History;
using Charlie.Operations.Planning;
using Charlie.Operations.Releases;
using Charlie.Operations.Requests;
using Charlie.Operations.Status;

namespace Charlie.Cli.Commands.Operating;

/// <summary>Writes the documents of <c>--json</c>.</summary>
internal static class Documents
{
    /// <summary>How they are written: a release of this command reads what it wrote.</summary>
    public static readonly JsonSerializerOptions Options = Written(isIndented: true);

    private static readonly JsonSerializerOptions OfLines = Written(isIndented: false);

    /// <summary>Writes a document of a command that writes many: one line each.</summary>
    public static void WriteLine<T>(T document) => Write(document, OfLines);

    public static void Write<T>(T document) => Write(document, Options);

    private static void Write<T>(T document, JsonSerializerOptions options) =>
        Console.Out.WriteLine(JsonSerializer.Serialize(document, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T))));

    private static JsonSerializerOptions Written(bool isIndented)
    {
        var options = new JsonSerializerOptions(DocumentTypes.Default.Options)
        {
            WriteIndented = isIndented,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.MakeReadOnly();
        return options;
    }
}

/// <summary>The documents' types; a native program can look at no other.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(StatusDocument))]
[JsonSerializable(typeof(HistoryDocument))]
[JsonSerializable(typeof(ShownRelease))]
[JsonSerializable(typeof(PlanDocument))]
[JsonSerializable(typeof(WaitDocument))]
[JsonSerializable(typeof(AnswerDocument))]
[JsonSerializable(typeof(PushDocument))]
[JsonSerializable(typeof(DoctorDocument))]
[JsonSerializable(typeof(FittingDocument))]
internal sealed partial class DocumentTypes : JsonSerializerContext;
