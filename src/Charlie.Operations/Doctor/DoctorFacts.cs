using Charlie.Lambdas.Decisions;
using Charlie.Operations.Stack;

namespace Charlie.Operations.Doctor;

/// <summary>Everything that the checks look at. What could not be read is <c>null</c> and named in <paramref name="Unread"/>.</summary>
internal sealed record DoctorFacts(
    StackDescription Stack,
    DateTimeOffset At,
    Snapshot? Snapshot,
    GroupFacts? Group,
    IReadOnlyList<HookFacts>? Hooks,
    BusFacts? Bus,
    IReadOnlyList<RuleFacts>? Rules,
    IReadOnlyList<SubscriptionFacts>? Subscriptions,
    int? DeadLetters,
    IReadOnlyList<string> Unread)
{
    /// <summary>Whether the account has no group of that name.</summary>
    public bool IsGroupMissing { get; init; }
}

/// <param name="HealthCheckType">Auto Scaling's own word: <c>EC2</c>, <c>ELB</c>.</param>
internal sealed record GroupFacts(int MinSize, int MaxSize, string HealthCheckType, int ZoneCount);

/// <param name="Transition">Auto Scaling's own word: <c>autoscaling:EC2_INSTANCE_LAUNCHING</c>.</param>
/// <param name="DefaultResult"><c>ABANDON</c> or <c>CONTINUE</c>.</param>
internal sealed record HookFacts(string Name, string Transition, string DefaultResult, TimeSpan Heartbeat);

/// <param name="Policy">Its resource policy's text; <c>null</c> without one.</param>
internal sealed record BusFacts(string? Policy);

/// <param name="Targets">The targets' ARNs.</param>
internal sealed record RuleFacts(string Bus, string Name, bool IsEnabled, string? Schedule, IReadOnlyList<string> Targets);

/// <param name="IsConfirmed">Whether whoever gets the mail said yes to it.</param>
internal sealed record SubscriptionFacts(string Endpoint, bool IsConfirmed);
