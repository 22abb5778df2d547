using System.Globalization;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Ec2;

/// <summary>A public address that the account holds.</summary>
public sealed class ElasticAddress(string allocationId, string publicIp)
{
    public string AllocationId { get; } = allocationId;

    public string PublicIp { get; } = publicIp;

    /// <summary>The instance that has it now; <c>null</c> while none does.</summary>
    public string? InstanceId { get; internal set; }

    public string? AssociationId { get; internal set; }

    public ResourceTags Tags { get; } = new();
}

/// <summary>The account's Elastic IP addresses. EC2 frees the address of an instance once that is terminated, not before.</summary>
public sealed class ElasticAddresses
{
    private const string Subnet = "203.0.113.";

    /// <summary>The documentation's network that they are taken from has no more.</summary>
    private const int MaxAddresses = 254;

    private readonly CloudContext context;
    private readonly Ec2InstanceStore instances;
    private readonly SortedDictionary<string, ElasticAddress> byId = new(StringComparer.Ordinal);

    internal ElasticAddresses(CloudContext context, Ec2InstanceStore instances)
    {
        this.context = context;
        this.instances = instances;
        instances.StateChanged += instance =>
        {
            if (instance.State == InstanceState.Terminated
                && byId.Values.FirstOrDefault(address => address.InstanceId == instance.Id) is { } freed)
            {
                Disassociate(freed);
            }
        };
    }

    public IReadOnlyCollection<ElasticAddress> All => byId.Values;

    /// <exception cref="AwsException">EC2's error for an allocation that is not there.</exception>
    internal ElasticAddress Get(string allocationId) =>
        byId.GetValueOrDefault(allocationId)
        ?? throw new AwsException("InvalidAllocationID.NotFound", $"The allocation ID '{allocationId}' does not exist");

    internal static bool IsId(string id) => id.StartsWith("eipalloc-", StringComparison.Ordinal);

    /// <summary>An address by its allocation, or by itself.</summary>
    /// <exception cref="AwsException">EC2's error for an address that is not there.</exception>
    internal ElasticAddress GetPublic(string publicIp) =>
        byId.Values.FirstOrDefault(address => address.PublicIp == publicIp)
        ?? throw new AwsException("InvalidAddress.NotFound", $"Address '{publicIp}' not found.");

    /// <exception cref="AwsException">EC2's error for an account that holds as many as it may.</exception>
    public ElasticAddress Allocate()
    {
        var taken = byId.Values.Select(address => address.PublicIp).ToHashSet(StringComparer.Ordinal);
        var free = Enumerable.Range(1, MaxAddresses).Select(number => Subnet + number.ToString(CultureInfo.InvariantCulture))
            .FirstOrDefault(address => !taken.Contains(address))
            ?? throw new AwsException("AddressLimitExceeded", "The maximum number of addresses has been reached.");
        var address = new ElasticAddress(context.Ids.Resource("eipalloc"), free);
        byId.Add(address.AllocationId, address);
        return address;
    }

    /// <param name="takeOver">Whether an address that another instance has may be taken from it.</param>
    internal ElasticAddress Associate(ElasticAddress address, Ec2Instance instance, bool takeOver)
    {
        if (instance.State != InstanceState.Running)
        {
            throw new AwsException("InvalidInstanceID", $"The instance '{instance.Id}' is not in a valid state for this operation.");
        }

        if (address.InstanceId == instance.Id)
        {
            return address;
        }

        if (address.InstanceId is { } other && !takeOver)
        {
            throw new AwsException(
                "Resource.AlreadyAssociated",
                    $"resource {address.AllocationId} is already associated with associate-id {address.AssociationId} (instance {other})");
        }

        if (byId.Values.FirstOrDefault(other => other.InstanceId == instance.Id) is { } held)
        {
            // An instance has one address of this kind; another takes its place.
            Disassociate(takeOver ? held : throw new AwsException(
                "Resource.AlreadyAssociated", $"resource {instance.Id} is already associated with associate-id {held.AssociationId}"));
        }

        if (address.InstanceId is not null)
        {
            Disassociate(address);
        }

        address.InstanceId = instance.Id;
        instance.PublicIpAddress = address.PublicIp;
        address.AssociationId = context.Ids.Resource("eipassoc");
        context.Record("ec2", "AddressAssociated", instance.Id, $"{instance.Id} has the address {address.AllocationId}");
        return address;
    }

    internal void Disassociate(ElasticAddress address)
    {
        if (address.InstanceId is { } before)
        {
            (address.InstanceId, address.AssociationId) = (null, null);
            if (instances.Find(before) is { } instance)
            {
                instance.PublicIpAddress = null;
            }

            context.Record("ec2", "AddressFreed", before, $"the address {address.AllocationId} is free");
        }
    }

    internal void Release(ElasticAddress address)
    {
        if (address.InstanceId is not null)
        {
            throw new AwsException("InvalidIPAddress.InUse", $"Address {address.PublicIp} is in use.");
        }

        byId.Remove(address.AllocationId);
    }
}
