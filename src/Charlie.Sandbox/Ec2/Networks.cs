using System.Globalization;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Ec2;

/// <summary>A subnet of the account's one VPC.</summary>
/// <param name="Number">Its place in the order in which subnets became known, from 0.</param>
public sealed record Subnet(string Id, string AvailabilityZone, int Number)
{
    /// <summary>Whether the account had it from the beginning.</summary>
    public bool IsDefault => Number < Networks.DefaultZones.Length;

    internal string CidrBlock => string.Create(CultureInfo.InvariantCulture, $"172.{31 - (Number / 16)}.{Number % 16 * 16}.0/20");
}

/// <summary>The account's network: the default VPC with a subnet in each zone, and whatever subnets groups have named.</summary>
public sealed class Networks
{
    internal const string DefaultZones = "abcdef";

    private readonly SortedDictionary<string, Subnet> subnets = new(StringComparer.Ordinal);

    internal Networks()
    {
        foreach (var zone in DefaultZones)
        {
            Register($"subnet-0c4a711e5a0d0000{zone}", Account.Region + zone);
        }
    }

    /// <summary>By id.</summary>
    public IReadOnlyCollection<Subnet> Subnets => subnets.Values;

    /// <summary>A group may name any subnet; from then on the account has it.</summary>
    internal void Register(string id, string availabilityZone) => subnets.TryAdd(
        id, new Subnet(id, availabilityZone, subnets.Count == 0 ? 0 : subnets.Values.Max(subnet => subnet.Number) + 1));

    internal void Remove(string id) => subnets.Remove(id);

    internal Subnet Get(string id) => subnets.GetValueOrDefault(id)
        ?? throw new AwsException("InvalidSubnetID.NotFound", $"The subnet ID '{id}' does not exist");
}
