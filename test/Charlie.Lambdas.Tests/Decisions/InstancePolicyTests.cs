using Charlie.Lambdas.Decisions;
using static Charlie.Lambdas.Tests.Decisions.SmallRecords;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>
/// Every combination of the small facts about one instance, each decision checked against what must never be decided
/// wrongly, and every kind of decision seen.
/// </summary>
public sealed class InstancePolicyTests
{
    private static readonly DateTimeOffset Later = Arbitrary.Noon.AddHours(1);

    private static readonly ProbeResponse Healthy = Arbitrary.Healthy(Its, TimeSpan.FromSeconds(90));
    private static readonly ProbeResponse Silent = new ProbeResponse.Silent("no response");

    private static readonly Strategy[] Strategies =
        [new Strategy.Replace(), new Strategy.Rolling(50, 150, TimeSpan.FromSeconds(60))];

    private static readonly ProbeResponse[][] Responses =
    [
        [],
        [Healthy],
        [Healthy, Healthy, Healthy],
        [Arbitrary.Healthy(Its), Arbitrary.Healthy(Its), Arbitrary.Healthy(Its)],
        [Arbitrary.Healthy(Old)],
        [Arbitrary.Unhealthy(TimeSpan.FromSeconds(1))],
        [Arbitrary.Unhealthy(TimeSpan.FromSeconds(40), TimeSpan.FromMinutes(9))],
        [Arbitrary.Unhealthy(TimeSpan.FromSeconds(90), restarts: 2, lastEnd: "exited with 1")],
        [Arbitrary.Unhealthy(TimeSpan.FromMinutes(9))],
        [Silent, Silent],
        [Healthy, Silent, Silent],
        [new ProbeResponse.Failed(OfMachine: false, "no such file")],
        [new ProbeResponse.Failed(OfMachine: true, "no disk")],
        [new ProbeResponse.Failed(OfMachine: true, "no image", BootPhase.Pull)],
        .. Enum.GetValues<BootPhase>().Select(phase => (ProbeResponse[])[new ProbeResponse.Preparing(phase)]),
    ];

    private static readonly string[] States =
    [
        "Pending", "Pending:Wait", "Pending:Proceed", "InService", "Terminating", "Terminating:Wait", "Terminating:Proceed",
        "Terminated", "Standby", "Detached", "Warmed:Pending:Wait",
    ];

    [Fact]
    public void Any_combination_of_facts_breaks_no_rule_and_each_decision_is_reached()
    {
        var reached = new HashSet<Type>();
        foreach (var (facts, strategy) in Combinations())
        {
            var decision = InstancePolicy.Decide(facts, Arbitrary.Rules, strategy);
            reached.Add(decision.GetType());
            Check(facts, strategy, decision, () => $"{facts}, {facts.Evidence.Last}, {strategy}: {decision}");
        }

        // HandoverRulesTests has the other two.
        Assert.Equal(
            typeof(InstanceDecision).GetNestedTypes(System.Reflection.BindingFlags.NonPublic)
                .Except([typeof(InstanceDecision.HandOver), typeof(InstanceDecision.RemoveSurplus)])
                .ToHashSet(),
            reached);
    }

    [Fact]
    public void A_release_that_is_confirmed_or_has_no_fallback_is_never_rejected()
    {
        var rejections = 0;
        foreach (var (facts, strategy) in Combinations())
        {
            if (InstancePolicy.Decide(facts, Arbitrary.Rules, strategy) is InstanceDecision.RollBack rollBack)
            {
                rejections++;
                var release = facts.Records.Version(facts.Instance.Version)!.Release;
                Hold(!facts.Records.IsConfirmed(release), () => $"{facts} is confirmed");
                Hold(facts.Records.FallbackOf(release) == rollBack.Rejection.Fallback, () => $"{facts} has another fallback");
            }
        }

        Assert.NotEqual(0, rejections);
    }

    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(2, 3, false)]
    [InlineData(3, 3, true)]
    [InlineData(0, 0, false)]
    [InlineData(1, 0, true)]
    public void A_confirmation_needs_as_many_baked_instances_as_the_desired_capacity(int baked, int capacity, bool confirms) =>
        Assert.Equal(confirms, Decide(Baking with { Baked = baked, Capacity = capacity }) is InstanceDecision.Confirm);

    [Theory]
    [InlineData(90, 8, 10, false)]
    [InlineData(90, 9, 10, true)]
    [InlineData(90, 2, 3, false)]
    [InlineData(50, 2, 3, true)]
    [InlineData(0, 1, 10, true)]
    public void With_Rolling_a_confirmation_needs_the_share_that_stays_in_service(int minHealthy, int baked, int capacity, bool confirms)
    {
        var rolling = new Strategy.Rolling(minHealthy, 100, TimeSpan.FromSeconds(60));
        Assert.Equal(
            confirms, Decide(Baking with { Baked = baked, Capacity = capacity, Strategy = rolling }) is InstanceDecision.Confirm);
    }

    [Theory]
    [InlineData(60, 60, true)]
    [InlineData(59.999, 90, false)]
    [InlineData(90, 59.999, false)]
    public void An_instance_has_baked_after_the_lesser_of_its_times_in_service_and_healthy(double healthy, double inService, bool baked)
    {
        var instance = Baking with
        {
            Response = Arbitrary.Healthy(Its, TimeSpan.FromSeconds(healthy)),
            InServiceFor = TimeSpan.FromSeconds(inService),
        };
        Assert.Equal(baked, instance.Facts.HasBaked(Arbitrary.Rules));
        Assert.Equal(baked, Decide(instance) is InstanceDecision.Confirm);
    }

    [Fact]
    public void An_instance_has_not_baked_with_fewer_successes_or_outside_of_service()
    {
        Assert.False((Baking with { Probes = 2 }).Facts.HasBaked(Arbitrary.Rules));
        Assert.False((Baking with { State = "Pending:Wait" }).Facts.HasBaked(Arbitrary.Rules));
        Assert.False((Baking with { InServiceFor = null }).Facts.HasBaked(Arbitrary.Rules));
    }

    [Theory]
    [InlineData(50, 4, 2, true)]
    [InlineData(50, 4, 3, false)]
    [InlineData(90, 10, 1, true)]
    [InlineData(90, 10, 2, false)]
    [InlineData(90, 9, 1, false)]
    [InlineData(100, 10, 1, false)]
    public void A_single_sick_instance_of_many_is_replaced_alone(int minHealthy, int capacity, int sick, bool alone)
    {
        var instance = Sick with
        {
            Strategy = new Strategy.Rolling(minHealthy, 150, TimeSpan.FromSeconds(60)),
            Capacity = capacity,
            Serving = capacity,
            Sick = sick,
        };
        Assert.IsType(alone ? typeof(InstanceDecision.ReplaceAlone) : typeof(InstanceDecision.RollBack), Decide(instance));
    }

    [Fact]
    public void An_instance_that_is_replaced_alone_is_counted()
    {
        var attempts = Assert.IsType<InstanceDecision.ReplaceAlone>(Decide(OneOfFour)).Attempts;
        Assert.Equal((1, "app: no such file"), (attempts.Count, attempts.LastFailure));
        Assert.Equal(["i-1"], attempts.Instances);
    }

    [Fact]
    public void A_sick_instance_rejects_where_no_other_is_healthy_or_the_deployment_deadline_is_over()
    {
        Assert.IsType<InstanceDecision.ReplaceAlone>(Decide(OneOfFour));
        Assert.IsType<InstanceDecision.RollBack>(Decide(OneOfFour with { Serving = 1 }));
        Assert.IsType<InstanceDecision.ReplaceAlone>(Decide(OneOfFour with { TriedFor = TimeSpan.FromSeconds(1799.999) }));
        Assert.IsType<InstanceDecision.RollBack>(Decide(OneOfFour with { TriedFor = TimeSpan.FromSeconds(1800) }));
    }

    [Fact]
    public void Until_the_first_instance_is_in_service_one_failure_rejects()
    {
        var rolling = Sick with { Strategy = new Strategy.Rolling(50, 150, TimeSpan.FromSeconds(60)), Capacity = 4, Sick = 0 };
        Assert.IsType<InstanceDecision.RollBack>(Decide(rolling with { State = "Pending:Wait", InServiceFor = null }));
        Assert.IsType<InstanceDecision.RollBack>(Decide(Sick));
    }

    private static JudgedInstance Baking =>
        new(Healthy) { State = "InService", InServiceFor = TimeSpan.FromSeconds(90), Sick = 0 };

    private static JudgedInstance Sick =>
        new(new ProbeResponse.Failed(OfMachine: false, "no such file")) { State = "InService", InServiceFor = TimeSpan.FromSeconds(90) };

    private static JudgedInstance OneOfFour =>
        Sick with { Strategy = new Strategy.Rolling(50, 150, TimeSpan.FromSeconds(60)), Capacity = 4, Serving = 4, Sick = 1 };

    private static InstanceDecision Decide(JudgedInstance instance) => instance.Decide();

    private static void Check(InstanceFacts facts, Strategy strategy, InstanceDecision decision, Func<string> what)
    {
        var (state, records, evidence) = (facts.Instance.LifecycleState, facts.Records, facts.Evidence);
        var version = records.Version(facts.Instance.Version);
        var desired = DesiredRelease.Of(records).Release;
        var waiting = state == "Pending:Wait";
        if (decision.IsQuiet)
        {
            return;
        }

        Hold((waiting || state == "InService") && version is not null, what);
        Hold(version!.Release == desired || (waiting && decision is InstanceDecision.Supersede), what);
        Hold(evidence.Last is not ProbeResponse.Preparing { Phase: BootPhase.Lock }
            || decision is InstanceDecision.Supersede or InstanceDecision.RecordInService, what);
        var isConfirmed = records.IsConfirmed(version.Release);
        var fallback = isConfirmed ? null : records.FallbackOf(version.Release);
        switch (decision)
        {
            case InstanceDecision.Admit:
                Hold(waiting && evidence.ConsecutiveSuccesses >= 3 && evidence.Last is ProbeResponse.Healthy, what);
                break;
            case InstanceDecision.Confirm confirm:
                Hold(state == "InService" && !isConfirmed && facts.HasBaked(Arbitrary.Rules) && facts.BakedCount >= 1, what);
                Hold(confirm.Confirmation == new Confirmation(desired, version.Number, facts.Now), what);
                break;
            case InstanceDecision.RecordInService:
                Hold(state == "InService" && facts.InServiceAt is null && !isConfirmed, what);
                break;
            case InstanceDecision.Supersede supersede:
                Hold(version.Release != desired && supersede.IsRejected == version.Release > desired, what);
                break;
            case InstanceDecision.Retry retry:
                Hold(retry.Attempts.Release == desired && retry.Attempts.Instances.Contains("i-1") && retry.Attempts.Count > 0, what);
                Hold(evidence.Last is not (ProbeResponse.Healthy or ProbeResponse.Unhealthy), what);
                break;
            case InstanceDecision.Replace replace:
                Hold(fallback is null && replace.Replacement.Release == desired && replace.Replacement.LastAt == facts.Now, what);
                Hold(replace.Removes || strategy is Strategy.Rolling, what);
                Hold(evidence.Last is not (ProbeResponse.Silent or ProbeResponse.Preparing), what);
                break;
            case InstanceDecision.ReplaceAlone:
                Hold(strategy is Strategy.Rolling && state == "InService" && fallback is not null, what);
                break;
            case InstanceDecision.RollBack rollBack:
                Hold(fallback == rollBack.Rejection.Fallback && rollBack.Rejection.By == RejectedBy.Charlie, what);
                Hold(evidence.Last is not ProbeResponse.Preparing { Phase: BootPhase.Boot or BootPhase.Secrets }, what);
                CheckRejection(rollBack.Rejection, version.Release, records, what);
                break;
            default:
                Assert.Fail(what());
                break;
        }
    }

    private static IEnumerable<(InstanceFacts Facts, Strategy Strategy)> Combinations() =>
        from records in AllRecords()
        from state in States
        from version in new long?[] { 1, 2, 3, 4, 77, null }
        from responses in Responses
        from age in new[] { 100, 3000 }
        from inService in state == "InService" ? new DateTimeOffset?[] { null, Later.AddSeconds(-90) } : [null]
        from isOverdue in new[] { false, true }
        from strategy in Strategies
        select (
            new InstanceFacts(
                new GroupInstance("i-1", state, version), Later.AddSeconds(-age), inService, HasRunApp: responses.Length > 1,
                Evidence(responses), Later.AddSeconds(isOverdue ? -1800 : -900), Later.AddMinutes(-10), 2, records, Later)
            {
                BakedCount = 2,
                ServingCount = 2,
                SickCount = isOverdue ? 2 : 1,
            },
            strategy);

    private static IEnumerable<Records> AllRecords() =>
        from itsConfirmed in new[] { false, true }
        from oldConfirmed in new[] { false, true }
        from newer in new bool?[] { null, true, false }
        from tagged in new[] { false, true }
        select RecordsWith(itsConfirmed, oldConfirmed, newer, tagged);

    /// <param name="newer">Release 6.1: <c>false</c> where it is rejected, <c>null</c> where there is none.</param>
    /// <param name="tagged">Whether machines failed, one was replaced and the app was down before.</param>
    private static Records RecordsWith(bool itsConfirmed, bool oldConfirmed, bool? newer, bool tagged)
    {
        IRecordTag?[] tags =
        [
            oldConfirmed ? new Confirmation(Old, 2, Arbitrary.Noon) : null,
            itsConfirmed ? new Confirmation(Its, 3, Arbitrary.Noon) : null,
            newer == false ? Arbitrary.Rejection(New, Its, Arbitrary.Noon) : null,
            tagged ? new Attempts(Its, Arbitrary.Noon, 2, ["i-8", "i-9"], "silent after the app's start: no response") : null,
            tagged ? new Replacement(Its, 1, Later.AddMinutes(-9)) : null,
            tagged ? new DownSince(Later.AddMinutes(-11), 0, Later.AddMinutes(-11)) : null,
        ];
        ReleaseVersion[] versions = [Arbitrary.Version(1, Release.Base), Arbitrary.Version(2, Old), Arbitrary.Version(3, Its)];
        return tags.OfType<IRecordTag>().Aggregate(
            Records.Read([.. versions, .. newer is null ? [] : (ReleaseVersion[])[Arbitrary.Version(4, New)]], []),
            (records, tag) => records.With(tag));
    }

    // The first response came three minutes before the last.
    private static HealthEvidence Evidence(ProbeResponse[] responses) =>
        responses.Index().Aggregate(
            HealthEvidence.None,
            (evidence, probe) => evidence.Add(
                probe.Item, Arbitrary.Image(Its), probe.Index + 1 == responses.Length ? Later : Later.AddMinutes(-3)));
}
