using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Charlie.Sandbox.Ec2;

namespace Charlie.Sandbox.Instances;

/// <summary>
/// Gives out 127.0.1.N such that a server can listen there on the health port, with other sandboxes on the machine.
/// A TCP socket that only binds keeps no other program away on Linux (.NET sets SO_REUSEADDR), so a claim is a bound UDP socket of
/// the same address and port, and a TCP listener is attempted once to see what else is there.
/// </summary>
internal sealed class LoopbackAddresses : IInstanceNetwork, IDisposable
{
    private const int Max = 254;

    private readonly int port;
    private readonly Dictionary<string, Socket> claims = new(StringComparer.Ordinal);
    private int last;

    public LoopbackAddresses(int port)
    {
        this.port = port;
        // Sandboxes that start side by side begin at different places.
        last = Environment.ProcessId % Max;
    }

    public string? Claim()
    {
        for (var attempts = 0; attempts < Max; attempts++)
        {
            last = (last % Max) + 1;
            var address = string.Create(CultureInfo.InvariantCulture, $"127.0.1.{last}");
            if (!claims.ContainsKey(address) && TryClaim(IPAddress.Parse(address)) is { } claim)
            {
                claims.Add(address, claim);
                return address;
            }
        }

        return null;
    }

    public void Release(string address)
    {
        if (claims.Remove(address, out var claim))
        {
            claim.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var claim in claims.Values)
        {
            claim.Dispose();
        }

        claims.Clear();
    }

    private Socket? TryClaim(IPAddress address)
    {
        var claim = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            claim.Bind(new IPEndPoint(address, port));
            using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(new IPEndPoint(address, port));
            listener.Listen();
            return claim;
        }
        catch (SocketException)
        {
            claim.Dispose();
            return null;
        }
    }
}
