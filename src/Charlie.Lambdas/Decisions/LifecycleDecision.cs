namespace Charlie.Lambdas.Decisions;

/// <summary>What Lifecycle does about one instance.</summary>
internal abstract record LifecycleDecision
{
    private LifecycleDecision()
    {
    }

    /// <summary>The instance is not Lifecycle's to judge: not, or no longer.</summary>
    internal sealed record NothingToDo(string Why) : LifecycleDecision;

    /// <summary>Probe again.</summary>
    internal sealed record Wait(string Why) : LifecycleDecision;

    /// <summary>Write down that the instance went in service; the bake counts from there.</summary>
    internal sealed record RecordInService : LifecycleDecision;

    /// <summary>CONTINUE: the instance proved itself.</summary>
    internal sealed record Continue : LifecycleDecision;

    /// <summary>Write the confirmed mark.</summary>
    internal sealed record Confirm(ConfirmedMark Mark) : LifecycleDecision;

    /// <summary>ABANDON: another release should run. <paramref name="Rejected"/>: it was rolled back, and that was told.</summary>
    internal sealed record Supersede(Release Target, bool Rejected) : LifecycleDecision;

    /// <summary>ABANDON or terminate for the machine's fault; the release stands.</summary>
    internal sealed record Retry(string Reason) : LifecycleDecision;

    /// <summary>ABANDON or terminate with nothing to go back to; the group tries again.</summary>
    internal sealed record Fail(string Reason) : LifecycleDecision;

    /// <summary>First the floor, then ABANDON or terminate.</summary>
    internal sealed record RollBack(Floor Floor, string Reason) : LifecycleDecision;

    /// <summary>Ends nothing and changes nothing.</summary>
    public bool IsQuiet => this is NothingToDo or Wait;

    /// <summary>Ends an instance's wait, the instance or its release: decided only from records that were read for it.</summary>
    public bool LetsInOrOut => !IsQuiet && this is not RecordInService;

    public static LifecycleDecision Decide(LifecycleFacts facts, HealthRules rules)
    {
        var (instance, records) = (facts.Instance, facts.Records);
        if (!instance.IsOnItsWay && !instance.IsInService)
        {
            return new NothingToDo($"the instance is {instance.LifecycleState}");
        }

        if (records.Version(instance.Version) is not { } version)
        {
            return new Wait("the instance's launch template version is not to be read yet");
        }

        var target = Target.Of(records);
        var confirmed = records.IsConfirmed(target.Release);
        if (version.Release != target.Release)
        {
            return instance.IsWaitingAtLaunch
                ? new Supersede(target.Release, Rejected: version.Release > target.Release)
                : new NothingToDo($"release {target.Release} should run; Refresh replaces what is in service");
        }

        return (instance.IsWaitingAtLaunch, instance.IsInService) switch
        {
            (false, true) when confirmed => new NothingToDo("the release is confirmed"),
            (false, true) when facts.InServiceAt is null => new RecordInService(),
            (false, false) => new Wait($"the instance is {instance.LifecycleState}"),
            _ => Judge(facts, rules, version, confirmed),
        };
    }

    private static LifecycleDecision Judge(LifecycleFacts facts, HealthRules rules, ReleaseVersion version, bool confirmed)
    {
        var evidence = facts.Evidence;
        var proved = evidence.Proofs >= rules.Successes;
        switch (evidence.Last)
        {
            case ProbeAnswer.Failed { OfMachine: true } machine when confirmed || !IsOver(version, rules, facts.Now):
                return new Retry($"machine: {machine.Reason}");
            case ProbeAnswer.Failed { OfMachine: true } machine:
                return Reject(facts, version, confirmed, $"no machine could run it until {rules.DeploymentDeadline} after the push: {machine.Reason}");
            case ProbeAnswer.Failed app:
                return Reject(facts, version, confirmed, $"app: {app.Reason}");
            case ProbeAnswer.Healthy other when other.Image != version.Image:
                return Reject(facts, version, confirmed, $"the instance runs {other.Image} and not {version.Image}");
        }

        if (!proved && IsLate(facts, rules, version))
        {
            return Reject(facts, version, confirmed, $"not healthy {rules.HealthDeadline} after launch: {Describe(evidence.Last)}");
        }

        if (!proved)
        {
            return new Wait(Describe(evidence.Last));
        }

        if (facts.Instance.IsWaitingAtLaunch)
        {
            return new Continue();
        }

        return facts.Now - facts.InServiceAt >= rules.BakeTime && facts.Proving >= Math.Max(1, facts.DesiredCapacity)
            ? new Confirm(new ConfirmedMark(version.Release, version.Number, facts.Now))
            : new Wait("the bake time is not over");
    }

    // One missed probe of a proved app is not the end of it, so as many must miss as prove. An app that comes and goes
    // never gets that far: for it the deployment's own deadline counts.
    private static bool IsLate(LifecycleFacts facts, HealthRules rules, ReleaseVersion version) =>
        facts.Now - facts.LaunchedAt >= rules.HealthDeadline
        && (facts.Evidence.Misses >= rules.Successes || (facts.Evidence.Misses > 0 && IsOver(version, rules, facts.Now)));

    private static bool IsOver(ReleaseVersion version, HealthRules rules, DateTimeOffset now) =>
        now - version.PushedAt >= rules.DeploymentDeadline;

    private static LifecycleDecision Reject(LifecycleFacts facts, ReleaseVersion version, bool confirmed, string reason) =>
        !confirmed && facts.Records.GoBackFrom(version.Release) is { } goBackTo
            ? new RollBack(facts.Records.RaiseFloor(version.Release, goBackTo, facts.Now, $"charlie: {reason}"), reason)
            : new Fail(reason);

    private static string Describe(ProbeAnswer? answer) => answer switch
    {
        ProbeAnswer.NotYet notYet => notYet.Why,
        ProbeAnswer.Healthy => "healthy, but not often enough in a row yet",
        _ => "not probed yet",
    };
}
