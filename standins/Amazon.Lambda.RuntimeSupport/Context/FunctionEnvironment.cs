using System.Globalization;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>What Lambda tells a function by environment variables.</summary>
internal static class FunctionEnvironment
{
    public const string TraceIdVariable = "_X_AMZN_TRACE_ID";

    public static string RuntimeApi => Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API")
        ?? throw new InvalidOperationException(
            "AWS_LAMBDA_RUNTIME_API is not set: this program is a Lambda function and runs only behind a Lambda Runtime API.");

    public static string FunctionName => Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_NAME");

    public static string FunctionVersion => Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_VERSION");

    public static string LogGroupName => Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_GROUP_NAME");

    public static string LogStreamName => Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_STREAM_NAME");

    public static int MemoryLimitInMB =>
        int.TryParse(
            Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var megabytes)
            ? megabytes
            : 0;
}
