using System.Globalization;

namespace Charlie.Sandbox.Ec2;

/// <summary>Where instances get their addresses from. Called under the cloud's lock.</summary>
public interface IInstanceNetwork
{
    /// <summary>An address that nobody else has, or <c>null</c> if none is free.</summary>
    string? Claim();

    void Release(string address);
}

/// <summary>Addresses 127.0.1.1 to 127.0.16.254 in a circle, nothing behind them: for simulations.</summary>
internal sealed class CountedAddresses : IInstanceNetwork
{
    private const int HostsOfANetwork = 254;
    private const int Most = 16 * HostsOfANetwork;

    private readonly HashSet<string> used = new(StringComparer.Ordinal);
    private int last = -1;

    public string? Claim()
    {
        for (var tries = 0; tries < Most; tries++)
        {
            last = (last + 1) % Most;
            var address = string.Create(CultureInfo.InvariantCulture, $"127.0.{1 + (last / HostsOfANetwork)}.{1 + (last % HostsOfANetwork)}");
            if (used.Add(address))
            {
                return address;
            }
        }

        return null;
    }

    public void Release(string address) => used.Remove(address);
}
