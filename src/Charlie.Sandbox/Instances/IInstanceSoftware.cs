using Charlie.Sandbox.Ec2;

namespace Charlie.Sandbox.Instances;

/// <summary>What runs on the instances, as far as its HTTP responses show it. Called under the cloud's lock.</summary>
public interface IInstanceSoftware
{
    /// <summary>Raised after a change that concerns instances which run already, without the cloud's lock.</summary>
    event Action? Changed;

    /// <summary>When a running instance begins to listen; <c>null</c> for never.</summary>
    DateTimeOffset? ListensFrom(Ec2Instance instance);

    /// <summary>The response on the health path; <c>null</c> breaks the connection.</summary>
    InstanceResponse? Respond(Ec2Instance instance, DateTimeOffset now);
}

/// <param name="Headers">Further response headers by name.</param>
public sealed record InstanceResponse(int Status, string Body, IReadOnlyDictionary<string, string> Headers);

/// <summary>Software that is healthy from its boot to the instance's end.</summary>
/// <param name="bootDelay">From the instance's start to the first response.</param>
public sealed class HealthySoftware(TimeSpan bootDelay) : IInstanceSoftware
{
    private static readonly InstanceResponse Healthy = new(200, "healthy\n", new Dictionary<string, string>());

    /// <summary>Never raised: nothing changes.</summary>
    public event Action? Changed
    {
        add { }
        remove { }
    }

    public DateTimeOffset? ListensFrom(Ec2Instance instance) => instance.RunningSince + bootDelay;

    public InstanceResponse? Respond(Ec2Instance instance, DateTimeOffset now) => now >= ListensFrom(instance) ? Healthy : null;
}
