namespace Amazon.AutoScaling.Model;

public partial class InstanceMaintenancePolicy
{
    /// <summary>100 to 200, or -1 to clear it.</summary>
    public int? MaxHealthyPercentage { get; set; }

    /// <summary>0 to 100, or -1 to clear it.</summary>
    public int? MinHealthyPercentage { get; set; }
}

public partial class SuspendedProcess
{
    public string ProcessName { get; set; }

    public string SuspensionReason { get; set; }
}

public partial class WarmPoolConfiguration
{
    public InstanceReusePolicy InstanceReusePolicy { get; set; }

    public int? MaxGroupPreparedCapacity { get; set; }

    public int? MinSize { get; set; }

    public WarmPoolState PoolState { get; set; }

    public WarmPoolStatus Status { get; set; }
}

public partial class InstanceReusePolicy
{
    public bool? ReuseOnScaleIn { get; set; }
}
