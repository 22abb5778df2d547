using System.Collections.Immutable;

namespace Charlie.Lambdas.Decisions;

/// <summary>What was decided about one instance.</summary>
internal sealed record Verdict(LifecycleFacts Facts, LifecycleDecision Decision)
{
    // Writing takes tens of milliseconds each, and what was read must not be old when the last of them is made.
    private const int MostAtOnce = 20;

    public string InstanceId => Facts.Instance.Id;

    /// <summary>
    /// What to carry out on one reading of the records. An end goes alone, since it changes what all the rest was
    /// decided from; a rejection before a confirmation.
    /// </summary>
    public static ImmutableArray<Verdict> ToCarryOut(IEnumerable<Verdict> verdicts)
    {
        var acting = verdicts.Where(verdict => !verdict.Decision.IsQuiet).ToArray();
        if ((acting.FirstOrDefault(verdict => verdict.Decision is LifecycleDecision.RollBack)
            ?? acting.FirstOrDefault(verdict => verdict.Decision is LifecycleDecision.Confirm)) is { } end)
        {
            return [end];
        }

        var entered = acting.Where(verdict => verdict.Decision is LifecycleDecision.RecordInService).ToArray();
        return [.. entered.Length > 0 ? entered : acting.Take(MostAtOnce)];
    }
}
