using System.Collections.Immutable;
using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Events;

namespace Charlie.Lambdas.Functions;

/// <summary>
/// Looks at the instances of the group again and again: reads AWS, probes, decides, acts. Before anything is let in or
/// out the records are read once more, and what is done is decided from those.
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

    private readonly GroupJudge judge = new(settings, tools, steps);
    private readonly Reports reports = new(settings);

    /// <summary>
    /// Follows one launch, and whatever else of the group has to be judged meanwhile, until all of that came to an end
    /// or the time is up and the sweep goes on. Of launches that wait together one watch is enough.
    /// </summary>
    /// <param name="available">How long this run may take.</param>
    public async Task<DeploymentReport> FollowAsync(string instanceId, TimeSpan available)
    {
        var started = tools.Time.GetUtcNow();
        var pace = new ProbePace();
        var charges = new HashSet<string> { instanceId };
        DeploymentReport? held = null;
        var (shown, leads) = (false, false);
        var seen = await tools.ObserveAsync();
        while (true)
        {
            var instance = seen.Group.Instances.FirstOrDefault(instance => instance.Id == instanceId);
            shown |= instance is not null;
            var lagging = !shown && tools.Time.GetUtcNow() - started < ReadLag;
            if (!leads && instance is { IsWaitingAtLaunch: true })
            {
                if (seen.Leader is { } leader && string.CompareOrdinal(leader, instanceId) < 0)
                {
                    return reports.NothingToDo($"{instanceId}: the watch of {leader} looks at the whole group");
                }

                leads = true;
            }

            charges.UnionWith(seen.ToJudge.Select(judged => judged.Id));
            var verdicts = await judge.ProbeAsync(seen);
            var acts = verdicts.Any(verdict => !verdict.Decision.IsQuiet);
            if (acts)
            {
                (seen, var report, var left) = await judge.ApplyAsync(seen, verdicts, charges);
                if (report is not null && (Reports.IsNews(report) || !left))
                {
                    return Reports.Graver(held, report);
                }

                if (report is { Outcome: Outcome.InstanceReady })
                {
                    pace = new ProbePace();
                }

                held = report is null ? held : Reports.Graver(held, report);
            }
            else if (!lagging && verdicts.All(verdict => verdict.Decision is LifecycleDecision.NothingToDo || !charges.Contains(verdict.InstanceId)))
            {
                return held ?? reports.NothingToDo($"{instanceId}: {Why(verdicts, instanceId)}");
            }

            var moving = lagging || acts || instance is { IsWaitingAtLaunch: false, IsInService: false };
            var wait = moving ? MovingInterval : pace.Next(judge.IsProving(seen));
            if (tools.Time.GetUtcNow() + wait - started >= available)
            {
                return held ?? reports.NothingToDo($"{instanceId} is not proved yet; the sweep goes on");
            }

            await Task.Delay(wait, tools.Time);
            var now = tools.Time.GetUtcNow();
            if (seen.HasWaiting && now - seen.At >= ReadInterval)
            {
                seen = await tools.ObserveAsync(seen);
            }
            else if (moving || now - seen.GroupAt >= ReadInterval)
            {
                seen = await tools.ObserveGroupAsync(seen);
            }
        }
    }

    /// <summary>
    /// One pass over the whole group: as many probes as prove an instance, and all that has to be done; where there is
    /// nothing, the oldest end that people may not have heard of.
    /// </summary>
    public async Task<DeploymentReport> SweepAsync()
    {
        var seen = await tools.ObserveAsync();
        var done = new HashSet<(string, Type)>();
        DeploymentReport? held = null;
        for (var round = 1; round <= settings.Health.Successes && (round == 1 || !seen.ToJudge.IsEmpty); round++)
        {
            if (round > 1)
            {
                await Task.Delay(ProbePace.First, tools.Time);
            }

            var verdicts = await judge.ProbeAsync(seen);
            while (verdicts.Any(verdict => !verdict.Decision.IsQuiet && done.Add((verdict.InstanceId, verdict.Decision.GetType()))))
            {
                (seen, var report, _) = await judge.ApplyAsync(seen, verdicts, ImmutableHashSet<string>.Empty);
                if (report is { Outcome: Outcome.Confirmed or Outcome.RolledBack })
                {
                    return report;
                }

                held = report is null ? held : Reports.Graver(held, report);
                verdicts = judge.Decide(seen);
            }
        }

        return held
            ?? (ReleaseEnd.ToReportAgain(seen.Records, tools.Time.GetUtcNow()) is { } end
                ? reports.Again(end, seen.Records)
                : reports.NothingToDo($"no instance of {seen.Group.Name} has come to a decision"));
    }

    private static string Why(IEnumerable<Verdict> verdicts, string instanceId) =>
        verdicts.FirstOrDefault(verdict => verdict.InstanceId == instanceId)?.Decision is LifecycleDecision.NothingToDo nothing
            ? nothing.Why
            : "the instance is not in the group";
}
