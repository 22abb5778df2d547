using System.Net;
using System.Net.Sockets;

namespace Charlie.Sandbox.Wire;

/// <summary>
/// A port that no other sandbox of this machine uses until it is disposed, and below those that the system gives out by
/// itself (from 32768 on): an app listens on all addresses, and would keep a machine's NGINX from its port, or the other way
/// round. The claim is a bound UDP socket, which a TCP server does not notice.
/// </summary>
internal sealed class PortClaim : IDisposable
{
    private const int First = 20_000;
    private const int Count = 12_000;

    // Processes that start side by side begin at different places.
    private static int last = Environment.ProcessId * 64 % Count;

    private readonly Socket claim;

    private PortClaim(int port, Socket claim) => (Port, this.claim) = (port, claim);

    public int Port { get; }

    /// <exception cref="IOException">Every port is taken.</exception>
    public static PortClaim Take()
    {
        for (var attempts = 0; attempts < Count; attempts++)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref last) % Count);
            if (TryTake(port) is { } claim)
            {
                return claim;
            }
        }

        throw new IOException($"No port from {First} to {First + Count - 1} is free.");
    }

    /// <returns><c>null</c> where the port is claimed, or something listens on it.</returns>
    public static PortClaim? TryTake(int port)
    {
        var claim = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            claim.Bind(new IPEndPoint(IPAddress.Loopback, port));
            // It is refused where anything listens on the port, on whatever address.
            using var all = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            all.Bind(new IPEndPoint(IPAddress.Any, port));
            return new PortClaim(port, claim);
        }
        catch (SocketException)
        {
            claim.Dispose();
            return null;
        }
    }

    public void Dispose() => claim.Dispose();
}
