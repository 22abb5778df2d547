using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

internal sealed class LambdaLogger(InvocationLog log) : ILambdaLogger
{
    public void Log(string message) => log.WriteRaw(message);

    public void LogLine(string message) => Log(nameof(LogLevel.Information), message);

    public void Log(string level, string message) => log.Write(level, null, message, []);

    public void Log(string level, string message, params object[] args) => log.Write(level, null, message, args ?? []);

    public void Log(string level, Exception exception, string message, params object[] args) =>
        log.Write(level, exception, message, args ?? []);
}
