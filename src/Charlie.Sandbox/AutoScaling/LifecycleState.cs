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

    public static bool Leads(LifecycleState from, LifecycleState to) => (from, to) switch
    {
        (LifecycleState.Pending, LifecycleState.PendingWait or LifecycleState.InService) => true,
        (LifecycleState.PendingWait, LifecycleState.PendingProceed) => true,
        (LifecycleState.PendingProceed, LifecycleState.InService) => true,
        ( <= LifecycleState.InService, LifecycleState.Terminating) => true,
        (LifecycleState.Terminating, LifecycleState.TerminatingWait or LifecycleState.Terminated) => true,
        (LifecycleState.TerminatingWait, LifecycleState.TerminatingProceed) => true,
        (LifecycleState.TerminatingProceed, LifecycleState.Terminated) => true,
        _ => false,
    };
}
