using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.AutoScaling;

/// <summary>An Auto Scaling group: what it shall be, and the instances that it has.</summary>
public sealed class AutoScalingGroup
{
    private readonly List<GroupInstance> instances = [];
    private readonly List<GroupInstanceRefresh> refreshes = [];
    private readonly Dictionary<string, int> byZone = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, LifecycleHook> hooks = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> suspended = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, GroupTag> tags = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, PlannedAction> scheduled = new(StringComparer.Ordinal);

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

    /// <summary>The ARNs of the load balancers' target groups.</summary>
    public IReadOnlyList<string> TargetGroups { get; internal set; } = [];

    /// <summary>Whether the load balancers' word counts for the health of its instances.</summary>
    internal bool ChecksTargets => TargetGroups.Count > 0 && Settings.GetValueOrDefault("HealthCheckType")?.Value == "ELB";

    /// <summary>How old an instance may become; <c>null</c> for any age.</summary>
    internal TimeSpan? MaxInstanceLifetime =>
        int.TryParse(Settings.GetValueOrDefault("MaxInstanceLifetime")?.Value, out var seconds) && seconds > 0
            ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>The instance type that a mixed instances policy puts first, in place of the template's.</summary>
    internal string? InstanceType => Settings.GetValueOrDefault("MixedInstancesPolicy")?["LaunchTemplate"]?["Overrides"]?.Items
        .Select(item => item["InstanceType"]?.Value).FirstOrDefault();

    /// <summary>The settings that the sandbox keeps and shows, but that change nothing in it.</summary>
    public IReadOnlyDictionary<string, ParameterNode> Settings { get; internal set; } = new Dictionary<string, ParameterNode>();

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<GroupInstance> Instances => instances;

    /// <summary>By name.</summary>
    public IReadOnlyDictionary<string, LifecycleHook> Hooks => hooks;

    /// <summary>The suspended processes, each with the reason.</summary>
    public IReadOnlyDictionary<string, string> Suspended => suspended;

    public IReadOnlyDictionary<string, GroupTag> Tags => tags;

    /// <summary>The scheduled actions that are still to come, by name.</summary>
    internal IReadOnlyDictionary<string, PlannedAction> ScheduledActions => scheduled;

    /// <summary>Whether it is being deleted: it launches nothing more and goes with its last instance.</summary>
    public bool IsDeleted { get; internal set; }

    /// <summary>What changed the desired capacity last; it becomes part of the next activity's cause.</summary>
    internal string? PendingCause { get; set; }

    /// <summary>How many launches failed in a row, and until when none is attempted.</summary>
    internal (int Count, DateTimeOffset Until) FailedLaunches { get; set; }

    /// <summary>The recurring check; disposed with the group.</summary>
    internal IDisposable? Check { get; set; }

    /// <summary>Its instance refreshes, oldest first.</summary>
    public IReadOnlyList<GroupInstanceRefresh> Refreshes => refreshes;

    /// <summary>The one that is active, if one is.</summary>
    public GroupInstanceRefresh? Refresh { get; private set; }

    /// <summary>What a launch at this moment takes: that of a refresh on its way forward, otherwise the group's own.</summary>
    public LaunchTemplateSpecification LaunchesFrom =>
        Refresh is { IsForward: true, DesiredConfiguration: { } desired } ? desired : LaunchTemplate;

    /// <summary>How many instances are in service or on their way there.</summary>
    internal int Capacity { get; private set; }

    /// <summary>How many instances it has in a zone, those on their way out included.</summary>
    internal int CountIn(string availabilityZone) => byZone.GetValueOrDefault(availabilityZone);

    internal void Add(GroupInstance instance)
    {
        instances.Add(instance);
        byZone[instance.Machine.AvailabilityZone] = CountIn(instance.Machine.AvailabilityZone) + 1;
        Capacity++;
    }

    internal void Remove(GroupInstance instance)
    {
        instances.Remove(instance);
        byZone[instance.Machine.AvailabilityZone]--;
    }

    /// <summary>Keeps the capacity while an instance goes from state to state.</summary>
    internal void Count(LifecycleState from, LifecycleState to) =>
        Capacity += (LifecycleStates.Counts(to) ? 1 : 0) - (LifecycleStates.Counts(from) ? 1 : 0);

    internal void Add(GroupInstanceRefresh refresh)
    {
        refreshes.Add(refresh);
        Refresh = refresh;
    }

    internal void ForgetRefresh() => Refresh = null;

    internal void Put(LifecycleHook hook) => hooks[hook.Name] = hook;

    internal bool RemoveHook(string name) => hooks.Remove(name);

    internal void Put(GroupTag tag) => tags[tag.Key] = tag;

    internal bool RemoveTag(string key) => tags.Remove(key);

    internal void Suspend(string process, string reason) => suspended[process] = reason;

    internal void Resume(string process) => suspended.Remove(process);

    /// <summary>Keeps a scheduled action in place of one of the same name.</summary>
    internal void Plan(ScheduledAction action, IDisposable turn)
    {
        Unplan(action.Name);
        scheduled[action.Name] = new PlannedAction(action, turn);
    }

    internal bool Unplan(string name)
    {
        if (scheduled.Remove(name, out var planned))
        {
            planned.Turn.Dispose();
        }

        return planned is not null;
    }

    internal bool Runs(string process) => !suspended.ContainsKey(process);
}

/// <summary>A tag of a group; instances get it at launch if it says so.</summary>
public sealed record GroupTag(string Key, string Value, bool PropagateAtLaunch);
