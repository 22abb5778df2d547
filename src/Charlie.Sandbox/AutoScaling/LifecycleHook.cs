namespace Charlie.Sandbox.AutoScaling;

/// <summary>A lifecycle hook of a group.</summary>
public sealed record LifecycleHook(string Name, string Transition)
{
    public const string Launching = "autoscaling:EC2_INSTANCE_LAUNCHING";

    public const string Terminating = "autoscaling:EC2_INSTANCE_TERMINATING";

    public const string Continue = "CONTINUE";

    public const string Abandon = "ABANDON";

    /// <summary>How long an action waits for a heartbeat or its end; AWS allows 30 s to 2 h.</summary>
    public TimeSpan HeartbeatTimeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>What happens when no one ends the action in time.</summary>
    public string DefaultResult { get; init; } = Abandon;

    public string? NotificationMetadata { get; init; }

    /// <summary>How long an action may wait in all, however many heartbeats come: 100 timeouts, at most 48 hours.</summary>
    public TimeSpan GlobalTimeout => TimeSpan.FromTicks(Math.Min(HeartbeatTimeout.Ticks * 100, TimeSpan.FromHours(48).Ticks));
}
