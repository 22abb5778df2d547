namespace Charlie.Sandbox.AutoScaling;

/// <summary>A group as a refresh sees it at one moment: what is as it shall be, what has to go, and how much may change at once.</summary>
internal sealed class RefreshProgress
{
    private readonly int desired;
    private readonly int min;

    public RefreshProgress(GroupInstanceRefresh refresh, DateTimeOffset now)
    {
        var (group, preferences) = (refresh.Group, refresh.Preferences);
        desired = group.DesiredCapacity;
        foreach (var instance in group.Instances.Where(instance => LifecycleStates.Counts(instance.State)))
        {
            Add(refresh, instance, now);
        }

        Whole = Math.Max(desired - Ignored, 0);
        (min, Max) = Bounds(preferences, desired);
        Goal = Share(StageOf(refresh, now));
        FinalGoal = refresh.Status == InstanceRefreshStatus.RollbackInProgress ? Whole : Share(preferences.LastPercentage);
    }

    /// <summary>What has to go and may.</summary>
    public List<(GroupInstance Instance, bool Ready)> Old { get; } = [];

    /// <summary>In service or on their way there.</summary>
    public int Live { get; private set; }

    /// <summary>In service, healthy and warmed up.</summary>
    public int Ready { get; private set; }

    /// <summary>Those that stay.</summary>
    public int Kept { get; private set; }

    /// <summary>Those that stay and are ready.</summary>
    public int Updated { get; private set; }

    /// <summary>Have to go, but are protected from scale in, and so the refresh waits.</summary>
    public GroupInstance? Protected { get; private set; }

    public int ProtectedCount { get; private set; }

    /// <summary>Protected from scale in, and so left out.</summary>
    public int Ignored { get; private set; }

    /// <summary>One that is in service and not warmed up yet.</summary>
    public GroupInstance? Warming { get; private set; }

    /// <summary>What was launched from the desired configuration.</summary>
    public int Forward { get; private set; }

    /// <summary>How many instances the refresh is about.</summary>
    public int Whole { get; }

    /// <summary>How many may be in service or on their way there at once.</summary>
    public int Max { get; }

    /// <summary>How many shall be updated before the next rest.</summary>
    public int Goal { get; }

    /// <summary>How many shall be updated in the end.</summary>
    public int FinalGoal { get; }

    public int Percentage => Whole == 0 ? 100 : 100 * Math.Min(Updated, Whole) / Whole;

    public bool IsDone => Updated >= FinalGoal && Old.Count + ProtectedCount <= Whole - FinalGoal;

    /// <summary>Nothing is left that it could do, and yet it is not done: all that remains is protected.</summary>
    public bool IsBlocked => ProtectedCount > Whole - Goal && Kept >= Whole - ProtectedCount && Old.Count == 0;

    /// <summary>Whether there is something to launch or to terminate before the next rest.</summary>
    public bool IsReplacing => Kept < Reachable || Old.Count > ToStay;

    /// <summary>
    /// Those that may go now, no more than the minimum healthy percentage leaves room for: first what serves no one,
    /// then the oldest.
    /// </summary>
    public IReadOnlyList<GroupInstance> Going()
    {
        var max = Old.Count - ToStay;
        var room = Math.Max(Ready - min, 0);
        return max <= 0 || (room == 0 && Old.TrueForAll(one => one.Ready))
            ? []
            : [.. Old.OrderBy(one => one.Ready).ThenBy(one => one.Instance.Machine.LaunchTime)
                .Take(max)
                .TakeWhile(one => !one.Ready || room-- > 0)
                .Select(one => one.Instance)];
    }

    /// <summary>Up to how many instances are launched, after some went.</summary>
    public int LaunchUpTo(int gone) =>
        Math.Max(desired, Live - gone + Math.Max(Math.Min(Max - (Live - gone), Reachable - Kept), 0));

    /// <summary>What the protected ones leave of the goal.</summary>
    private int Reachable => Math.Min(Goal, Whole - ProtectedCount);

    /// <summary>How many of the old ones that may go stay until the next rest is over.</summary>
    private int ToStay => Math.Max(Whole - Goal - ProtectedCount, 0);

    private int Share(int percentage) => ((Whole * percentage) + 99) / 100;

    /// <summary>The percentage that is worked towards: while it rests the checkpoint that was reached, otherwise the next.</summary>
    private static int StageOf(GroupInstanceRefresh refresh, DateTimeOffset now) => refresh switch
    {
        { Status: InstanceRefreshStatus.RollbackInProgress } => 100,
        { Status: InstanceRefreshStatus.InProgress, RestsUntil: { } until } when now < until => refresh.Checkpoint,
        _ => refresh.Preferences.CheckpointPercentages.FirstOrDefault(
            percentage => percentage > refresh.Checkpoint, refresh.Preferences.LastPercentage),
    };

    /// <summary>
    /// The least that stay ready, rounded up, and the most that may live, rounded down. Where that leaves no room one
    /// instance at a time is replaced: at 100 percent it is launched before, otherwise terminated before.
    /// </summary>
    private static (int Min, int Max) Bounds(RefreshPreferences preferences, int desired)
    {
        var min = ((desired * preferences.MinHealthyPercentage) + 99) / 100;
        var max = desired * (preferences.MaxHealthyPercentage ?? 100) / 100;
        return min < desired || max > desired ? (min, max)
            : preferences.MinHealthyPercentage == 100 ? (min, desired + 1)
            : (Math.Max(desired - 1, 0), max);
    }

    private void Add(GroupInstanceRefresh refresh, GroupInstance instance, DateTimeOffset now)
    {
        var goes = refresh.Replaces(instance);
        var serves = instance is { State: LifecycleState.InService, HealthStatus: GroupInstance.Healthy, Machine.IsAlive: true };
        // What goes serves until then, however young it is.
        var ready = serves && (goes || instance.InServiceSince + refresh.Preferences.InstanceWarmup <= now);
        Live++;
        Ready += ready ? 1 : 0;
        Forward += instance.LaunchedBy == refresh ? 1 : 0;
        Warming ??= serves && !ready ? instance : null;
        if (!goes)
        {
            Kept++;
            Updated += ready ? 1 : 0;
        }
        else if (!instance.ProtectedFromScaleIn || refresh.Preferences.ScaleInProtectedInstances == "Refresh")
        {
            Old.Add((instance, ready));
        }
        else if (refresh.Preferences.ScaleInProtectedInstances == "Ignore")
        {
            Ignored++;
        }
        else
        {
            ProtectedCount++;
            Protected ??= instance;
        }
    }
}
