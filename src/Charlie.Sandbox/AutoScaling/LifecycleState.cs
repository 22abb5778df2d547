namespace Charlie.Sandbox.AutoScaling;

/// <summary>The states that an instance of a group goes through.</summary>
public enum LifecycleState
{
    Pending,
    PendingWait,
    PendingProceed,
    InService,
    Terminating,
    TerminatingWait,
    TerminatingProceed,
    Terminated,
    EnteringStandby,
    Standby,
    Detaching,
    Detached,
}

/// <summary>AWS's names of the states, and the ways that lead from one to the next.</summary>
public static class LifecycleStates
{
    public static string NameOf(LifecycleState state) => state switch
    {
        LifecycleState.PendingWait => "Pending:Wait",
        LifecycleState.PendingProceed => "Pending:Proceed",
        LifecycleState.TerminatingWait => "Terminating:Wait",
        LifecycleState.TerminatingProceed => "Terminating:Proceed",
        _ => state.ToString(),
    };

    /// <summary>Whether an instance counts for the group's capacity: it is in service or on its way there.</summary>
    public static bool Counts(LifecycleState state) => state <= LifecycleState.InService;

    /// <summary>Whether an instance is on its way out of its group, or gone.</summary>
    public static bool IsLeaving(LifecycleState state) =>
        state is (>= LifecycleState.Terminating and <= LifecycleState.Terminated) or LifecycleState.Detaching or LifecycleState.Detached;

    public static bool Leads(LifecycleState from, LifecycleState to) => (from, to) switch
    {
        (LifecycleState.Pending, LifecycleState.PendingWait or LifecycleState.InService) => true,
        (LifecycleState.PendingWait, LifecycleState.PendingProceed) => true,
        (LifecycleState.PendingProceed, LifecycleState.InService) => true,
        ( <= LifecycleState.InService, LifecycleState.Terminating) => true,
        (LifecycleState.InService, LifecycleState.EnteringStandby or LifecycleState.Detaching) => true,
        (LifecycleState.EnteringStandby, LifecycleState.Standby or LifecycleState.Terminating) => true,
        (LifecycleState.Standby, LifecycleState.Pending or LifecycleState.Detaching or LifecycleState.Terminating) => true,
        (LifecycleState.Detaching, LifecycleState.Detached) => true,
        (LifecycleState.Terminating, LifecycleState.TerminatingWait or LifecycleState.Terminated) => true,
        (LifecycleState.TerminatingWait, LifecycleState.TerminatingProceed) => true,
        (LifecycleState.TerminatingProceed, LifecycleState.Terminated) => true,
        _ => false,
    };
}
