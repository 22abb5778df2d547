using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Decisions;

/// <summary>Decides about one instance from what was read and probed.</summary>
internal static class InstancePolicy
{
    // As many machines must fail before the deployment deadline's verdict is the release's.
    private const int MachinesThatCount = 3;

    public static InstanceDecision Decide(InstanceFacts facts, HealthRules rules, Strategy strategy)
    {
        var (instance, records) = (facts.Instance, facts.Records);
        if (!instance.IsPending && !instance.IsInService)
        {
            return new InstanceDecision.NothingToDo($"the instance is {instance.LifecycleState}");
        }

        if (records.Version(instance.Version) is not { } version)
        {
            return new InstanceDecision.Wait("the launch template version is not visible yet");
        }

        var desired = DesiredRelease.Of(records);
        if (records.IsStopped)
        {
            return instance.IsWaitingAtLaunch
                ? new InstanceDecision.Supersede(desired.Release, IsRejected: false)
                : new InstanceDecision.NothingToDo("the app is stopped; Refresh terminates this instance");
        }

        if (version.Release != desired.Release)
        {
            return instance.IsWaitingAtLaunch
                ? new InstanceDecision.Supersede(desired.Release, IsRejected: records.EffectiveRejection?.Covers(version.Release) == true)
                : new InstanceDecision.NothingToDo($"release {desired.Release} is the desired one; Refresh replaces this instance");
        }

        return (instance.IsWaitingAtLaunch, instance.IsInService) switch
        {
            (false, false) => new InstanceDecision.Wait($"the instance is {instance.LifecycleState}"),
            (false, true) when records.IsConfirmed(version.Release) && facts.Evidence.Last is null =>
                new InstanceDecision.NothingToDo("the release is confirmed"),
            (false, true) when !records.IsConfirmed(version.Release) && facts.InServiceAt is null => new InstanceDecision.RecordInService(),
            (true, _) when strategy is Strategy.Handover && HandoverRules.Decide(facts, rules) is { } decision => decision,
            _ => Judge(facts, rules, strategy, version),
        };
    }

    /// <summary>What is wrong with an instance of the desired release; <c>null</c> while nothing is.</summary>
    public static InstanceProblem? Problem(InstanceFacts facts, HealthRules rules, ReleaseVersion version) =>
        FallbackOf(facts, version) is null
            ? ServiceHealth.Problem(facts, rules, version.Image)
            : ReleaseHealth.Problem(facts, rules, version.Image);

    private static Release? FallbackOf(InstanceFacts facts, ReleaseVersion version) =>
        facts.Records.IsConfirmed(version.Release) ? null : facts.Records.FallbackOf(version.Release);

    private static InstanceDecision Judge(InstanceFacts facts, HealthRules rules, Strategy strategy, ReleaseVersion version)
    {
        if (Problem(facts, rules, version) is { } problem)
        {
            return (problem, FallbackOf(facts, version)) switch
            {
                (InstanceProblem.Application, null) => Replace(facts, version, problem.Reason, strategy),
                (InstanceProblem.Application, { } fallback) => IsOneOfMany(facts, rules, strategy)
                    ? new InstanceDecision.ReplaceAlone(problem.Reason, Count(facts, version, problem))
                    : RollBack(facts, version, fallback, problem.Reason),
                (InstanceProblem.Infrastructure infrastructure, var fallback) => Retry(facts, rules, version, fallback, infrastructure),
                _ => throw new ArgumentOutOfRangeException(nameof(facts), problem, "Not a problem."),
            };
        }

        if (facts.Instance.IsInService && facts.Records.IsConfirmed(version.Release))
        {
            return new InstanceDecision.NothingToDo($"the release is confirmed; {Describe(facts.Evidence.Last)}");
        }

        return facts.Evidence.ConsecutiveSuccesses < rules.Successes ? new InstanceDecision.Wait(Describe(facts.Evidence.Last))
            : facts.Instance.IsWaitingAtLaunch ? new InstanceDecision.Admit()
            : facts.HasBaked(rules) && facts.BakedCount >= Needed(facts, strategy)
                ? new InstanceDecision.Confirm(new Confirmation(version.Release, version.Number, facts.Now))
            : new InstanceDecision.Wait("the bake time is not over");
    }

    // With Rolling the share that the group itself keeps in service.
    private static int Needed(InstanceFacts facts, Strategy strategy)
    {
        var all = strategy is Strategy.Handover ? 1 : Math.Max(1, facts.DesiredCapacity);
        return strategy is Strategy.Rolling rolling ? Math.Max(1, (int)Math.Ceiling(all * rolling.MinHealthyPercentage / 100.0)) : all;
    }

    // The share that may be missing of a group whose first instances are in service, and of which others are healthy.
    private static bool IsOneOfMany(InstanceFacts facts, HealthRules rules, Strategy strategy) =>
        strategy is Strategy.Rolling rolling
        && facts.Instance.IsInService
        && facts.SickCount < facts.ServingCount
        && !ReleaseHealth.IsOverdue(facts, rules)
        && facts.SickCount * 100 <= (100 - rolling.MinHealthyPercentage) * facts.DesiredCapacity;

    private static InstanceDecision Retry(
        InstanceFacts facts, HealthRules rules, ReleaseVersion version, Release? fallback, InstanceProblem.Infrastructure problem)
    {
        var before = facts.Records.AttemptsOf(version.Release);
        var attempts = Count(facts, version, problem);
        if (fallback is not { } release || !problem.MayBeRelease)
        {
            return new InstanceDecision.Retry(problem.Reason, attempts);
        }

        // The first machine that fell silent may have been its host's victim.
        if (before is not null && !before.Instances.Contains(facts.Instance.Id) && IsSilentAfterStart(before.LastFailure)
            && IsSilentAfterStart(problem.Reason))
        {
            return RollBack(facts, version, release, $"app: two machines in a row fell {problem.Reason}");
        }

        return ReleaseHealth.IsOverdue(facts, rules) && attempts.Count >= MachinesThatCount
            ? RollBack(
                facts,
                version,
                release,
                $"no machine could run it within {Duration.Of(rules.DeploymentDeadline)} of its first launch: {problem.Reason}")
            : new InstanceDecision.Retry(problem.Reason, attempts);
    }

    private static Attempts Count(InstanceFacts facts, ReleaseVersion version, InstanceProblem problem) =>
        Attempts.With(
            facts.Records.AttemptsOf(version.Release),
            version.Release,
            facts.Instance.Id,
            facts.LaunchedAt ?? facts.Now,
            problem.Reason);

    private static bool IsSilentAfterStart(string reason) => reason.StartsWith(ReleaseHealth.SilentAfterStart, StringComparison.Ordinal);

    private static InstanceDecision Replace(InstanceFacts facts, ReleaseVersion version, string reason, Strategy strategy)
    {
        var sickSince = facts.Now - ServiceHealth.SickFor(facts);
        return Replacement.Next(facts.Records.ReplacementOf(version.Release), version.Release, sickSince, facts.Now) is { } replacement
            ? new InstanceDecision.Replace(reason, replacement, Removes: !AreMostSick(facts, strategy))
            : new InstanceDecision.Wait($"{reason}; the back-off after the last replacement is not over");
    }

    // What more than half of a group have together is not their machines'.
    private static bool AreMostSick(InstanceFacts facts, Strategy strategy) =>
        strategy is Strategy.Rolling && facts.ServingCount > 1 && facts.SickCount * 2 > facts.ServingCount;

    private static InstanceDecision.RollBack RollBack(InstanceFacts facts, ReleaseVersion version, Release fallback, string reason) =>
        new(facts.Records.Reject(version.Release, fallback, facts.Now, RejectedBy.Charlie, reason));

    private static string Describe(ProbeResponse? response) => response switch
    {
        null => "not probed yet",
        ProbeResponse.Healthy => "healthy, in too few probes in a row",
        _ => response.Describe(),
    };
}
