using System.Globalization;

namespace Charlie.Sandbox.Lambda.Hosting;

/// <summary>
/// The variables of an execution environment: Lambda's own, the function's, and of ours only what a process needs to
/// start.
/// </summary>
internal static class EnvironmentVariables
{
    private static readonly string[] Inherited = ["PATH", "HOME", "DOTNET_ROOT", "DOTNET_HOST_PATH", "TMPDIR", "SystemRoot"];

    public static Dictionary<string,
        string> Of(FunctionConfiguration function, EnvironmentIdentity identity, string runtimeApi, Uri endpoint, string taskRoot)
    {
        var variables = new Dictionary<string, string>();
        foreach (var name in Inherited)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                variables[name] = value;
            }
        }

        foreach (var (name, value) in function.Environment)
        {
            variables[name] = value;
        }

        // Last, because a function's own variables cannot replace Lambda's.
        foreach (var (name, value) in Reserved(function, identity, runtimeApi, endpoint, taskRoot))
        {
            variables[name] = value;
        }

        if (function.JsonLogs)
        {
            variables["AWS_LAMBDA_LOG_FORMAT"] = "JSON";
        }

        return variables;
    }

    private static IEnumerable<(string, string)> Reserved(
        FunctionConfiguration function, EnvironmentIdentity identity, string runtimeApi, Uri endpoint, string taskRoot) =>
    [
        ("_HANDLER", function.Handler),
        ("AWS_LAMBDA_RUNTIME_API", runtimeApi),
        ("AWS_LAMBDA_FUNCTION_NAME", function.Name),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", function.MemorySize.ToString(CultureInfo.InvariantCulture)),
        ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
        ("AWS_LAMBDA_LOG_GROUP_NAME", function.LogGroup ?? $"/aws/lambda/{function.Name}"),
        ("AWS_LAMBDA_LOG_STREAM_NAME", identity.LogStream),
        ("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"),
        ("LAMBDA_TASK_ROOT", taskRoot),
        ("AWS_REGION", Account.Region),
        ("AWS_DEFAULT_REGION", Account.Region),
        ("AWS_ACCESS_KEY_ID", identity.AccessKey),
        ("AWS_SECRET_ACCESS_KEY", identity.SecretKey),
        ("AWS_SESSION_TOKEN", identity.SessionToken),
        ("AWS_ENDPOINT_URL", endpoint.AbsoluteUri.TrimEnd('/')),
        ("TZ", ":UTC"),
    ];
}
