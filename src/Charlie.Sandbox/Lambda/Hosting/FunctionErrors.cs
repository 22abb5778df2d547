using System.Globalization;
using System.Text.Json.Nodes;

namespace Charlie.Sandbox.Lambda.Hosting;

/// <summary>The errors that Lambda itself gives in a function's place.</summary>
internal static class FunctionErrors
{
    public static string TimedOut(string requestId, TimeSpan after) => Error(
        "Sandbox.Timedout",
        string.Create(CultureInfo.InvariantCulture,
            $"RequestId: {requestId} Error: Task timed out after {after.TotalSeconds:0.00} seconds"));

    /// <param name="exitCode">Above 128 the process was ended by a signal.</param>
    public static string Exited(string requestId, int exitCode) => Error(
        "Runtime.ExitError",
        $"RequestId: {requestId} Error: " + exitCode switch
        {
            0 => "Runtime exited without providing a reason",
            137 => "Runtime exited with error: signal: killed",
            143 => "Runtime exited with error: signal: terminated",
            _ => $"Runtime exited with error: exit status {exitCode}",
        });

    public static string NotStarted(string requestId, string why) =>
        Error("Runtime.InvalidEntrypoint", $"RequestId: {requestId} Error: {why}");

    /// <summary>What a function posted as its error, or AWS's stand-in when that is no JSON object.</summary>
    public static string Posted(string body, string? errorType) =>
        EventJson.ParseObject(body) is { } error ? EventJson.Write(error) : Error(errorType ?? "Runtime.Unknown", "");

    private static string Error(string type, string message) =>
        EventJson.Write(new JsonObject { ["errorType"] = type, ["errorMessage"] = message });
}
