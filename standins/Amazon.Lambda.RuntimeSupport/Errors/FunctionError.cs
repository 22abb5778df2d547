using System.Text.Json;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>An exception in the shape that Lambda passes on to callers, retries and failure destinations.</summary>
internal static class FunctionError
{
    // Lambda's own limit for the error document.
    private const int MaxBytes = 256 * 1024;

    public static string TypeOf(Exception exception) => exception.GetType().Name;

    public static byte[] ToJson(Exception exception)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, exception);
        }

        return buffer.Length <= MaxBytes
            ? buffer.ToArray()
            : """{"errorMessage":"Exception exceeded maximum payload size of 256KB."}"""u8.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, Exception exception)
    {
        writer.WriteStartObject();
        writer.WriteString("errorType", TypeOf(exception));
        writer.WriteString("errorMessage", exception.Message);
        WriteStackTrace(writer, exception.StackTrace);
        if (exception.InnerException is not null)
        {
            writer.WritePropertyName("cause");
            Write(writer, exception.InnerException);
        }

        if (exception is AggregateException { InnerExceptions: { Count: > 0 } causes })
        {
            writer.WriteStartArray("causes");
            foreach (var cause in causes)
            {
                Write(writer, cause);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteStackTrace(Utf8JsonWriter writer, string stackTrace)
    {
        if (string.IsNullOrWhiteSpace(stackTrace))
        {
            return;
        }

        writer.WriteStartArray("stackTrace");
        foreach (var frame in stackTrace.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            writer.WriteStringValue(frame);
        }

        writer.WriteEndArray();
    }
}
