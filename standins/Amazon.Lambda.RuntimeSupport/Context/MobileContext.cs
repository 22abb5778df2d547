using System.Text.Json;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// The two JSON headers that the AWS Mobile SDK's invocations carry. Without a header its object has nothing in it; it is never
/// null.
/// </summary>
internal static class MobileContext
{
    public static IClientContext ParseClient(string json)
    {
        if (string.IsNullOrWhiteSpace(json))
        {
            return new Context(null, null, null);
        }

        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return new Context(
            Strings(root, "env"),
            root.TryGetProperty("client", out var client)
                ? new Application(
                    Text(client, "app_package_name"),
                    Text(client, "app_title"),
                    Text(client, "app_version_code"),
                    Text(client, "app_version_name"),
                    Text(client, "installation_id"))
                : null,
            Strings(root, "custom"));
    }

    public static ICognitoIdentity ParseIdentity(string json)
    {
        if (string.IsNullOrWhiteSpace(json))
        {
            return new Cognito(null, null);
        }

        using var document = JsonDocument.Parse(json);
        return new Cognito(Text(document.RootElement, "cognitoIdentityId"), Text(document.RootElement, "cognitoIdentityPoolId"));
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.ToString() : null;

    private static Dictionary<string, string> Strings(JsonElement element, string name) =>
        element.TryGetProperty(name, out var values) && values.ValueKind == JsonValueKind.Object
            ? values.EnumerateObject().ToDictionary(value => value.Name, value => value.Value.ToString())
            : [];

    private sealed record Context(
        IDictionary<string, string> Environment, IClientApplication Client, IDictionary<string, string> Custom) : IClientContext;

    private sealed record Application(
        string AppPackageName, string AppTitle, string AppVersionCode, string AppVersionName, string InstallationId)
        : IClientApplication;

    private sealed record Cognito(string IdentityId, string IdentityPoolId) : ICognitoIdentity;
}
