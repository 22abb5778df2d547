using Amazon.Runtime;

namespace Amazon.AutoScaling;

public class InstanceRefreshStatus(string value) : ConstantClass(value)
{
    public static readonly InstanceRefreshStatus Baking = new("Baking");
    public static readonly InstanceRefreshStatus Cancelled = new("Cancelled");
    public static readonly InstanceRefreshStatus Cancelling = new("Cancelling");
    public static readonly InstanceRefreshStatus Failed = new("Failed");
    public static readonly InstanceRefreshStatus InProgress = new("InProgress");
    public static readonly InstanceRefreshStatus Pending = new("Pending");
    public static readonly InstanceRefreshStatus RollbackFailed = new("RollbackFailed");
    public static readonly InstanceRefreshStatus RollbackInProgress = new("RollbackInProgress");
    public static readonly InstanceRefreshStatus RollbackSuccessful = new("RollbackSuccessful");
    public static readonly InstanceRefreshStatus Successful = new("Successful");

    public static InstanceRefreshStatus FindValue(string value) => FindValue<InstanceRefreshStatus>(value);

    public static implicit operator InstanceRefreshStatus(string value) => FindValue(value);
}

public class LifecycleState(string value) : ConstantClass(value)
{
    public static readonly LifecycleState Detached = new("Detached");
    public static readonly LifecycleState Detaching = new("Detaching");
    public static readonly LifecycleState EnteringStandby = new("EnteringStandby");
    public static readonly LifecycleState InService = new("InService");
    public static readonly LifecycleState Pending = new("Pending");
    public static readonly LifecycleState PendingProceed = new("Pending:Proceed");
    public static readonly LifecycleState PendingWait = new("Pending:Wait");
    public static readonly LifecycleState Quarantined = new("Quarantined");
    public static readonly LifecycleState Standby = new("Standby");
    public static readonly LifecycleState Terminated = new("Terminated");
    public static readonly LifecycleState Terminating = new("Terminating");
    public static readonly LifecycleState TerminatingProceed = new("Terminating:Proceed");
    public static readonly LifecycleState TerminatingWait = new("Terminating:Wait");
    public static readonly LifecycleState WarmedHibernated = new("Warmed:Hibernated");
    public static readonly LifecycleState WarmedPending = new("Warmed:Pending");
    public static readonly LifecycleState WarmedPendingProceed = new("Warmed:Pending:Proceed");
    public static readonly LifecycleState WarmedPendingWait = new("Warmed:Pending:Wait");
    public static readonly LifecycleState WarmedRunning = new("Warmed:Running");
    public static readonly LifecycleState WarmedStopped = new("Warmed:Stopped");
    public static readonly LifecycleState WarmedTerminated = new("Warmed:Terminated");
    public static readonly LifecycleState WarmedTerminating = new("Warmed:Terminating");
    public static readonly LifecycleState WarmedTerminatingProceed = new("Warmed:Terminating:Proceed");
    public static readonly LifecycleState WarmedTerminatingWait = new("Warmed:Terminating:Wait");

    public static LifecycleState FindValue(string value) => FindValue<LifecycleState>(value);

    public static implicit operator LifecycleState(string value) => FindValue(value);
}

public class RefreshStrategy(string value) : ConstantClass(value)
{
    public static readonly RefreshStrategy ReplaceRootVolume = new("ReplaceRootVolume");
    public static readonly RefreshStrategy Rolling = new("Rolling");

    public static RefreshStrategy FindValue(string value) => FindValue<RefreshStrategy>(value);

    public static implicit operator RefreshStrategy(string value) => FindValue(value);
}

public class ScaleInProtectedInstances(string value) : ConstantClass(value)
{
    public static readonly ScaleInProtectedInstances Ignore = new("Ignore");
    public static readonly ScaleInProtectedInstances Refresh = new("Refresh");
    public static readonly ScaleInProtectedInstances Wait = new("Wait");

    public static ScaleInProtectedInstances FindValue(string value) => FindValue<ScaleInProtectedInstances>(value);

    public static implicit operator ScaleInProtectedInstances(string value) => FindValue(value);
}

public class ScalingActivityStatusCode(string value) : ConstantClass(value)
{
    public static readonly ScalingActivityStatusCode Cancelled = new("Cancelled");
    public static readonly ScalingActivityStatusCode Failed = new("Failed");
    public static readonly ScalingActivityStatusCode InProgress = new("InProgress");
    public static readonly ScalingActivityStatusCode MidLifecycleAction = new("MidLifecycleAction");
    public static readonly ScalingActivityStatusCode PendingSpotBidPlacement = new("PendingSpotBidPlacement");
    public static readonly ScalingActivityStatusCode PreInService = new("PreInService");
    public static readonly ScalingActivityStatusCode Successful = new("Successful");
    public static readonly ScalingActivityStatusCode WaitingForELBConnectionDraining = new("WaitingForELBConnectionDraining");
    public static readonly ScalingActivityStatusCode WaitingForInstanceId = new("WaitingForInstanceId");
    public static readonly ScalingActivityStatusCode WaitingForInstanceWarmup = new("WaitingForInstanceWarmup");
    public static readonly ScalingActivityStatusCode WaitingForSpotInstanceId = new("WaitingForSpotInstanceId");
    public static readonly ScalingActivityStatusCode WaitingForSpotInstanceRequestId = new("WaitingForSpotInstanceRequestId");

    public static ScalingActivityStatusCode FindValue(string value) => FindValue<ScalingActivityStatusCode>(value);

    public static implicit operator ScalingActivityStatusCode(string value) => FindValue(value);
}

public class StandbyInstances(string value) : ConstantClass(value)
{
    public static readonly StandbyInstances Ignore = new("Ignore");
    public static readonly StandbyInstances Terminate = new("Terminate");
    public static readonly StandbyInstances Wait = new("Wait");

    public static StandbyInstances FindValue(string value) => FindValue<StandbyInstances>(value);

    public static implicit operator StandbyInstances(string value) => FindValue(value);
}

public class WarmPoolState(string value) : ConstantClass(value)
{
    public static readonly WarmPoolState Hibernated = new("Hibernated");
    public static readonly WarmPoolState Running = new("Running");
    public static readonly WarmPoolState Stopped = new("Stopped");

    public static WarmPoolState FindValue(string value) => FindValue<WarmPoolState>(value);

    public static implicit operator WarmPoolState(string value) => FindValue(value);
}

public class WarmPoolStatus(string value) : ConstantClass(value)
{
    public static readonly WarmPoolStatus PendingDelete = new("PendingDelete");

    public static WarmPoolStatus FindValue(string value) => FindValue<WarmPoolStatus>(value);

    public static implicit operator WarmPoolStatus(string value) => FindValue(value);
}
