namespace Amazon.AutoScaling.Model;

public partial class InstanceRefresh
{
    public string AutoScalingGroupName { get; set; }

    public DesiredConfiguration DesiredConfiguration { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? EndTime { get; set; }

    public string InstanceRefreshId { get; set; }

    /// <summary>During a rollback, those that the refresh had not reached yet.</summary>
    public int? InstancesToUpdate { get; set; }

    /// <summary>0 to 100; it goes back to 0 during a rollback.</summary>
    public int? PercentageComplete { get; set; }

    public RefreshPreferences Preferences { get; set; }

    public RollbackDetails RollbackDetails { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? StartTime { get; set; }

    public InstanceRefreshStatus Status { get; set; }

    public string StatusReason { get; set; }

    public RefreshStrategy Strategy { get; set; }
}

public partial class DesiredConfiguration
{
    public LaunchTemplateSpecification LaunchTemplate { get; set; }

    public MixedInstancesPolicy MixedInstancesPolicy { get; set; }
}

public partial class RefreshPreferences
{
    public bool? AutoRollback { get; set; }

    /// <summary>Seconds, 0 to 172800.</summary>
    public int? BakeTime { get; set; }

    /// <summary>Seconds, 0 to 172800; only with CheckpointPercentages.</summary>
    public int? CheckpointDelay { get; set; }

    /// <summary>Ascending, each 1 to 100; all instances are replaced only if the last one is 100.</summary>
    public List<int> CheckpointPercentages { get; set; } = Unset.List<int>();

    /// <summary>Seconds.</summary>
    public int? InstanceWarmup { get; set; }

    /// <summary>100 to 200, at most 100 above MinHealthyPercentage, and only together with it.</summary>
    public int? MaxHealthyPercentage { get; set; }

    /// <summary>0 to 100.</summary>
    public int? MinHealthyPercentage { get; set; }

    public ScaleInProtectedInstances ScaleInProtectedInstances { get; set; }

    public bool? SkipMatching { get; set; }

    public StandbyInstances StandbyInstances { get; set; }
}

public partial class RollbackDetails
{
    public int? InstancesToUpdateOnRollback { get; set; }

    public int? PercentageCompleteOnRollback { get; set; }

    public string RollbackReason { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? RollbackStartTime { get; set; }
}
