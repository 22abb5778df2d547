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

public class StandbyInstances(string value) : ConstantClass(value)
{
    public static readonly StandbyInstances Ignore = new("Ignore");
    public static readonly StandbyInstances Terminate = new("Terminate");
    public static readonly StandbyInstances Wait = new("Wait");

    public static StandbyInstances FindValue(string value) => FindValue<StandbyInstances>(value);

    public static implicit operator StandbyInstances(string value) => FindValue(value);
}
