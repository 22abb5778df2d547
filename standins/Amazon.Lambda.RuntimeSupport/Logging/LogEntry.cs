using System.Globalization;

namespace Amazon.Lambda.RuntimeSupport;

internal sealed record LogEntry(
    DateTimeOffset Time, string Level, string RequestId, string TraceId, BoundMessage Message, Exception Exception)
{
    public string Timestamp => Time.UtcDateTime.ToString(LogValue.TimeFormat, CultureInfo.InvariantCulture);
}

internal interface ILogFormat
{
    string Format(LogEntry entry);
}
