using System.Text.RegularExpressions;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Ec2;

/// <summary>The account's instances and what becomes of them.</summary>
public sealed partial class Ec2InstanceStore
{
    /// <summary>How long EC2 shows an instance after it terminated.</summary>
    private static readonly TimeSpan ShownAfterwards = TimeSpan.FromHours(1);

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    private readonly CloudContext context;
    private readonly SortedDictionary<string, Ec2Instance> byId = new(StringComparer.Ordinal);

    internal Ec2InstanceStore(CloudContext context) => this.context = context;

    /// <summary>Raised under the cloud's lock after an instance's state changed.</summary>
    public event Action<Ec2Instance>? StateChanged;

    /// <summary>Raised under the cloud's lock when a running instance is to shut down and boot again.</summary>
    public event Action<Ec2Instance>? Rebooted;

    /// <summary>Ascending by id.</summary>
    public IReadOnlyCollection<Ec2Instance> All => byId.Values;

    /// <summary>Where addresses come from.</summary>
    public IInstanceNetwork Network { get; set; } = new CountedAddresses();

    /// <summary>Whether a machine that shuts down is still busy with it: EC2 calls it terminated once it is down.</summary>
    public Func<Ec2Instance, bool> StillShutsDown { get; set; } = _ => false;

    /// <summary>How many instances may exist at once before launches fail for lack of capacity; <c>null</c> for no limit.</summary>
    public int? Capacity { get; set; }

    public Ec2Instance? Find(string id) => byId.GetValueOrDefault(id);

    /// <summary>All of the given ids, or EC2's error about those that are not there.</summary>
    internal IReadOnlyList<Ec2Instance> Get(IReadOnlyList<string> ids)
    {
        if (ids.FirstOrDefault(id => !IdShape.IsMatch(id)) is { } malformed)
        {
            throw Ec2Errors.InstanceMalformed(malformed);
        }

        var missing = ids.Where(id => !byId.ContainsKey(id)).Distinct().ToList();
        return missing.Count == 0
            ? [.. ids.Distinct().Select(id => byId[id])]
            : throw Ec2Errors.InstancesNotFound(missing);
    }

    /// <summary>Launches one instance; the caller adds its own tags to those of the version.</summary>
    internal Ec2Instance Launch(
        LaunchTemplateVersion version,
        string availabilityZone,
        string? subnetId,
        IEnumerable<KeyValuePair<string, string>> tags,
        string? instanceType = null)
    {
        if (Capacity is { } max && byId.Values.Count(instance => instance.State != InstanceState.Terminated) >= max)
        {
            throw new AwsException(
                "InsufficientInstanceCapacity",
                $"We currently do not have sufficient {version.Data.InstanceType} capacity in the Availability Zone you requested ({availabilityZone}). Our system will be working on provisioning additional capacity.",
                500);
        }

        CheckTagsInMetadata(version);
        var address = Network.Claim()
            ?? throw new AwsException(
            "InsufficientFreeAddressesInSubnet",
            $"There are not enough free addresses in subnet '{subnetId}' to satisfy the requested number of instances.");
        var instance = new Ec2Instance(context.Ids.Resource("i"), context.Ids.Resource("r"), version, context.Time.GetUtcNow())
        {
            AvailabilityZone = availabilityZone,
            SubnetId = subnetId,
            PrivateIpAddress = address,
            InstanceType = instanceType ?? version.Data.InstanceType,
        };
        foreach (var (key, value) in version.Data.InstanceTags.Concat(tags))
        {
            instance.Tags.PutOwn(key, value);
        }

        byId.Add(instance.Id, instance);
        Change(instance, InstanceState.Pending);
        context.Scheduler.After(context.Timings.Launch, () =>
        {
            if (instance.State == InstanceState.Pending)
            {
                instance.RunningSince = context.Time.GetUtcNow();
                Change(instance, InstanceState.Running);
            }
        });
        return instance;
    }

    /// <summary>Shuts an instance down, which takes its time; does nothing to one that is on its way already.</summary>
    internal void Terminate(Ec2Instance instance, string code, string message)
    {
        if (!instance.IsAlive)
        {
            return;
        }

        instance.StateReason = (code, message);
        Change(instance, InstanceState.ShuttingDown);
        context.Scheduler.After(context.Timings.Termination, () => Down(instance));
    }

    private void Down(Ec2Instance instance)
    {
        if (StillShutsDown(instance))
        {
            context.Scheduler.After(PollInterval, () => Down(instance));
        }
        else
        {
            Gone(instance);
        }
    }

    /// <summary>Boots a running instance again; its state does not change.</summary>
    internal void Reboot(Ec2Instance instance)
    {
        context.Record("ec2", "InstanceRebooted", instance.Id, $"{instance.Id} boots again");
        Rebooted?.Invoke(instance);
    }

    /// <summary>The machine dies at once, as when its host fails.</summary>
    internal void Kill(Ec2Instance instance)
    {
        if (instance.State != InstanceState.Terminated)
        {
            instance.StateReason = ("Server.InternalError", "Server.InternalError: Internal error on launch");
            Gone(instance);
        }
    }

    internal static bool IsId(string id) => id.StartsWith("i-", StringComparison.Ordinal);

    private static void CheckTagsInMetadata(LaunchTemplateVersion version)
    {
        if (version.Data.TagsInMetadata && version.Data.InstanceTags.Keys.FirstOrDefault(key => !MetadataKey.IsMatch(key)) is { } wrong)
        {
            throw new AwsException(
                "InvalidParameterValue",
                $"'{wrong}' is not a valid tag key. Tag keys must match pattern ([0-9a-zA-Z\\-_+=,.@:]{{1,255}}), and must not be a reserved name ('.', '..', '_index')");
        }
    }

    private void Gone(Ec2Instance instance)
    {
        if (instance.State == InstanceState.Terminated)
        {
            return;
        }

        instance.TerminatedAt = context.Time.GetUtcNow();
        if (instance.PrivateIpAddress is { } address)
        {
            Network.Release(address);
            instance.PrivateIpAddress = null;
        }

        Change(instance, InstanceState.Terminated);
        context.Scheduler.After(ShownAfterwards, () => byId.Remove(instance.Id));
    }

    private void Change(Ec2Instance instance, InstanceState state)
    {
        instance.State = state;
        var data = new Dictionary<string, string> { ["state"] = Ec2Instance.NameOf(state) };
        if (instance.PrivateIpAddress is { } address)
        {
            data["address"] = address;
        }

        context.Record("ec2", "InstanceStateChanged", instance.Id, $"{instance.Id} is {Ec2Instance.NameOf(state)}", data);
        StateChanged?.Invoke(instance);
    }

    [GeneratedRegex(@"^i-([0-9a-f]{8}|[0-9a-f]{17})\z")]
    private static partial Regex IdShape { get; }

    [GeneratedRegex(@"^(?!(\.|\.\.|_index)$)[0-9a-zA-Z\-_+=,.@:]{1,255}\z")]
    private static partial Regex MetadataKey { get; }
}
