using System.Collections.Immutable;

namespace Charlie.Lambdas.Decisions;

/// <summary>Where a run of Lifecycle stands between two of its steps.</summary>
internal enum WatchStage
{
    /// <summary>Nothing was read yet.</summary>
    Begun,

    /// <summary>Everything that is needed for the next probe was read.</summary>
    Read,

    /// <summary>Each instance was probed once more.</summary>
    Probed,

    /// <summary>The records were read again after the probes, or the judgements do not need that.</summary>
    Verified,

    /// <summary>Judgements are executed, one action after the other.</summary>
    Acting,

    /// <summary>All chosen judgements were executed.</summary>
    Acted,

    /// <summary>A wait between two probes is over.</summary>
    Waited,

    /// <summary>A sweep has judged all instances, and looks at the group as a whole.</summary>
    Closing,

    /// <summary>It recorded whether the app is down.</summary>
    Closed,
}

/// <summary>A run of Lifecycle: the watch of one launch, and of the instances that have to be judged meanwhile, or one sweep.</summary>
/// <param name="LaunchId">The instance that the event named; <c>null</c> for a sweep.</param>
/// <param name="Available">How long the run may take.</param>
internal sealed record WatchState(string? LaunchId, DateTimeOffset StartedAt, TimeSpan Available)
{
    public WatchStage Stage { get; init; }

    public Snapshot? LastSnapshot { get; init; }

    /// <exception cref="InvalidOperationException">Nothing was read yet.</exception>
    public Snapshot Snapshot => LastSnapshot ?? throw new InvalidOperationException("Nothing was read yet.");

    /// <summary>The instances whose end this run waits for.</summary>
    public ImmutableHashSet<string> Charges { get; init; } = LaunchId is null ? [] : [LaunchId];

    /// <summary>Whether the group listed the launch at least once.</summary>
    public bool WasListed { get; init; }

    /// <summary>Whether the launch may still be missing from the group's list because reads lag.</summary>
    public bool MayLag { get; init; }

    /// <summary>The launch as it was seen when its group had begun to terminate it; <c>null</c> while nothing is lost.</summary>
    public GroupInstance? Ended { get; init; }

    /// <summary>From when on records tell whether another run ended it.</summary>
    public DateTimeOffset? CountsFrom { get; init; }

    /// <summary>Whether this run judges the whole group.</summary>
    public bool Leads { get; init; }

    /// <summary>Whether AWS moves an instance, so that the next state is seconds away.</summary>
    public bool IsMoving { get; init; }

    public ProbePace Pace { get; init; } = ProbePace.Start;

    /// <summary>How many times a sweep has probed.</summary>
    public int Rounds { get; init; }

    /// <summary>What a sweep did already, by instance and kind of decision: reads may lag behind it.</summary>
    public ImmutableHashSet<string> Acted { get; init; } = [];

    /// <summary>The judgements that those in <see cref="Chosen"/> were chosen from.</summary>
    public ImmutableArray<InstanceJudgement> Judged { get; init; } = [];

    public ImmutableArray<InstanceJudgement> Chosen { get; init; } = [];

    /// <summary>The chosen judgement that is being executed.</summary>
    public int Position { get; init; }

    /// <summary>How many actions this run had executed when the current judgement began.</summary>
    public int DoneBefore { get; init; }

    /// <summary>The result to report of the judgements executed last; <c>null</c> where there was none.</summary>
    public RunResult? ActResult { get; init; }

    /// <summary>What was recorded of the app being down before this sweep recorded it.</summary>
    public DownSince? DownBefore { get; init; }

    /// <summary>The result to report so far.</summary>
    public RunResult? Held { get; init; }

    public GroupInstance? Launch => Snapshot.Group.Instances.FirstOrDefault(instance => instance.Id == LaunchId);

    public bool IsInstanceBecomingHealthy =>
        Snapshot.ToProbe.Any(instance => instance.IsWaitingAtLaunch && Snapshot.EvidenceOf(instance.Id).ConsecutiveSuccesses > 0);
}
