using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>One JSON object a line: Lambda's own properties, then each named argument, then the exception.</summary>
internal sealed class JsonLogFormat : ILogFormat
{
    public string Format(LogEntry entry)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("timestamp", entry.Timestamp);
            writer.WriteString("level", entry.Level);
            WriteUnlessEmpty(writer, "requestId", entry.RequestId);
            WriteUnlessEmpty(writer, "traceId", entry.TraceId);
            writer.WriteString("message", entry.Message.Text);
            foreach (var argument in entry.Message.Arguments)
            {
                writer.WritePropertyName(argument.Name);
                Write(writer, argument.Value, argument.Format);
            }

            WriteException(writer, entry.Exception);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void WriteUnlessEmpty(Utf8JsonWriter writer, string name, string value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            writer.WriteString(name, value);
        }
    }

    private static void Write(Utf8JsonWriter writer, object value, string format)
    {
        switch (value)
        {
            case IDictionary entries:
                writer.WriteStartObject();
                foreach (DictionaryEntry entry in entries)
                {
                    writer.WritePropertyName(Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? string.Empty);
                    WriteScalar(writer, entry.Value, format);
                }

                writer.WriteEndObject();
                break;
            case IList items and not IList<byte>:
                writer.WriteStartArray();
                foreach (var item in items)
                {
                    WriteScalar(writer, item, format);
                }

                writer.WriteEndArray();
                break;
            default:
                WriteScalar(writer, value, format);
                break;
        }
    }

    private static void WriteScalar(Utf8JsonWriter writer, object value, string format)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case not null when format is not null: writer.WriteStringValue(LogValue.ToText(value, format)); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case byte or sbyte or short or ushort or int or uint or long:
                writer.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case ulong number: writer.WriteNumberValue(number); break;
            case decimal number: writer.WriteNumberValue(number); break;
            case double number when double.IsFinite(number): writer.WriteNumberValue(number); break;
            case float number when float.IsFinite(number): writer.WriteNumberValue(number); break;
            default: writer.WriteStringValue(LogValue.ToText(value, null) ?? value.ToString()); break;
        }
    }

    private static void WriteException(Utf8JsonWriter writer, Exception exception)
    {
        if (exception is null)
        {
            return;
        }

        writer.WriteString("errorType", exception.GetType().FullName);
        writer.WriteString("errorMessage", exception.Message);
        writer.WriteStartArray("stackTrace");
        foreach (var line in exception.ToString().Split('\n', StringSplitOptions.TrimEntries))
        {
            writer.WriteStringValue(line);
        }

        writer.WriteEndArray();
    }
}
