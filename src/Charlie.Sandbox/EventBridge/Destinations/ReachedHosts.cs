using System.Net;

namespace Charlie.Sandbox.EventBridge.Destinations;

/// <summary>
/// Which servers of this machine stand for hosts of the internet, as the sandbox was told. No other host is reached: what a test
/// delivers must not leave the machine.
/// </summary>
public sealed class ReachedHosts
{
    private readonly Dictionary<string, Uri> hosts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Tells of a host. Called under the cloud's lock.</summary>
    /// <param name="host">As an endpoint names it, <c>slack.com</c>.</param>
    /// <param name="url">A server on 127.0.0.0/8, as <c>http://127.0.0.7:8080</c>.</param>
    /// <exception cref="FormatException">It is no such URL.</exception>
    public void Put(string host, string url)
    {
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
        {
            throw new FormatException($"host must be a host's name such as slack.com; it is '{host}'.");
        }

        hosts[host] = Uri.TryCreate(url, UriKind.Absolute, out var server) && server is { Scheme: "http", PathAndQuery: "/" }
            && IPAddress.TryParse(server.Host, out var address) && IPAddress.IsLoopback(address)
            ? server
            : throw new FormatException($"url must be http://, an address of 127.0.0.0/8 and a port; it is '{url}'.");
    }

    /// <summary>Where a request goes instead; <c>null</c> for a host that the sandbox was not told of.</summary>
    internal Uri? For(Uri endpoint) =>
        hosts.TryGetValue(endpoint.Host, out var server)
            ? new UriBuilder(endpoint) { Scheme = server.Scheme, Host = server.Host, Port = server.Port }.Uri
            : null;
}
