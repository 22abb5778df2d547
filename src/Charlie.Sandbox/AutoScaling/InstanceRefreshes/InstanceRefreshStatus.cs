namespace Charlie.Sandbox.AutoScaling.InstanceRefreshes;

/// <summary>The states of an instance refresh; their names are AWS's.</summary>
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
    /// <summary>Whether a group with one in this state can start no other.</summary>
    public static bool IsActive(InstanceRefreshStatus status) => status <= InstanceRefreshStatus.RollbackInProgress;
}
