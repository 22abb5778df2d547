namespace Charlie.Sandbox.Ec2;

/// <summary>Where instances get their addresses from. Called under the cloud's lock.</summary>
public interface IInstanceNetwork
{
    /// <summary>An address that no other instance has, or <c>null</c> if none is free.</summary>
    string? Claim();

    void Release(string address);
}

/// <summary>
/// Addresses 127.0.1.1 to 127.0.1.254 in a circle, nothing behind them: for simulations. A full circle becomes twice as
/// wide and goes on at 127.0.2.1.
/// </summary>
internal sealed class CountedAddresses : IInstanceNetwork
{
    private const int InSubnet = 254;

    private readonly HashSet<string> taken = new(StringComparer.Ordinal);
    private int max = InSubnet;
    private int last;

    public string? Claim()
    {
        if (taken.Count == max)
        {
            last = max;
            max *= 2;
        }

        do
        {
            last = (last % max) + 1;
        }
        while (!taken.Add(AddressOf(last)));
        return AddressOf(last);
    }

    public void Release(string address) => taken.Remove(address);

    private static string AddressOf(int number) => $"127.0.{1 + ((number - 1) / InSubnet)}.{1 + ((number - 1) % InSubnet)}";
}
