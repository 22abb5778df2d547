using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// Writes to standard output, which Lambda forwards to CloudWatch Logs. AWS_LAMBDA_LOG_FORMAT and AWS_LAMBDA_LOG_LEVEL
/// come from the function's logging configuration; AWS_LAMBDA_HANDLER_LOG_FORMAT and _LEVEL, where set, win.
/// </summary>
internal sealed class InvocationLog(TextWriter output, TimeProvider time, ILogFormat format, LogLevel minimum)
{
    private readonly Lock _lock = new();
    private string _requestId;
    private string _traceId;

    public static InvocationLog FromEnvironment(TextWriter output, TimeProvider time) => new(
        output,
        time,
        FormatOf(Setting("AWS_LAMBDA_HANDLER_LOG_FORMAT", "AWS_LAMBDA_LOG_FORMAT")),
        MinimumOf(Setting("AWS_LAMBDA_HANDLER_LOG_LEVEL", "AWS_LAMBDA_LOG_LEVEL")));

    public void Begin(string requestId, string traceId) => (_requestId, _traceId) = (requestId, traceId);

    public void WriteRaw(string text)
    {
        lock (_lock)
        {
            output.Write(text);
        }
    }

    public void Write(string level, Exception exception, string template, object[] arguments)
    {
        // An unknown level is written as it is: losing a line for a misspelt word would be worse.
        var known = Enum.TryParse<LogLevel>(level, ignoreCase: true, out var parsed);
        if (known && parsed < minimum)
        {
            return;
        }

        var message = MessageTemplate.Parse(template ?? string.Empty).Bind(arguments);
        var line = format.Format(
            new LogEntry(time.GetUtcNow(), known ? parsed.ToString() : level, _requestId, _traceId, message, exception));
        lock (_lock)
        {
            output.WriteLine(line);
        }
    }

    private static string Setting(string ours, string lambdas) =>
        Environment.GetEnvironmentVariable(ours) is { Length: > 0 } value ? value : Environment.GetEnvironmentVariable(lambdas);

    private static ILogFormat FormatOf(string name) => name?.ToUpperInvariant() switch
    {
        "JSON" => new JsonLogFormat(),
        "UNFORMATTED" => new UnformattedLogFormat(),
        _ => new TextLogFormat(),
    };

    // "Fatal" is Lambda's word for what .NET calls critical, "Warn" and "Info" for warning and information.
    private static LogLevel MinimumOf(string name) => name?.ToUpperInvariant() switch
    {
        "FATAL" => LogLevel.Critical,
        "WARN" => LogLevel.Warning,
        "INFO" => LogLevel.Information,
        _ => Enum.TryParse<LogLevel>(name, ignoreCase: true, out var level) ? level : LogLevel.Information,
    };
}
