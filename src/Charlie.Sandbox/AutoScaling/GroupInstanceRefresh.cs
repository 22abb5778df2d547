using Charlie.Sandbox.Ec2;

namespace Charlie.Sandbox.AutoScaling;

/// <summary>One instance refresh of a group, from its start to long after its end.</summary>
public sealed class GroupInstanceRefresh
{
    internal GroupInstanceRefresh(long number, string id, AutoScalingGroup group, RefreshPreferences preferences)
    {
        Number = number;
        Id = id;
        Group = group;
        Preferences = preferences;
    }

    /// <summary>Its place in the account's history, from 0.</summary>
    public long Number { get; }

    public string Id { get; }

    public AutoScalingGroup Group { get; }

    public RefreshPreferences Preferences { get; }

    /// <summary>What the group shall become, or <c>null</c> where instances are replaced by their like.</summary>
    public LaunchTemplateSpecification? DesiredConfiguration { get; init; }

    public InstanceRefreshStatus Status { get; internal set; }

    public string? StatusReason { get; internal set; }

    /// <summary>When the first instances could be replaced; none while it is Pending.</summary>
    public DateTimeOffset? StartTime { get; internal set; }

    public DateTimeOffset? EndTime { get; internal set; }

    /// <summary>0 to 100; it goes back to 0 during a rollback.</summary>
    public int PercentageComplete { get; internal set; }

    /// <summary>During a rollback, those that the refresh had not reached yet.</summary>
    public int InstancesToUpdate { get; internal set; }

    public RefreshRollback? Rollback { get; internal set; }

    public bool IsActive => InstanceRefreshStatuses.IsActive(Status);

    public bool IsForward => InstanceRefreshStatuses.IsForward(Status);

    /// <summary>The version that new instances get, looked up anew in each step because <c>$Latest</c> moves.</summary>
    internal LaunchTemplateVersion? Target { get; set; }

    /// <summary>The greatest checkpoint that was reached, 0 before the first.</summary>
    internal int Checkpoint { get; set; }

    /// <summary>Until when it rests, at a checkpoint or to bake.</summary>
    internal DateTimeOffset? RestsUntil { get; set; }

    /// <summary>The most instances that were as they shall be at once; more than that is progress.</summary>
    internal int Furthest { get; set; }

    /// <summary>Since when nothing went on because of what, if that is so.</summary>
    internal (DateTimeOffset Since, string Reason)? Hindrance { get; private set; }

    /// <summary>The launches and terminations that a cancelled refresh waits for.</summary>
    internal IReadOnlyList<GroupInstance> InFlight { get; set; } = [];

    /// <summary>Whether an instance has to go for this refresh, or for its rollback.</summary>
    internal bool Replaces(GroupInstance instance) => Status == InstanceRefreshStatus.RollbackInProgress
        ? instance.LaunchedBy == this
        : instance.LaunchedBy != this && !(Preferences.SkipMatching && Target is { } target && Matches(instance.Machine.Version, target));

    internal void Hinder(DateTimeOffset now, string reason) => Hindrance ??= (now, reason);

    internal void GoOn() => Hindrance = null;

    private static bool Matches(LaunchTemplateVersion one, LaunchTemplateVersion other) =>
        one.Template.Id == other.Template.Id && one.Number == other.Number;
}

/// <summary>How far a refresh was when its rollback began, and why it did.</summary>
public sealed record RefreshRollback(string Reason, DateTimeOffset StartTime, int PercentageComplete, int InstancesToUpdate);
