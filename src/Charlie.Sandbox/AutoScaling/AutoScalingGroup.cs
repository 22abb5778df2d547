using Charlie.Sandbox.AutoScaling.InstanceRefreshes;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.AutoScaling;

/// <summary>An Auto Scaling group: what it shall be, and the instances that it has.</summary>
public sealed class AutoScalingGroup
{
    private readonly List<GroupInstance> instances = [];
    private readonly List<InstanceRefresh> refreshes = [];
    private readonly SortedDictionary<string, LifecycleHook> hooks = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> suspended = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, GroupTag> tags = new(StringComparer.Ordinal);

    internal AutoScalingGroup(string name, string arn, DateTimeOffset createdTime)
    {
        Name = name;
        Arn = arn;
        CreatedTime = createdTime;
    }

    public string Name { get; }

    public string Arn { get; }

    public DateTimeOffset CreatedTime { get; }

    public required LaunchTemplateSpecification LaunchTemplate { get; set; }

    public int MinSize { get; internal set; }

    public int MaxSize { get; internal set; }

    public int DesiredCapacity { get; internal set; }

    public IReadOnlyList<string> AvailabilityZones { get; internal set; } = [];

    /// <summary>Subnet ids separated by commas, as given.</summary>
    public string? VpcZoneIdentifier { get; internal set; }

    /// <summary>In seconds; a health set by a call counts only after it.</summary>
    public int HealthCheckGracePeriod { get; internal set; }

    public bool NewInstancesProtectedFromScaleIn { get; internal set; }

    /// <summary>The settings that the sandbox keeps and shows, but that change nothing in it.</summary>
    public IReadOnlyDictionary<string, ParameterNode> Settings { get; internal set; } = new Dictionary<string, ParameterNode>();

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<GroupInstance> Instances => instances;

    /// <summary>By name.</summary>
    public IReadOnlyDictionary<string, LifecycleHook> Hooks => hooks;

    /// <summary>The suspended processes, each with the reason.</summary>
    public IReadOnlyDictionary<string, string> Suspended => suspended;

    public IReadOnlyDictionary<string, GroupTag> Tags => tags;

    /// <summary>Whether it is being deleted: it launches nothing more and goes with its last instance.</summary>
    public bool IsDeleted { get; internal set; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<InstanceRefresh> Refreshes => refreshes;

    /// <summary>The one that runs, or is being cancelled or rolled back.</summary>
    public InstanceRefresh? ActiveRefresh => refreshes.Count > 0 && refreshes[^1].IsActive ? refreshes[^1] : null;

    /// <summary>What changed the desired capacity last; it becomes part of the next activity's cause.</summary>
    internal string? PendingCause { get; set; }

    /// <summary>How many launches failed in a row, and until when none is tried.</summary>
    internal (int Count, DateTimeOffset Until) FailedLaunches { get; set; }

    /// <summary>The recurring check; disposed with the group.</summary>
    internal IDisposable? Check { get; set; }

    internal int Capacity => instances.Count(instance => LifecycleStates.Counts(instance.State));

    internal void Add(GroupInstance instance) => instances.Add(instance);

    internal void Remove(GroupInstance instance) => instances.Remove(instance);

    internal void Add(InstanceRefresh refresh) => refreshes.Add(refresh);

    internal void Put(LifecycleHook hook) => hooks[hook.Name] = hook;

    internal bool RemoveHook(string name) => hooks.Remove(name);

    internal void Put(GroupTag tag) => tags[tag.Key] = tag;

    internal void Suspend(string process, string reason) => suspended[process] = reason;

    internal void Resume(string process) => suspended.Remove(process);

    internal bool Runs(string process) => !suspended.ContainsKey(process);
}

/// <summary>A tag of a group; instances get it at launch if it says so.</summary>
public sealed record GroupTag(string Key, string Value, bool PropagateAtLaunch);
