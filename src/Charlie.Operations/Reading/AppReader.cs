using Amazon.AutoScaling;
using Amazon.EC2;
using Charlie.Lambdas.Aws;
using Charlie.Lambdas.Aws.Wire;
using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Health;
using Charlie.Operations.Access;
using Charlie.Operations.Stack;

namespace Charlie.Operations.Reading;

/// <summary>Reads what the functions read, with their own readers: records, group and instances.</summary>
internal sealed class AppReader : IDisposable
{
    private readonly IDisposable[] clients;
    private readonly HttpMessageInvoker probes;
    private readonly SnapshotReader reader;
    private readonly InstanceProber prober;
    private readonly StackDescription stack;

    public AppReader(StackDescription stack, AwsAccess access, TimeProvider time)
        : this(
            stack,
            new Ec2Pipeline(ClientLimits.Limit(access.Configure(new AmazonEC2Config()))),
            new AutoScalingClient(ClientLimits.Limit(access.Configure(new AmazonAutoScalingConfig()))),
            time)
    {
    }

    /// <summary>With clients of one's own.</summary>
    public AppReader(StackDescription stack, IEc2 ec2, IAutoScaling autoScaling, TimeProvider time, params IDisposable[] owned)
    {
        (this.stack, clients) = (stack, owned);
        var settings = stack.Settings;
        probes = HttpProbe.CreateClient();
        prober = new InstanceProber(new HttpProbe(probes, settings.HealthPort, settings.HealthPath, time), time);
        reader = new SnapshotReader(
            new RecordsReader(ec2, settings.LaunchTemplateId),
            new GroupReader(autoScaling, settings.GroupName, settings.LaunchTemplateId),
            new InstanceReader(ec2),
            time);
    }

    /// <summary>Records, group, instance refresh, and what EC2 knows of each instance.</summary>
    /// <exception cref="OperationException">The group does not exist, or does not launch from the stack's template.</exception>
    public async Task<Snapshot> ReadAsync()
    {
        try
        {
            return await reader.ReadAsync(stack.Settings.Policy.Strategy, readsInstances: true);
        }
        catch (InvalidOperationException error)
        {
            throw new OperationException($"What stack {stack.Name} deploys to cannot be read. {error.Message}");
        }
    }

    /// <summary>The same with the group's last activity, which says why it launches nothing.</summary>
    public async Task<Snapshot> ReadWithActivityAsync() => await reader.ReadLastActivityAsync(await ReadAsync());

    /// <summary>What an operator is shown: of a group that is down also why, and how its instances are.</summary>
    /// <param name="reachesMachines">Whether this machine reaches the instances; else nothing is probed.</param>
    /// <inheritdoc cref="ReadAsync"/>
    public async Task<Snapshot> ReadToShowAsync(bool reachesMachines)
    {
        var snapshot = await ReadAsync();
        if (snapshot.Records.Down?.Since is not null)
        {
            snapshot = await ReadWithActivityAsync();
        }

        return reachesMachines ? await ProbeAsync(snapshot) : snapshot;
    }

    /// <summary>Probes each instance that has an address once, as Lifecycle does. Only where this machine reaches them.</summary>
    public async Task<Snapshot> ProbeAsync(Snapshot snapshot)
    {
        var reached = snapshot.Group.Instances
            .Where(instance => instance.IsInService || instance.IsPending)
            .Select(instance => instance.Id);
        return snapshot.After(await prober.ProbeAsync(reached, snapshot));
    }

    public void Dispose()
    {
        foreach (var client in clients)
        {
            client.Dispose();
        }

        probes.Dispose();
    }

    private AppReader(StackDescription stack, Ec2Pipeline ec2, AutoScalingClient autoScaling, TimeProvider time)
        : this(stack, new LeanEc2Client(ec2), autoScaling, time, ec2, autoScaling)
    {
    }
}
