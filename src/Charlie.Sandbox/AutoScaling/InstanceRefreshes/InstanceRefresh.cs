namespace Charlie.Sandbox.AutoScaling.InstanceRefreshes;

/// <summary>One replacement of a group's instances.</summary>
public sealed class InstanceRefresh
{
    private readonly HashSet<string> originals;

    internal InstanceRefresh(string id, AutoScalingGroup group, RefreshPreferences preferences, LaunchTemplateSpecification? desired, DateTimeOffset startTime)
    {
        (Id, Group, Preferences, Desired, Previous, StartTime) = (id, group, preferences, desired, group.LaunchTemplate, startTime);
        originals = [.. group.Instances.Where(instance => LifecycleStates.Counts(instance.State)).Select(instance => instance.Id)];
        (ProgressAt, Total) = (startTime, Math.Max(originals.Count, group.DesiredCapacity));
    }

    public string Id { get; }

    public AutoScalingGroup Group { get; }

    public RefreshPreferences Preferences { get; }

    /// <summary>What its instances are launched from; <c>null</c> for the group's own template.</summary>
    public LaunchTemplateSpecification? Desired { get; }

    /// <summary>What the group launched from when it began, and does again after a rollback.</summary>
    public LaunchTemplateSpecification Previous { get; }

    public DateTimeOffset StartTime { get; }

    public DateTimeOffset? EndTime { get; internal set; }

    public InstanceRefreshStatus Status { get; internal set; }

    public string? StatusReason { get; internal set; }

    /// <summary>0 to 100.</summary>
    public int PercentageComplete { get; internal set; }

    public int InstancesToUpdate { get; internal set; }

    /// <summary>Set when its rollback began.</summary>
    public RollbackDetails? Rollback { get; internal set; }

    public bool IsActive => InstanceRefreshStatuses.IsActive(Status);

    /// <summary>How many instances it had to replace at most.</summary>
    internal int Total { get; }

    /// <summary>When it last got on.</summary>
    internal DateTimeOffset ProgressAt { get; set; }

    /// <summary>How many checkpoints it passed, and until when it stands at the last one.</summary>
    internal (int Passed, DateTimeOffset Until) Checkpoint { get; set; }

    internal DateTimeOffset? BakesSince { get; set; }

    /// <summary>What a launch of the group takes while this one runs.</summary>
    internal LaunchTemplateSpecification LaunchTemplate =>
        Status is InstanceRefreshStatus.Cancelling or InstanceRefreshStatus.RollbackInProgress ? Group.LaunchTemplate : Desired ?? Group.LaunchTemplate;

    /// <summary>Whether an instance is as this refresh, or its rollback, wants it.</summary>
    internal bool IsUpdated(GroupInstance instance) =>
        Status == InstanceRefreshStatus.RollbackInProgress ? !IsOf(instance, Desired!) || IsOf(instance, Previous)
        : Preferences.SkipMatching ? IsOf(instance, Desired ?? Previous)
        : !IsOriginal(instance);

    /// <summary>Whether it was there when the refresh began; such a one needs no time to warm up.</summary>
    internal bool IsOriginal(GroupInstance instance) => originals.Contains(instance.Id);

    private static bool IsOf(GroupInstance instance, LaunchTemplateSpecification specification) =>
        instance.Machine.Version.Template.Id == specification.Id
        && instance.Machine.Version.Template.Find(specification.Version)?.Number == instance.Machine.Version.Number;
}

/// <summary>Why a refresh was rolled back, and how far it had come.</summary>
public sealed record RollbackDetails(string Reason, DateTimeOffset StartTime, int PercentageComplete, int InstancesToUpdate);
