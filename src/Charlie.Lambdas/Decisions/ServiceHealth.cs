using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Decisions;

/// <summary>
/// Judges an instance of a release that there is nothing better than: one that is confirmed, or that has no fallback. It
/// is replaced when that can help, with a back-off, and the release is never rejected.
/// </summary>
internal static class ServiceHealth
{
    /// <summary>An outage that is over sooner needs no other machine.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(3);

    /// <summary>What is wrong with the instance by its last response; <c>null</c> while nothing is.</summary>
    public static InstanceProblem? Problem(InstanceFacts facts, HealthRules rules, string? image) => facts.Evidence.Last switch
    {
        ProbeResponse.Failed { OfMachine: true, Phase: BootPhase.Lock } => null,
        ProbeResponse.Failed { OfMachine: true } machine => Infrastructure($"machine: {machine.Reason}"),
        ProbeResponse.Failed app => new InstanceProblem.Application($"app: {app.Reason}"),
        ProbeResponse.Healthy other when other.Image != image =>
            new InstanceProblem.Application($"the instance runs {other.Image} and not {image}"),
        ProbeResponse.Preparing { Prepared: { } other } when other != image =>
            new InstanceProblem.Application($"the instance has prepared {other} and not {image}"),
        ProbeResponse.Unhealthy unhealthy when unhealthy.For >= Limit(unhealthy, facts, rules) => new InstanceProblem.Application(
            unhealthy.LastEnd is { } end ? $"app: {end}" : $"app: not healthy for {Duration.Of(unhealthy.For)}"),
        // A machine that was in service and boots again is given the same time as one that is silent.
        { IsUnanswered: true } unanswered when IsTooLate(unanswered, facts, rules) => Infrastructure($"machine: {unanswered.Describe()}"),
        _ => null,
    };

    /// <summary>
    /// How long the app has not been healthy. One that cannot be executed, or has another image, never was on its machine.
    /// </summary>
    public static TimeSpan SickFor(InstanceFacts facts) =>
        facts.Evidence.Last is ProbeResponse.Unhealthy unhealthy ? unhealthy.For : facts.Age;

    // An app that its machine has just started is given its health time, as before the confirmation.
    private static TimeSpan Limit(ProbeResponse.Unhealthy unhealthy, InstanceFacts facts, HealthRules rules) =>
        facts.Instance.IsWaitingAtLaunch && unhealthy.Restarts == 0 && rules.HealthDeadline > Tolerance
            ? rules.HealthDeadline
            : Tolerance;

    private static bool IsTooLate(ProbeResponse response, InstanceFacts facts, HealthRules rules) =>
        response is not ProbeResponse.Preparing { Phase: BootPhase.Lock }
        && !(response is ProbeResponse.Preparing { Phase: BootPhase.Start } && facts.Instance.IsWaitingAtLaunch)
        && facts.Age >= rules.MachineDeadline
        && (facts.Instance.IsWaitingAtLaunch || facts.Evidence.UnansweredFor >= Tolerance);

    private static InstanceProblem.Infrastructure Infrastructure(string reason) => new(reason, MayBeRelease: false);
}
