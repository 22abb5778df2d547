namespace Charlie.Sandbox.AutoScaling;

/// <summary>What the load balancers say of the instances behind them: each is healthy until somebody says otherwise.</summary>
public sealed class TargetHealth
{
    private readonly HashSet<string> unhealthy = new(StringComparer.Ordinal);

    public bool IsHealthy(string instanceId) => !unhealthy.Contains(instanceId);

    /// <summary>Called under the cloud's lock.</summary>
    public void Set(string instanceId, bool healthy)
    {
        if (healthy)
        {
            unhealthy.Remove(instanceId);
        }
        else
        {
            unhealthy.Add(instanceId);
        }
    }
}
