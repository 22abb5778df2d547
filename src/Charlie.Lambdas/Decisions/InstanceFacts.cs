namespace Charlie.Lambdas.Decisions;

/// <summary>One instance as it is judged.</summary>
/// <param name="LaunchedAt">EC2's launch time; <c>null</c> while EC2 does not show the instance yet.</param>
/// <param name="InServiceAt">When it was first seen InService; <c>null</c> until that was recorded.</param>
/// <param name="HasRunApp">Whether the machine recorded that it started the app.</param>
/// <param name="FirstLaunch">Since when the desired release has been tried.</param>
/// <param name="DesiredSince">Since when it is the desired one; <c>null</c> where the records do not tell.</param>
/// <param name="DesiredCapacity">The group's.</param>
internal sealed record InstanceFacts(
    GroupInstance Instance,
    DateTimeOffset? LaunchedAt,
    DateTimeOffset? InServiceAt,
    bool HasRunApp,
    HealthEvidence Evidence,
    DateTimeOffset? FirstLaunch,
    DateTimeOffset? DesiredSince,
    int DesiredCapacity,
    Records Records,
    DateTimeOffset Now)
{
    /// <summary>InService instances of the desired release, this one included, that stayed healthy there for the bake time.</summary>
    public int BakedCount { get; init; }

    /// <summary>InService instances of the desired release, this one included.</summary>
    public int ServingCount { get; init; }

    /// <summary>Those of them that have an application failure.</summary>
    public int SickCount { get; init; }

    /// <summary>In an open handover to the desired release the instance that runs the app; <c>null</c> without one.</summary>
    public string? Trader { get; init; }

    /// <summary>
    /// Whether another instance of the group is in service and protected from scale in: Auto Scaling itself ends one of two that
    /// are not.
    /// </summary>
    public bool IsBesideProtected { get; init; }

    /// <summary>Since its launch; nothing while EC2 does not show it.</summary>
    public TimeSpan Age => Now - LaunchedAt ?? TimeSpan.Zero;

    /// <summary>
    /// The app of the release before was down before this one became the desired one, or before its first machine launched:
    /// what it lacked keeps this one from becoming healthy too, and there is nothing better to go back to.
    /// </summary>
    public bool WasDownBefore =>
        Records.Down?.SickSince is { } sick && (sick < DesiredSince || sick < FirstLaunch);

    /// <summary>
    /// Whether an instance stayed healthy in service for the bake time: by its machine's word, and by the record of its entry.
    /// </summary>
    public bool HasBaked(HealthRules rules) =>
        Instance.IsInService
        && Evidence.ConsecutiveSuccesses >= rules.Successes
        && Evidence.Last is ProbeResponse.Healthy healthy
        && healthy.For >= rules.BakeTime
        && Now - InServiceAt >= rules.BakeTime;

    public static InstanceFacts Of(GroupInstance instance, Snapshot snapshot, DateTimeOffset now)
    {
        var details = snapshot.Details.GetValueOrDefault(instance.Id);
        return new InstanceFacts(
            instance,
            details?.LaunchedAt,
            details?.InServiceAt,
            details is { HasRunApp: true } || snapshot.EvidenceOf(instance.Id).HasRunApp,
            snapshot.EvidenceOf(instance.Id).Since(details?.InServiceAt),
            snapshot.FirstLaunch,
            snapshot.Desired.Since(snapshot.Records),
            snapshot.Group.DesiredCapacity,
            snapshot.Records,
            now)
        {
            Trader = HandoverPlan.CanHandOver(snapshot) ? HandoverPlan.Trader(snapshot)?.Id : null,
            IsBesideProtected = snapshot.Group.Instances.Any(other =>
                other is { IsInService: true, IsProtected: true } && other.Id != instance.Id),
        };
    }
}
