using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Charlie.Operations.Registry;

/// <summary>The logins that <c>docker login</c> and <c>podman login</c> left on this machine. Nothing is written to them.</summary>
/// <param name="files">The files, the first one first; those that are not there are passed over.</param>
/// <param name="helper">Asks the programs that keep logins of these files.</param>
internal sealed class LoginFiles(IReadOnlyList<string> files, CredentialHelper helper)
{
    /// <summary>The files that both commands look for.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    public static LoginFiles Find(Func<string, string?> variable)
    {
        var home = Given("HOME");
        string?[] files =
        [
            Given("REGISTRY_AUTH_FILE"),
            Below(Given("XDG_RUNTIME_DIR"), "containers/auth.json"),
            Below(Given("XDG_CONFIG_HOME") ?? Below(home, ".config"), "containers/auth.json"),
            Below(Given("DOCKER_CONFIG") ?? Below(home, ".docker"), "config.json"),
        ];
        return new LoginFiles([.. files.OfType<string>()], new CredentialHelper());

        string? Given(string name) => variable(name) is { Length: > 0 } value ? value : null;

        static string? Below(string? folder, string file) => folder is null ? null : Path.Combine(folder, file);
    }

    /// <summary>The login for an image: of its repository, or of a folder above it, or of its registry.</summary>
    /// <exception cref="OperationException">None has one, a file cannot be read, or the program that keeps it does not say it.</exception>
    public async Task<RegistryLogin> LoginForAsync(ImageReference image, CancellationToken cancellation)
    {
        foreach (var file in files)
        {
            if (Read(file) is not { } document)
            {
                continue;
            }

            if (Login(file, document, image) is { } login)
            {
                return login;
            }

            if (HelperOf(document, image.Host) is { } name)
            {
                return await helper.GetAsync(name, image.Host, cancellation);
            }
        }

        throw new OperationException($"no login for {image.Host} at hand");
    }

    private static string? HelperOf(JsonObject document, string host) =>
        (string?)(document["credHelpers"] as JsonObject)?[host]
        ?? (document["auths"]?[host] is not null ? (string?)document["credsStore"] : null);

    private static RegistryLogin? Login(string file, JsonObject document, ImageReference image)
    {
        var name = $"{image.Host}/{image.Name}/";
        var entry = (document["auths"] as JsonObject ?? [])
            .Where(one => (string?)one.Value?["auth"] is { Length: > 0 })
            .Select(one => (Key: Plain(one.Key), Auth: (string)one.Value!["auth"]!))
            .Where(one => name.StartsWith(one.Key + "/", StringComparison.Ordinal))
            .OrderByDescending(one => one.Key.Length)
            .FirstOrDefault();
        if (entry.Auth is null)
        {
            return null;
        }

        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(entry.Auth)).Split(':', 2) is [var user, var password]
                ? new RegistryLogin(user, password)
                : throw new FormatException();
        }
        catch (FormatException)
        {
            throw new OperationException($"the login for {image.Host} in {file} cannot be read");
        }
    }

    // Docker writes some registries as URLs.
    private static string Plain(string key) => key.Replace("https://", "", StringComparison.Ordinal).TrimEnd('/');

    private static JsonObject? Read(string file)
    {
        try
        {
            return File.Exists(file) && File.ReadAllText(file) is { Length: > 0 } text ? JsonNode.Parse(text) as JsonObject : null;
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new OperationException($"{file} cannot be read: {error.Message}");
        }
    }
}
