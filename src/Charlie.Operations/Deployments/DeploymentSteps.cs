using Charlie.Lambdas;
using Charlie.Lambdas.Decisions;
using Charlie.Operations.Releases;

namespace Charlie.Operations.Deployments;

/// <summary>Tells from a snapshot in which step the deployment is that an operator asks about.</summary>
internal static class DeploymentSteps
{
    /// <summary>
    /// The deployment under way; without one the newest release that a hold keeps back, else the last one that ended. <c>null</c>
    /// where nothing was ever deployed.
    /// </summary>
    public static DeploymentDocument? Of(Snapshot snapshot, PolicySettings settings)
    {
        var all = ReleaseFacts.All(snapshot);
        var desired = ReleaseFacts.Of(snapshot.Desired.Release, snapshot);
        return desired.State == ReleaseState.Deploying ? UnderWay(desired, snapshot, settings)
            : all.FirstOrDefault(one => one.State == ReleaseState.Waiting) is { } held ? Held(held, snapshot)
            : FinalOutcome.Of(snapshot.Records).LastOrDefault() is { } last ? Ended(ReleaseFacts.Of(last.Release, snapshot))
            : null;
    }

    private static DeploymentDocument UnderWay(ReleaseFacts facts, Snapshot snapshot, PolicySettings settings)
    {
        var handsOver = settings.Strategy is Strategy.Handover;
        var wanted = handsOver ? 1 : Math.Max(1, snapshot.Group.DesiredCapacity);
        var (mine, others) = (Of(facts.Release, snapshot), Others(facts.Release, snapshot));
        var inService = mine.Where(instance => instance.IsInService).ToList();
        var healthy = mine.Count(instance => IsHealthy(instance, snapshot));
        var started = mine.Count(instance => HasStarted(instance, snapshot));
        var old = new Draft(DeploymentStep.OldStops, others == 0, Count: others);
        List<Draft> drafts =
        [
            new(DeploymentStep.Pushed, true, facts.PushedAt),
            new(DeploymentStep.Recorded, facts.Version is not null, facts.Version?.CreatedAt),
            old,
            new(DeploymentStep.Boots, started >= wanted, Count: started, Of: wanted, Text: PhaseOf(mine, snapshot)),
            new(DeploymentStep.AtHook, inService.Count >= wanted || healthy >= wanted),
            new(DeploymentStep.Healthy, healthy >= wanted, Count: healthy, Of: wanted),
            new(DeploymentStep.InService, inService.Count >= wanted, Count: inService.Count, Of: wanted),
            new(DeploymentStep.Bakes, false, Until: BakeEnd(inService, snapshot, settings.Health.BakeTime)),
            new(DeploymentStep.Ends, false),
        ];
        if (handsOver)
        {
            drafts.Insert(
                drafts.IndexOf(old),
                new Draft(
                    DeploymentStep.Prepared, others == 0 || mine.Exists(one => IsPrepared(one, snapshot)), Text: PhaseOf(mine, snapshot)));
        }

        if (settings.Strategy is Strategy.Rolling)
        {
            // The old ones end while the new ones take their places.
            drafts.Remove(old);
            drafts.Insert(drafts.FindIndex(draft => draft.Step == DeploymentStep.Bakes), old);
        }

        return new DeploymentDocument(facts.Release.ToString(), false, [.. InOrder(drafts)], TroubleOf(mine, snapshot));
    }

    // A later step's facts may be there before an earlier step is done; the deployment is at the earliest one.
    private static IEnumerable<StepDocument> InOrder(IEnumerable<Draft> drafts)
    {
        var isAhead = false;
        foreach (var draft in drafts)
        {
            var state = draft.IsDone && !isAhead ? StepState.Done : isAhead ? StepState.Ahead : StepState.Current;
            isAhead |= !draft.IsDone;
            yield return new StepDocument(
                draft.Step,
                state,
                state == StepState.Done ? draft.At : null,
                state == StepState.Current ? draft.Until : null,
                draft.Count,
                draft.Of,
                state == StepState.Current ? draft.Text : null);
        }
    }

    private static DeploymentDocument Held(ReleaseFacts facts, Snapshot snapshot)
    {
        var hold = snapshot.Records.HoldInForce;
        return new DeploymentDocument(
            facts.Release.ToString(),
            false,
            [
                .. Beginning(facts),
                new StepDocument(DeploymentStep.Held, StepState.Current, Until: hold?.Until, Text: hold?.Reason),
                new StepDocument(DeploymentStep.OldStops, StepState.Ahead),
                new StepDocument(DeploymentStep.Boots, StepState.Ahead),
                new StepDocument(DeploymentStep.InService, StepState.Ahead),
                new StepDocument(DeploymentStep.Bakes, StepState.Ahead),
                new StepDocument(DeploymentStep.Ends, StepState.Ahead),
            ],
            null);
    }

    private static DeploymentDocument Ended(ReleaseFacts facts)
    {
        var isConfirmed = facts.State == ReleaseState.Confirmed;
        DeploymentStep[] between = isConfirmed
            ?
            [
                DeploymentStep.OldStops, DeploymentStep.Boots, DeploymentStep.AtHook, DeploymentStep.Healthy, DeploymentStep.InService,
                DeploymentStep.Bakes,
            ]
            : [];
        return new DeploymentDocument(
            facts.Release.ToString(),
            true,
            [
                .. Beginning(facts),
                .. between.Select(step => new StepDocument(step, StepState.Done)),
                new StepDocument(
                    DeploymentStep.Ends, isConfirmed ? StepState.Done : StepState.Failed, facts.EndedAt, Text: facts.Reason),
            ],
            null);
    }

    private static IEnumerable<StepDocument> Beginning(ReleaseFacts facts)
    {
        if (facts.PushedAt is { } pushed)
        {
            yield return new StepDocument(DeploymentStep.Pushed, StepState.Done, pushed);
        }

        if (facts.Version is { } version)
        {
            yield return new StepDocument(DeploymentStep.Recorded, StepState.Done, version.CreatedAt);
        }
    }

    private static List<GroupInstance> Of(Release release, Snapshot snapshot) =>
        [.. snapshot.Group.Instances.Where(one => !one.IsTerminating && snapshot.VersionOf(one)?.Release == release)];

    private static int Others(Release release, Snapshot snapshot) =>
        snapshot.Group.Instances.Count(one => snapshot.VersionOf(one)?.Release != release);

    // An instance that was not probed is in service only because Lifecycle found it healthy.
    private static bool IsHealthy(GroupInstance instance, Snapshot snapshot) =>
        snapshot.EvidenceOf(instance.Id).Last is null ? instance.IsInService : snapshot.IsHealthy(instance);

    private static bool IsPrepared(GroupInstance instance, Snapshot snapshot) =>
        HasStarted(instance, snapshot) || snapshot.EvidenceOf(instance.Id).Last is ProbeResponse.Preparing { Prepared: not null };

    private static bool HasStarted(GroupInstance instance, Snapshot snapshot) =>
        instance.IsInService
        || snapshot.EvidenceOf(instance.Id).Last
            is ProbeResponse.Healthy or ProbeResponse.Unhealthy or ProbeResponse.Failed { OfMachine: false }
        || snapshot.Details.GetValueOrDefault(instance.Id)?.HasRunApp == true;

    // Of several machines the one that is furthest behind.
    private static string? PhaseOf(IEnumerable<GroupInstance> mine, Snapshot snapshot) =>
        mine.Select(instance => snapshot.EvidenceOf(instance.Id).Last)
            .OfType<ProbeResponse.Preparing>()
            .Select(preparing => (BootPhase?)preparing.Phase)
            .Min()?.ToString().ToLowerInvariant();

    private static string? TroubleOf(IEnumerable<GroupInstance> mine, Snapshot snapshot) =>
        mine.Select(instance => snapshot.EvidenceOf(instance.Id).Last).Select(Trouble).FirstOrDefault(trouble => trouble is not null)
        ?? (snapshot.Records.AttemptsOf(snapshot.Desired.Release) is { Count: > 0 } attempts ? attempts.LastFailure : null);

    // Without ages: they change with every reading.
    private static string? Trouble(ProbeResponse? last) => last switch
    {
        ProbeResponse.Failed failed => failed.Describe(),
        ProbeResponse.Unhealthy { LastEnd: { } end } => end,
        _ => null,
    };

    private static DateTimeOffset? BakeEnd(IReadOnlyList<GroupInstance> inService, Snapshot snapshot, TimeSpan bakeTime) =>
        inService.Max(instance => snapshot.Details.GetValueOrDefault(instance.Id)?.InServiceAt) + bakeTime;

    private sealed record Draft(
        DeploymentStep Step,
        bool IsDone,
        DateTimeOffset? At = null,
        DateTimeOffset? Until = null,
        int? Count = null,
        int? Of = null,
        string? Text = null);
}
