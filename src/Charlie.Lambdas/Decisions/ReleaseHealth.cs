using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Decisions;

/// <summary>
/// Judges an instance of a release that is not confirmed. Times count from the app's own start; what comes before it is
/// the machine's.
/// </summary>
internal static class ReleaseHealth
{
    /// <summary>The start of the reason of a machine that fell silent after it had started the app.</summary>
    public const string SilentAfterStart = "silent after the app's start";

    // A healthy app that is not so for half a minute on end has not stayed healthy.
    private static readonly TimeSpan BakeTolerance = TimeSpan.FromSeconds(30);

    /// <summary>What is wrong with the instance by its last response; <c>null</c> while nothing is.</summary>
    public static InstanceProblem? Problem(InstanceFacts facts, HealthRules rules, string? image) => facts.Evidence.Last switch
    {
        // Another machine has the lock, and gives it back in its time: a new machine would wait as long.
        ProbeResponse.Failed { OfMachine: true, Phase: BootPhase.Lock } => null,
        ProbeResponse.Failed { OfMachine: true } machine =>
            new InstanceProblem.Infrastructure($"machine: {machine.Reason}", MayBeRelease: MayBeImage(machine.Phase)),
        ProbeResponse.Failed app => new InstanceProblem.Application($"app: {app.Reason}"),
        ProbeResponse.Healthy other when other.Image != image =>
            new InstanceProblem.Application($"the instance runs {other.Image} and not {image}"),
        ProbeResponse.Preparing { Prepared: { } other } when other != image =>
            new InstanceProblem.Application($"the instance has prepared {other} and not {image}"),
        ProbeResponse.Healthy again when NeverStays(again, facts, rules) => new InstanceProblem.Application(
            $"app: healthy for {Duration.Of(again.For)} again, and never for {Duration.Of(rules.BakeTime)} on end"),
        ProbeResponse.Unhealthy unhealthy when IsTooLong(unhealthy, facts, rules) => new InstanceProblem.Application(Describe(unhealthy)),
        // The start comes after the wait for the lock, which may take long; the machine limits it by itself.
        ProbeResponse.Preparing { Phase: < BootPhase.Lock } preparing when facts.Age >= rules.MachineDeadline =>
            new InstanceProblem.Infrastructure(
                $"machine: {preparing.Describe()} {Duration.Of(facts.Age)} after its launch",
                MayBeRelease: MayBeImage(preparing.Phase)),
        ProbeResponse.Silent silent when facts.Age >= rules.MachineDeadline && facts.Evidence.IsSilent =>
            new InstanceProblem.Infrastructure(
                facts.HasRunApp ? $"{SilentAfterStart}: {silent.Why}" : $"silent: {silent.Why}", MayBeRelease: facts.HasRunApp),
        _ => null,
    };

    /// <summary>The deployment deadline counts from the release's first launch, so that what only flaps ends too.</summary>
    public static bool IsOverdue(InstanceFacts facts, HealthRules rules) => facts.Now - facts.FirstLaunch >= rules.DeploymentDeadline;

    // The phases in which the machine handles the image: what stops them may be the image's fault.
    private static bool MayBeImage(BootPhase? phase) => phase is BootPhase.Pull or BootPhase.Prepare;

    // It turns as often as it is probed, so that each probe finds it healthy. Who was healthy at the deadline is given the bake time.
    private static bool NeverStays(ProbeResponse.Healthy healthy, InstanceFacts facts, HealthRules rules) =>
        facts.Instance.IsInService
        && facts.Now - facts.FirstLaunch >= rules.DeploymentDeadline + rules.BakeTime
        && healthy.For < rules.BakeTime
        && facts.Now - facts.InServiceAt >= rules.HealthDeadline + rules.BakeTime;

    private static bool IsTooLong(ProbeResponse.Unhealthy unhealthy, InstanceFacts facts, HealthRules rules)
    {
        var overdue = IsOverdue(facts, rules);
        return (unhealthy.For >= Limit(unhealthy, facts, rules) && (overdue || !facts.WasDownBefore))
            || (overdue && HasFlapped(unhealthy) && unhealthy.RunsFor >= rules.HealthDeadline);
    }

    private static TimeSpan Limit(ProbeResponse.Unhealthy unhealthy, InstanceFacts facts, HealthRules rules)
    {
        var limit = unhealthy.Restarts > 0 ? rules.StartTime : rules.HealthDeadline;
        return facts.Instance.IsInService && BakeTolerance < limit ? BakeTolerance : limit;
    }

    private static bool HasFlapped(ProbeResponse.Unhealthy unhealthy) => unhealthy.Restarts > 0 || unhealthy.For < unhealthy.RunsFor;

    private static string Describe(ProbeResponse.Unhealthy unhealthy) =>
        unhealthy.LastEnd is { } end ? $"app: {end}" : $"app: not healthy for {Duration.Of(unhealthy.For)}";
}
