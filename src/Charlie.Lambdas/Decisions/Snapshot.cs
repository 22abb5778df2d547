using System.Collections.Immutable;
using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Decisions;

/// <summary>Everything that a decision may read: AWS's records as they were read, the probes since, and this run's own writes.</summary>
internal sealed record Snapshot
{
    /// <param name="recordsReadAt">When the records were read.</param>
    /// <param name="groupReadAt">When the group was read.</param>
    /// <param name="records">As they were read.</param>
    /// <param name="group">As it was read.</param>
    public Snapshot(DateTimeOffset recordsReadAt, DateTimeOffset groupReadAt, Records records, Group group)
    {
        (RecordsReadAt, GroupReadAt) = (recordsReadAt, groupReadAt);
        (Records, Group, PinBefore) = (records with { ReadAt = recordsReadAt }, group, group.Pin);
        Desired = DesiredRelease.Of(Records);
        ToProbe = ProbedOf(Records, group, Desired.Release);
        ToWatchOver = [.. group.Instances.Where(instance => instance.IsInService && !ToProbe.Contains(instance))];
    }

    public DateTimeOffset RecordsReadAt { get; }

    public DateTimeOffset GroupReadAt { get; init; }

    public Records Records { get; }

    public Group Group { get; }

    public DesiredRelease Desired { get; }

    /// <summary>The pin before this run's own writes.</summary>
    public long? PinBefore { get; private init; }

    /// <summary>What EC2 knows of instances that are to be judged, by id.</summary>
    public ImmutableDictionary<string, InstanceDetails> Details { get; init; } = ImmutableDictionary<string, InstanceDetails>.Empty;

    /// <summary>What this run's probes add up to, by instance id.</summary>
    public ImmutableDictionary<string, HealthEvidence> Evidence { get; init; } = ImmutableDictionary<string, HealthEvidence>.Empty;

    /// <summary>What this run executed, the oldest first.</summary>
    public ImmutableArray<DoneAction> Done { get; init; } = [];

    /// <summary>The group's newest scaling activity; read only for a group that is stuck.</summary>
    public ScalingActivity? LastActivity { get; init; }

    /// <summary>Whether the group carries its newest instance refresh.</summary>
    public bool IsRefreshRead { get; init; }

    /// <summary>Whether everything was read a second time, before something is deleted.</summary>
    public bool IsReadAgain { get; init; }

    public ReleaseVersion? VersionOf(GroupInstance instance) => Records.Version(instance.Version);

    public HealthEvidence EvidenceOf(string instance) => Evidence.GetValueOrDefault(instance, HealthEvidence.None);

    /// <summary>
    /// The instances that a probe says something about: those of the desired release that wait at the launch hook, or
    /// are in service while it is not confirmed.
    /// </summary>
    public ImmutableArray<GroupInstance> ToProbe { get; }

    /// <summary>
    /// The instances that only a sweep probes: whatever else is in service, since the app runs as long as one of them is
    /// healthy.
    /// </summary>
    public ImmutableArray<GroupInstance> ToWatchOver { get; }

    /// <summary>Of the desired release's instances that wait at the launch hook the first by id: its watch judges the others too.</summary>
    public string? Leader =>
        ToProbe.Where(instance => instance.IsWaitingAtLaunch).Select(instance => instance.Id).Min(StringComparer.Ordinal);

    /// <summary>Whether a newer push could end a wait; Refresh replaces what is in service.</summary>
    public bool HasWaiting => Group.Instances.Any(instance => instance.IsWaitingAtLaunch);

    /// <summary>Whether an instance's last probe found it healthy with its own version's image.</summary>
    public bool IsHealthy(GroupInstance instance) =>
        EvidenceOf(instance.Id).Last is ProbeResponse.Healthy healthy && VersionOf(instance)?.Image == healthy.Image;

    /// <summary>Why no instance should run at this time; <c>null</c> where one should.</summary>
    public string? WhyClosed =>
        Group.DesiredCapacity == 0 ? "the group's desired capacity is 0"
        : Records is { IsStopped: true, Stopped: { } stopped }
            ? $"the app was stopped at {Iso8601.Write(stopped.At)} ({stopped.Reason})"
        : null;

    public bool IsClosed => WhyClosed is not null;

    /// <summary>Since when the desired release has been tried: the first launch on record, else the first that is left.</summary>
    public DateTimeOffset? FirstLaunch
    {
        get
        {
            var first = Records.AttemptsOf(Desired.Release)?.FirstLaunch;
            if (first is null)
            {
                foreach (var instance in Group.Instances)
                {
                    if (VersionOf(instance)?.Release == Desired.Release
                        && Details.GetValueOrDefault(instance.Id)?.LaunchedAt is { } launched
                        && !(launched >= first))
                    {
                        first = launched;
                    }
                }
            }

            return first;
        }
    }

    /// <summary>The snapshot after one more response of each probed instance.</summary>
    public Snapshot After(IEnumerable<ProbeResult> probes)
    {
        var evidence = Evidence;
        foreach (var probe in probes)
        {
            var image = Group.Instances.FirstOrDefault(instance => instance.Id == probe.InstanceId) is { } probed
                ? VersionOf(probed)?.Image
                : null;
            evidence = evidence.SetItem(probe.InstanceId, EvidenceOf(probe.InstanceId).Add(probe.Response, image, probe.At));
        }

        return this with { Evidence = evidence };
    }

    /// <summary>The snapshot after a write, which the next read may not show yet.</summary>
    /// <param name="version">The version that <see cref="AwsAction.CreateVersion"/> made.</param>
    public Snapshot After(AwsAction action, bool succeeded, DateTimeOffset at, ReleaseVersion? version = null)
    {
        var done = this with { Done = Done.Add(new DoneAction(action, at, succeeded)) };
        return action switch
        {
            AwsAction.CreateVersion when version is not null => done.With(Records.With(version), Group),
            AwsAction.Confirm confirm => done.With(Records.With(confirm.Confirmation), Group),
            AwsAction.Reject reject when succeeded => done.With(Records.With(reject.Rejection), Group),
            AwsAction.RecordRequest request when succeeded => done.With(Records.With(request.Tag), Group),
            AwsAction.RecordReported reported => done.With(Records.With(reported.Reported), Group),
            AwsAction.RecordAttempts attempts => done.With(Records.With(attempts.Attempts), Group),
            AwsAction.RecordReplacement replacement => done.With(Records.With(replacement.Replacement), Group),
            AwsAction.RecordDownSince down => done.With(Records.With(down.DownSince), Group),
            AwsAction.DeleteRecordTags delete => done.With(Records.Without(delete.Keys), Group),
            AwsAction.RecordInService record => record.Instances.Aggregate(done, (snapshot, id) => snapshot.WithInService(id, record.At)),
            AwsAction.Pin pin => done.With(Records, Group with { Pin = pin.Version.Number }),
            AwsAction.Resize resize =>
                done.With(Records, Group with { Pin = resize.Version.Number, DesiredCapacity = resize.DesiredCapacity }),
            // One that cannot be protected is being terminated.
            AwsAction.Protect protect => done.With(
                Records,
                succeeded
                    ? WithProtection(protect.InstanceId, protect.IsProtected)
                    : WithState(protect.InstanceId, GroupInstance.Terminating)),
            AwsAction.HandOver over => done.With(
                Records,
                WithState(over.InstanceId, GroupInstance.Terminating) with
                {
                    DesiredCapacity = Group.DesiredCapacity - (succeeded ? 1 : 0),
                }),
            AwsAction.Terminate terminate => done.With(Records, WithState(terminate.InstanceId, GroupInstance.Terminating)),
            AwsAction.SuspendLaunches => done.With(Records, WithSuspended([.. Group.Traits.Suspended, Group.LaunchProcess])),
            AwsAction.ResumeLaunches => done.With(Records, WithSuspended(Group.Traits.Suspended.Remove(Group.LaunchProcess))),
            AwsAction.CancelRefresh cancel when succeeded =>
                done.With(Records, Group with { Refresh = cancel.Refresh with { Status = "Cancelling" } }),
            AwsAction.RollBackRefresh back when succeeded =>
                done.With(Records, Group with { Refresh = back.Refresh with { Status = "RollbackInProgress" } }),
            _ => done,
        };
    }

    /// <summary>The snapshot with other records or another group, and with what follows from them.</summary>
    public Snapshot With(Records records, Group group) =>
        new(RecordsReadAt, GroupReadAt, records, group)
        {
            PinBefore = PinBefore,
            Details = Details,
            Evidence = Evidence,
            Done = Done,
            LastActivity = LastActivity,
            IsReadAgain = IsReadAgain,
            IsRefreshRead = IsRefreshRead,
        };

    private Group WithSuspended(ImmutableArray<string> processes) =>
        Group with { Traits = Group.Traits with { Suspended = processes } };

    private Group WithState(string id, string state) => With(id, instance => instance with { LifecycleState = state });

    private Group WithProtection(string id, bool isProtected) => With(id, instance => instance with { IsProtected = isProtected });

    private Group With(string id, Func<GroupInstance, GroupInstance> change) =>
        Group with { Instances = [.. Group.Instances.Select(instance => instance.Id == id ? change(instance) : instance)] };

    private Snapshot WithInService(string id, DateTimeOffset at) =>
        this with
        {
            Details = Details.SetItem(
                id, (Details.GetValueOrDefault(id) ?? new InstanceDetails(id, null, null, null)) with { InServiceAt = at }),
            Evidence = Evidence.SetItem(id, EvidenceOf(id).Afresh()),
        };

    private static ImmutableArray<GroupInstance> ProbedOf(Records records, Group group, Release desired)
    {
        var confirmed = records.IsConfirmed(desired);
        return
        [
            .. group.Instances.Where(instance =>
                (instance.IsWaitingAtLaunch || (instance.IsInService && !confirmed))
                && records.Version(instance.Version)?.Release == desired),
        ];
    }
}

/// <summary>One instance's response to a probe.</summary>
internal sealed record ProbeResult(string InstanceId, ProbeResponse Response, DateTimeOffset At);

/// <summary>What the group did last, in its own words: no capacity, a machine image that is gone, and the like.</summary>
/// <param name="Description"><c>null</c> where the group lists no activity.</param>
internal sealed record ScalingActivity(string? Description);
