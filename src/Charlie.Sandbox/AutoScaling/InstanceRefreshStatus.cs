namespace Charlie.Sandbox.AutoScaling;

public enum InstanceRefreshStatus
{
    Pending,
    InProgress,
    Baking,
    Cancelling,
    RollbackInProgress,
    Successful,
    Failed,
    Cancelled,
    RollbackSuccessful,
    RollbackFailed,
}

public static class InstanceRefreshStatuses
{
    /// <summary>Whether a refresh in this status keeps another from starting.</summary>
    public static bool IsActive(InstanceRefreshStatus status) => status <= InstanceRefreshStatus.RollbackInProgress;

    /// <summary>Whether it is on its way to the desired configuration: such a refresh can be rolled back.</summary>
    public static bool IsForward(InstanceRefreshStatus status) =>
        status is InstanceRefreshStatus.InProgress or InstanceRefreshStatus.Baking;
}
