using System.Collections.Immutable;

namespace Charlie.Lambdas.Decisions;

/// <summary>What was decided about one instance, with the facts that it was decided from.</summary>
internal sealed record InstanceJudgement(InstanceFacts Facts, InstanceDecision Decision)
{
    // Each write takes tens of milliseconds, and what was read must not be old when the last of them is made.
    private const int MaxAtOnce = 20;

    public string InstanceId => Facts.Instance.Id;

    /// <summary>Judges every instance of the group.</summary>
    public static ImmutableArray<InstanceJudgement> Of(Snapshot snapshot, PolicySettings settings, DateTimeOffset now)
    {
        var rules = settings.Health;
        var all = snapshot.Group.Instances.Select(instance => InstanceFacts.Of(instance, snapshot, now)).ToArray();
        var serving = all
            .Where(facts => facts.Instance.IsInService && snapshot.VersionOf(facts.Instance)?.Release == snapshot.Desired.Release)
            .ToArray();
        var baked = serving.Count(facts => facts.HasBaked(rules));
        var sick = serving.Count(facts =>
            InstancePolicy.Problem(facts, rules, snapshot.VersionOf(facts.Instance)!) is InstanceProblem.Application);
        return
        [
            .. all.Select(facts => facts with { BakedCount = baked, ServingCount = serving.Length, SickCount = sick })
                .Select(facts => new InstanceJudgement(facts, InstancePolicy.Decide(facts, rules, settings.Strategy))),
        ];
    }

    /// <summary>
    /// What to execute on one reading of the records. A final outcome goes alone, since it changes what all the rest was
    /// decided from; a rejection before a confirmation. Of sick instances no more go at once than the strategy lets be missing.
    /// </summary>
    public static ImmutableArray<InstanceJudgement> ToExecute(IEnumerable<InstanceJudgement> judgements, Strategy strategy)
    {
        var acting = judgements.Where(judgement => !judgement.Decision.IsQuiet).ToArray();
        if ((acting.FirstOrDefault(judgement => judgement.Decision is InstanceDecision.RollBack)
            ?? acting.FirstOrDefault(judgement => judgement.Decision is InstanceDecision.Confirm)) is { } final)
        {
            return [final];
        }

        var entered = acting.Where(judgement => judgement.Decision is InstanceDecision.RecordInService).ToArray();
        if (entered.Length > 0)
        {
            return [.. entered];
        }

        var sick = acting.Where(judgement => judgement.Decision is InstanceDecision.Replace or InstanceDecision.ReplaceAlone).ToArray();
        return [.. acting.Except(sick).Concat(sick.Take(MaxReplaced(sick, strategy))).Take(MaxAtOnce)];
    }

    // At least one: else a small group would keep its sick instance for ever.
    private static int MaxReplaced(InstanceJudgement[] sick, Strategy strategy) =>
        strategy is Strategy.Rolling rolling && sick is [var first, ..]
            ? Math.Max(1, (100 - rolling.MinHealthyPercentage) * first.Facts.DesiredCapacity / 100)
            : 1;
}
