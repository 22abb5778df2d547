namespace Charlie.Lambdas.Decisions;

/// <summary>What Lifecycle decides in a handover about an instance that waits at its launch hook.</summary>
internal static class HandoverRules
{
    // docs/deploying.md asks for a launch hook of at least this.
    private static readonly TimeSpan HookTime = TimeSpan.FromMinutes(30);

    // The old machine's app may take it to stop, and the new one to start: the machines' own limit for the wait at the lock.
    private static readonly TimeSpan LockTime = TimeSpan.FromMinutes(5);

    // A run that lowered the capacity a moment ago is not seen whole.
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The decision, where it is the handover's; <c>null</c> where the instance is judged like any other. Healthy comes first:
    /// one that holds the lock waits for nobody.
    /// </summary>
    public static InstanceDecision? Decide(InstanceFacts facts, HealthRules rules) =>
        IsSurplus(facts) ? new InstanceDecision.RemoveSurplus("it is one too many for the group's desired capacity")
        : facts.Trader is not { } trader || facts.Evidence.ConsecutivePrepared < rules.Successes ? null
        : facts.Age > HookTime - LockTime - rules.HealthDeadline
            ? new InstanceDecision.RemoveSurplus("its launch hook leaves too little time to start the app")
        : new InstanceDecision.HandOver(
            trader,
            Handover.Begin(facts.Records.Handover, facts.Records.OpenHandover!.Release, facts.Now) with { To = facts.Instance.Id });

    // One to which the trade was just handed over is the group's next trader, although the old one may still be listed.
    private static bool IsSurplus(InstanceFacts facts) =>
        facts.DesiredCapacity == 0
        || (facts.DesiredCapacity == 1
            && facts.IsBesideProtected
            && facts.Age >= Settling
            && !(facts.Records.OpenHandover is { } open && open.To == facts.Instance.Id && facts.Now - open.At < Settling));
}
