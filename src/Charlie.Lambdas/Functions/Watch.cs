using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Events;

namespace Charlie.Lambdas.Functions;

/// <summary>
/// Looks at instances again and again: reads AWS, probes, decides, acts. Before anything is let in or out the records
/// are read once more, and what is done is decided from those.
/// </summary>
internal sealed class Watch(Settings settings, WatchTools tools, Steps steps)
{
    // A newer push or a rollback ends a stale launch within this time.
    private static readonly TimeSpan ReadInterval = TimeSpan.FromSeconds(10);

    // While AWS moves an instance there is nothing to probe, and the next state is seconds away.
    private static readonly TimeSpan MovingInterval = TimeSpan.FromSeconds(1);

    // Auto Scaling is eventually consistent: an instance that an event names may take this long to show. One that takes
    // longer is the sweep's; one that is gone, as after a retry, holds the function no longer than this.
    private static readonly TimeSpan ReadLag = TimeSpan.FromSeconds(10);

    private readonly HealthLedger ledger = new(tools);
    private readonly Verdicts verdicts = new(settings, tools, steps);
    private readonly Reports reports = new(settings);
    private readonly Dictionary<string, DateTimeOffset> inService = [];

    /// <summary>Follows one launch until it came to an end, or the time is up and the sweep goes on.</summary>
    /// <param name="available">How long this run may take.</param>
    public async Task<DeploymentReport> FollowAsync(string instanceId, TimeSpan available)
    {
        var started = tools.Time.GetUtcNow();
        var pace = new ProbePace();
        DeploymentReport? ready = null;
        var shown = false;
        var seen = await tools.ObserveAsync();
        while (true)
        {
            var instance = seen.Group.Instances.FirstOrDefault(instance => instance.Id == instanceId);
            shown |= instance is not null;
            var lagging = !shown && tools.Time.GetUtcNow() - started < ReadLag;
            var decision = instance is not null ? await DecideAsync(seen, instance)
                : lagging ? new LifecycleDecision.Wait("the group does not show the instance yet")
                : new LifecycleDecision.NothingToDo("the instance is not in the group");
            if (!decision.IsQuiet)
            {
                (seen, var report) = await ActAsync(instanceId);
                if (report is { Outcome: Outcome.InstanceReady } && !seen.Records.IsConfirmed(seen.Target.Release))
                {
                    ready = report;
                    pace = new ProbePace();
                }
                else if (report is not null)
                {
                    return report;
                }
            }
            else if (decision is LifecycleDecision.NothingToDo nothing)
            {
                return ready ?? reports.NothingToDo($"{instanceId}: {nothing.Why}");
            }

            var moving = lagging || instance is { IsWaitingAtLaunch: false, IsInService: false };
            var wait = moving || !decision.IsQuiet ? MovingInterval : pace.Next(instance!, ledger.Of(instanceId));
            if (tools.Time.GetUtcNow() + wait - started >= available)
            {
                return ready ?? reports.NothingToDo($"{instanceId} is not proved yet; the sweep goes on");
            }

            await Task.Delay(wait, tools.Time);
            if (moving || !decision.IsQuiet || tools.Time.GetUtcNow() - seen.At >= ReadInterval)
            {
                seen = await tools.ObserveAsync();
            }
        }
    }

    /// <summary>
    /// One pass over the whole group: as many probes as prove an instance, and the first thing that has to be done;
    /// where there is none, the oldest end that people may not have heard of.
    /// </summary>
    public async Task<DeploymentReport> SweepAsync()
    {
        var seen = await tools.ObserveAsync();
        for (var round = 1; round <= settings.Health.Successes; round++)
        {
            if (round > 1)
            {
                await Task.Delay(ProbePace.First, tools.Time);
            }

            await ledger.ProbeAsync(seen, Observation.ToJudge(seen.Records, seen.Target, seen.Group));
            foreach (var instance in seen.Group.Instances)
            {
                if (!LifecycleDecision.Decide(Facts(seen, instance), settings.Health).IsQuiet)
                {
                    (seen, var report) = await ActAsync(instance.Id);
                    if (report is not null)
                    {
                        return report;
                    }
                }
            }
        }

        return ReleaseEnd.ToReportAgain(seen.Records, tools.Time.GetUtcNow()) is { } end
            ? reports.Again(end, seen.Records)
            : reports.NothingToDo($"no instance of {seen.Group.Name} has come to a decision");
    }

    private async Task<LifecycleDecision> DecideAsync(Observation seen, GroupInstance instance)
    {
        // A confirmation needs the word of every instance in service; all else only this one's.
        await ledger.ProbeAsync(
            seen,
            Observation.ToJudge(seen.Records, seen.Target, seen.Group)
                .Where(judged => judged.Id == instance.Id || (instance.IsInService && judged.IsInService)));
        return LifecycleDecision.Decide(Facts(seen, instance), settings.Health);
    }

    private async Task<(Observation Seen, DeploymentReport? Report)> ActAsync(string instanceId)
    {
        var seen = await tools.ObserveAsync();
        if (seen.Group.Instances.FirstOrDefault(instance => instance.Id == instanceId) is not { } instance)
        {
            return (seen, null);
        }

        var facts = Facts(seen, instance);
        var decision = LifecycleDecision.Decide(facts, settings.Health);
        if (decision.IsQuiet)
        {
            return (seen, null);
        }

        var report = await verdicts.CarryOutAsync(decision, facts, seen);
        if (decision is LifecycleDecision.RecordInService)
        {
            inService[instanceId] = facts.Now;
            ledger.BeginAfresh(instanceId);
        }

        return (seen, report);
    }

    private LifecycleFacts Facts(Observation seen, GroupInstance instance)
    {
        var details = seen.Details.GetValueOrDefault(instance.Id);
        return new LifecycleFacts(
            instance,
            details?.LaunchedAt,
            details?.InServiceAt ?? (inService.TryGetValue(instance.Id, out var at) ? at : null),
            ledger.Of(instance.Id),
            ledger.Proving(seen, settings.Health.Successes),
            seen.Group.DesiredCapacity,
            seen.Records,
            tools.Time.GetUtcNow());
    }
}
