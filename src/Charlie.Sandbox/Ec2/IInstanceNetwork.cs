namespace Charlie.Sandbox.Ec2;

/// <summary>Where instances get their addresses from. Called under the cloud's lock.</summary>
public interface IInstanceNetwork
{
    /// <summary>An address that nobody else has, or <c>null</c> if none is free.</summary>
    string? Claim();

    void Release(string address);
}

/// <summary>Addresses 127.0.1.1 to 127.0.1.254 in a circle, nothing behind them: for simulations.</summary>
internal sealed class CountedAddresses : IInstanceNetwork
{
    private const int Most = 254;

    private readonly HashSet<int> taken = [];
    private int last;

    public string? Claim()
    {
        for (var tries = 0; tries < Most; tries++)
        {
            last = (last % Most) + 1;
            if (taken.Add(last))
            {
                return $"127.0.1.{last}";
            }
        }

        return null;
    }

    public void Release(string address) =>
        taken.Remove(int.Parse(address[(address.LastIndexOf('.') + 1)..], System.Globalization.CultureInfo.InvariantCulture));
}
