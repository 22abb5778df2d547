using Amazon.Lambda.Core;

namespace Charlie.Lambdas.Tests.Functions;

/// <summary>Keeps what Lambda's log would be given.</summary>
internal sealed class RecordingLogger : ILambdaLogger
{
    public List<(string Level, string Message, object[] Arguments)> Lines { get; } = [];

    public void Log(string message) => Lines.Add(("", message, []));

    public void LogLine(string message) => Lines.Add(("", message, []));

    public void Log(string level, string message, params object[] args) => Lines.Add((level, message, args));
}
