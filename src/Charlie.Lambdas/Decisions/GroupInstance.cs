namespace Charlie.Lambdas.Decisions;

/// <summary>An instance as its group lists it.</summary>
/// <param name="Version">Its launch template version; <c>null</c> for one that was not launched from Charlie's template.</param>
internal sealed record GroupInstance(string Id, string LifecycleState, long? Version)
{
    public const string PendingWait = "Pending:Wait";

    public const string Terminating = "Terminating";

    /// <summary>Whether a lowered desired capacity takes other instances. It counts in service only.</summary>
    public bool IsProtected { get; init; }

    public bool IsInService => LifecycleState == "InService";

    /// <summary>Held at a launch hook. <c>Warmed:Pending:Wait</c> is another state, of a warm pool.</summary>
    public bool IsWaitingAtLaunch => LifecycleState == PendingWait;

    /// <summary>Its termination has begun, with or without a hook that holds it.</summary>
    public bool IsTerminating => LifecycleState.StartsWith(Terminating, StringComparison.Ordinal);

    public bool IsPending => LifecycleState.StartsWith("Pending", StringComparison.Ordinal);
}
