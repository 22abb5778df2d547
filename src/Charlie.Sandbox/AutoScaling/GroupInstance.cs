using Charlie.Sandbox.Ec2;

namespace Charlie.Sandbox.AutoScaling;

/// <summary>Who says that an instance is unhealthy.</summary>
internal enum HealthJudge
{
    Ec2,
    Elb,
    User,
}

/// <summary>An instance as a member of its group.</summary>
public sealed class GroupInstance
{
    public const string Healthy = "Healthy";

    public const string Unhealthy = "Unhealthy";

    private readonly List<LifecycleAction> actions = [];

    internal GroupInstance(AutoScalingGroup group, Ec2Instance machine, ScalingActivity activity)
    {
        Group = group;
        Machine = machine;
        Activity = activity;
    }

    public AutoScalingGroup Group { get; }

    public Ec2Instance Machine { get; }

    public string Id => Machine.Id;

    /// <summary>The refresh that was replacing instances when it launched.</summary>
    public GroupInstanceRefresh? LaunchedBy { get; init; }

    public LifecycleState State { get; private set; }

    public string HealthStatus { get; internal set; } = Healthy;

    public bool ProtectedFromScaleIn { get; internal set; }

    public DateTimeOffset? InServiceSince { get; internal set; }

    /// <summary>The hooks that hold it now.</summary>
    public IReadOnlyList<LifecycleAction> Actions => actions;

    /// <summary>The launch or termination that is under way, or the last one.</summary>
    public ScalingActivity Activity { get; internal set; }

    /// <summary>Who said that it is unhealthy: a caller, a load balancer, or EC2's check.</summary>
    internal HealthJudge Judge { get; set; }

    internal void MoveTo(LifecycleState state)
    {
        if (!LifecycleStates.Leads(State, state))
        {
            throw new InvalidOperationException($"{Id} cannot go from {LifecycleStates.NameOf(State)} to {LifecycleStates.NameOf(state)}.");
        }

        Group.Count(State, state);
        State = state;
    }

    internal void Hold(LifecycleAction action) => actions.Add(action);

    /// <summary>Ends an action; none of its timers comes any more.</summary>
    internal void LetGo(LifecycleAction action)
    {
        action.Timeout?.Dispose();
        actions.Remove(action);
    }
}
