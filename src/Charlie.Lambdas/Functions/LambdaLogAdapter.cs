using System.Globalization;
using Amazon.Lambda.Core;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Charlie.Lambdas.Functions;

/// <summary>Writes to Lambda's log with the message's fields by name, so that Lambda's JSON format keeps them.</summary>
internal sealed class LambdaLogAdapter(ILambdaLogger lambda) : ILogger
{
    // The generated state's last entry is the message template.
    private const string TemplateKey = "{OriginalFormat}";

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (state is not IReadOnlyList<KeyValuePair<string, object?>> fields)
        {
            lambda.Log(logLevel.ToString(), formatter(state, exception), []);
            return;
        }

        var template = fields.FirstOrDefault(field => field.Key == TemplateKey).Value as string ?? "";
        object[] arguments =
        [
            .. fields.Where(field => field.Key != TemplateKey)
                .Select(field => Convert.ToString(field.Value, CultureInfo.InvariantCulture) ?? ""),
            eventId.Id,
        ];
        lambda.Log(logLevel.ToString(), template + " [{EventId}]", arguments);
    }

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;
}
