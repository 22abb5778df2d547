namespace Charlie.Sandbox.Wire;

/// <summary>The sandbox cannot listen because something else does.</summary>
public sealed class PortInUseException(int port, Exception cause)
    : Exception($"Port {port} on 127.0.0.1 is in use: stop what listens there, or take another port (0 takes a free one).", cause)
{
    public int Port { get; } = port;
}
