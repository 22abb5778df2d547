using System.Text;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Time, request id, level and message between tabs, in the words of Microsoft's console logger.</summary>
internal sealed class TextLogFormat : ILogFormat
{
    public string Format(LogEntry entry) =>
        $"{entry.Timestamp}\t{entry.RequestId}\t{LabelOf(entry.Level)}\t{UnformattedLogFormat.Body(entry)}";

    private static string LabelOf(string level) => level switch
    {
        nameof(LogLevel.Trace) => "trce",
        nameof(LogLevel.Debug) => "dbug",
        nameof(LogLevel.Information) => "info",
        nameof(LogLevel.Warning) => "warn",
        nameof(LogLevel.Error) => "fail",
        nameof(LogLevel.Critical) => "crit",
        _ => level,
    };
}

internal sealed class UnformattedLogFormat : ILogFormat
{
    public string Format(LogEntry entry) => Body(entry);

    public static string Body(LogEntry entry)
    {
        var body = new StringBuilder(entry.Message.Text);
        if (entry.Exception is not null)
        {
            body.Append(body.Length > 0 ? "\n" : string.Empty).Append(entry.Exception);
        }

        return body.ToString();
    }
}
