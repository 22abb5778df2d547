using Charlie.Lambdas.Aws;
using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Events;

namespace Charlie.Lambdas.Functions;

/// <summary>Carries out what was decided about an instance, as decided.</summary>
internal sealed class Verdicts(Settings settings, WatchTools tools, Steps steps)
{
    private readonly Reports reports = new(settings);

    /// <summary>
    /// The reports of what was done. A step on the way has none, nor what somebody else was first with: what is true
    /// then has to be read again.
    /// </summary>
    public async Task<IReadOnlyList<DeploymentReport>> CarryOutAsync(IReadOnlyList<Verdict> verdicts, Observation seen)
    {
        var entered = verdicts.Where(verdict => verdict.Decision is LifecycleDecision.RecordInService).ToArray();
        foreach (var group in entered.GroupBy(verdict => verdict.Facts.Now))
        {
            await tools.Instances.RecordInServiceAsync(group.Select(verdict => verdict.InstanceId), group.Key);
        }

        var done = new List<DeploymentReport>();
        foreach (var verdict in verdicts)
        {
            steps.Judged(seen.VersionOf(verdict.Facts.Instance), verdict.InstanceId, verdict.Decision);
            if (verdict.Decision is not LifecycleDecision.RecordInService && await CarryOutAsync(verdict.Decision, verdict.Facts, seen) is { } report)
            {
                done.Add(report);
            }
        }

        return done;
    }

    private async Task<DeploymentReport?> CarryOutAsync(LifecycleDecision decision, LifecycleFacts facts, Observation seen)
    {
        var instance = facts.Instance;
        var version = seen.VersionOf(instance)
            ?? throw new InvalidOperationException($"{decision.GetType().Name} was decided about an instance of an unknown version.");
        var timings = Timings(facts, version);
        switch (decision)
        {
            case LifecycleDecision.Continue:
                return await CompleteAsync(instance.Id, LifecycleActionResult.Continue)
                    ? reports.InstanceReady(version, instance.Id, timings)
                    : null;

            case LifecycleDecision.Confirm confirm:
                await tools.Template.WriteMarkAsync(confirm.Mark.Key, confirm.Mark.Value);
                return reports.Confirmed(
                    version, instance.Id, facts.Proving, PreviousImage(facts.Records, version.Release), timings with { ConfirmedAt = confirm.Mark.At });

            case LifecycleDecision.Supersede supersede:
                return await GiveUpAsync(instance)
                    ? supersede.Rejected
                        ? reports.NothingToDo($"{instance.Id} was given up: its release {version.Release} was rolled back before")
                        : reports.Superseded(version, instance.Id, supersede.Target)
                    : null;

            case LifecycleDecision.Retry retry:
                return await GiveUpAsync(instance) ? reports.Retrying(version, instance.Id, retry.Reason, timings) : null;

            case LifecycleDecision.Fail fail:
                return await GiveUpAsync(instance)
                    ? reports.Failed(version, instance.Id, facts.Records.IsConfirmed(version.Release), fail.Reason, timings)
                    : null;

            case LifecycleDecision.RollBack rollBack:
                var back = await RollBackAsync(rollBack, facts, seen);
                return reports.RolledBack(version, instance.Id, back, rollBack.Floor, rollBack.Reason, timings);

            default:
                throw new InvalidOperationException($"There is nothing to carry out for {decision.GetType().Name}.");
        }
    }

    // First the floor: from then on nothing brings the release back, whatever happens to this function. The pin before
    // the ABANDON only saves a launch of what was just rejected. To bring instances in is Refresh's.
    private async Task<ReleaseVersion?> RollBackAsync(LifecycleDecision.RollBack rollBack, LifecycleFacts facts, Observation seen)
    {
        await tools.Template.WriteMarkAsync(rollBack.Floor.Key, rollBack.Floor.Value);
        steps.FloorRaised(rollBack.Floor);
        var records = facts.Records.With(rollBack.Floor);
        var target = Target.Of(records);
        var group = seen.Group with { Refresh = settings.Strategy is Strategy.Rolling ? await tools.Groups.ReadRefreshAsync() : null };
        var plan = Decisions.Convergence.Towards(target, records, group, settings.Strategy).WithoutReplacing();
        await tools.Convergence.ApplyAsync(plan, target.Release, steps);
        await GiveUpAsync(facts.Instance);
        return target.Version;
    }

    private async Task<bool> GiveUpAsync(GroupInstance instance)
    {
        if (instance.IsWaitingAtLaunch)
        {
            return await CompleteAsync(instance.Id, LifecycleActionResult.Abandon);
        }

        await tools.Groups.TerminateAsync(instance.Id);
        return true;
    }

    private async Task<bool> CompleteAsync(string instance, LifecycleActionResult result)
    {
        var completed = await tools.Groups.CompleteAsync(instance, result);
        if (!completed)
        {
            steps.AlreadyCompleted(instance);
        }

        return completed;
    }

    private static string? PreviousImage(Records records, Release release) =>
        records.GoBackFrom(release) is { } previous ? records.VersionOf(previous)?.Image : null;

    private static DeploymentTimings Timings(LifecycleFacts facts, ReleaseVersion version) =>
        new()
        {
            PushedAt = version.PushedAt,
            LaunchedAt = facts.LaunchedAt,
            FirstHealthyAt = facts.Evidence.FirstHealthyAt,
            InServiceAt = facts.InServiceAt,
        };
}
