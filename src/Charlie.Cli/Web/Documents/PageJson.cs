using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Charlie.Cli.Web.Documents;

/// <summary>How documents are written for the page.</summary>
internal static class PageJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        Converters = { new JsonStringEnumConverter() },
    };

    public static string Write<T>(T document) => JsonSerializer.Serialize(document, Options);

    /// <summary>Reads what the page posted; <c>null</c> where it is not of that shape.</summary>
    public static async Task<T?> ReadAsync<T>(Stream body, CancellationToken cancellation)
        where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(body, Options, cancellation);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
