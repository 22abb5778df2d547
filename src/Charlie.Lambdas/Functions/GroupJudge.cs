using System.Collections.Immutable;
using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Events;

namespace Charlie.Lambdas.Functions;

/// <summary>Judges all instances of the group at once, from one reading and the evidence gathered so far.</summary>
internal sealed class GroupJudge(Settings settings, WatchTools tools, Steps steps)
{
    private readonly HealthLedger ledger = new(tools);
    private readonly Verdicts verdicts = new(settings, tools, steps);

    /// <summary>Asks each instance that probes say something about, once, and decides about all.</summary>
    public async Task<ImmutableArray<Verdict>> ProbeAsync(Observation seen)
    {
        await ledger.ProbeAsync(seen, seen.ToJudge);
        return Decide(seen);
    }

    public ImmutableArray<Verdict> Decide(Observation seen)
    {
        var now = tools.Time.GetUtcNow();
        var proving = ledger.Proving(seen, settings.Health.Successes);
        return
        [
            .. seen.Group.Instances
                .Select(instance => Facts(seen, instance, proving, now))
                .Select(facts => new Verdict(facts, LifecycleDecision.Decide(facts, settings.Health))),
        ];
    }

    /// <summary>
    /// Reads afresh what lets something in or out, decides from that and carries out what goes together; the gravest
    /// report of it, if any.
    /// </summary>
    /// <param name="before">What was read last.</param>
    /// <param name="decided">What was decided from it.</param>
    /// <returns><c>IsLeft</c>: one of the charges has more to come.</returns>
    public async Task<(Observation Seen, DeploymentReport? Report, bool IsLeft)> ApplyAsync(
        Observation before, ImmutableArray<Verdict> decided, IReadOnlySet<string> charges)
    {
        var (seen, all) = (before, decided);
        if (decided.Any(verdict => verdict.Decision.LetsInOrOut))
        {
            seen = await tools.ObserveAsync(before);
            all = Decide(seen);
        }

        var chosen = Verdict.ToCarryOut(all);
        DeploymentReport? gravest = null;
        foreach (var entered in chosen.Where(verdict => verdict.Decision is LifecycleDecision.RecordInService))
        {
            seen = seen.WithInService(entered.InstanceId, entered.Facts.Now);
            ledger.BeginAfresh(entered.InstanceId);
        }

        foreach (var report in await verdicts.CarryOutAsync(chosen, seen))
        {
            gravest = gravest is null ? report : Reports.Graver(gravest, report);
        }

        var bakes = !seen.Records.IsConfirmed(seen.Target.Release);
        return (seen, gravest, all.Any(verdict =>
            charges.Contains(verdict.InstanceId)
            && verdict.Decision is not LifecycleDecision.NothingToDo
            && (!chosen.Contains(verdict) || (bakes && verdict.Decision is LifecycleDecision.Continue))));
    }

    /// <summary>Whether an instance that waits at the launch hook is about to be proved.</summary>
    public bool IsProving(Observation seen) =>
        seen.ToJudge.Any(instance => instance.IsWaitingAtLaunch && ledger.Of(instance.Id).Proofs > 0);

    private LifecycleFacts Facts(Observation seen, GroupInstance instance, int proving, DateTimeOffset now)
    {
        var details = seen.Details.GetValueOrDefault(instance.Id);
        return new LifecycleFacts(
            instance,
            details?.LaunchedAt,
            details?.InServiceAt,
            ledger.Of(instance.Id),
            proving,
            seen.Group.DesiredCapacity,
            seen.Records,
            now);
    }
}
