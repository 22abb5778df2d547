namespace Charlie.Sandbox.AutoScaling;

/// <summary>One hook holding one instance.</summary>
public sealed class LifecycleAction
{
    internal LifecycleAction(string token, LifecycleHook hook, DateTimeOffset startedAt)
    {
        Token = token;
        Hook = hook;
        StartedAt = startedAt;
    }

    public string Token { get; }

    /// <summary>The hook as it was when the action began; later changes do not touch it.</summary>
    public LifecycleHook Hook { get; }

    public DateTimeOffset StartedAt { get; }

    /// <summary>The planned end if no heartbeat comes.</summary>
    internal IDisposable? Timeout { get; set; }
}
