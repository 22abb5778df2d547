using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Charlie.Operations.Registry;

/// <summary>
/// Asks a program that keeps logins for Docker and Podman: <c>docker-credential-NAME get</c>, with the registry as its input
/// (docker/docker-credential-helpers).
/// </summary>
/// <param name="prefix">What its program's name begins with.</param>
internal sealed partial class CredentialHelper(string prefix = "docker-credential-")
{
    // It may ask a key ring that waits for a person; nobody is there.
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(10);

    // Docker's word for a token in place of a name and a password.
    private const string TokenUser = "<token>";

    /// <exception cref="OperationException">The program is not there, has no login for it, or did not respond in 10 seconds.</exception>
    public async Task<RegistryLogin> GetAsync(string name, string host, CancellationToken cancellation)
    {
        if (!Name().IsMatch(name))
        {
            throw new OperationException($"the login for {host} is kept by '{name}', which is no name of a helper");
        }

        var output = await RunAsync(name, host, cancellation);
        return Read(output) switch
        {
            { User: TokenUser } => throw new OperationException($"docker-credential-{name} keeps a token for {host}, and no password"),
            { } login => login,
            null => throw new OperationException($"docker-credential-{name} has no login for {host}"),
        };
    }

    private async Task<string> RunAsync(string name, string host, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(MaxWait);
        Process? helper = null;
        try
        {
            helper = Process.Start(new ProcessStartInfo(prefix + name, ["get"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            await AskAsync(helper, host);
            var (output, errors) = (helper.StandardOutput.ReadToEndAsync(limit.Token), helper.StandardError.ReadToEndAsync(limit.Token));
            await Task.WhenAll(output, errors, helper.WaitForExitAsync(limit.Token));
            return await output;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new OperationException($"docker-credential-{name} did not respond in {MaxWait.TotalSeconds:0} s");
        }
        catch (Win32Exception error)
        {
            throw new OperationException($"docker-credential-{name}, which keeps the login for {host}, cannot be run: {error.Message}");
        }
        finally
        {
            if (helper is { HasExited: false })
            {
                helper.Kill(entireProcessTree: true);
            }

            helper?.Dispose();
        }
    }

    // A program that ends without reading has nothing to say to it either.
    private static async Task AskAsync(Process helper, string host)
    {
        try
        {
            await helper.StandardInput.WriteAsync(host);
            helper.StandardInput.Close();
        }
        catch (IOException)
        {
        }
    }

    private static RegistryLogin? Read(string output)
    {
        try
        {
            return JsonNode.Parse(output) is JsonObject login
                && (string?)login["Username"] is { } user
                && (string?)login["Secret"] is { } secret
                ? new RegistryLogin(user, secret)
                : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]+\\z")]
    private static partial Regex Name();
}
