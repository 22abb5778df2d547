using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>
/// Every combination of the small facts about one instance, each decision checked against what must never be decided
/// wrongly, and every kind of decision seen.
/// </summary>
public sealed class LifecycleDecisionTests
{
    private static readonly HealthRules Rules =
        new(3, TimeSpan.FromSeconds(300), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(1800));

    private static readonly Release Old = new(4, 1);
    private static readonly Release Its = new(5, 1);
    private static readonly Release New = new(6, 1);

    private static readonly ProbeAnswer Healthy = new ProbeAnswer.Healthy(Arbitrary.Image(Its));

    private static readonly (string Name, HealthEvidence Evidence)[] Evidences =
    [
        ("none", HealthEvidence.None),
        ("one proof", Gathered(Healthy)),
        ("proved", Gathered(Healthy, Healthy, Healthy)),
        ("proved, then missed once", Gathered(Healthy, Healthy, Healthy, new ProbeAnswer.NotYet("status 502"))),
        ("missed", Gathered(new ProbeAnswer.NotYet("status 502"), new ProbeAnswer.NotYet("status 502"), new ProbeAnswer.NotYet("status 502"))),
        ("proved, then missed", Gathered(Healthy, Healthy, Healthy, new ProbeAnswer.NotYet("no answer"), new ProbeAnswer.NotYet("no answer"), new ProbeAnswer.NotYet("no answer"))),
        ("other image", Gathered(new ProbeAnswer.Healthy(Arbitrary.Image(Old)))),
        ("app failed", Gathered(Healthy, Healthy, Healthy, new ProbeAnswer.Failed(false, "exited with 1"))),
        ("machine failed", Gathered(new ProbeAnswer.Failed(true, "registry away"))),
    ];

    private static readonly string[] States =
    [
        "Pending", "Pending:Wait", "Pending:Proceed", "InService", "Terminating", "Terminating:Wait", "Terminating:Proceed",
        "Terminated", "Standby", "Detached", "Warmed:Pending:Wait",
    ];

    [Fact]
    public void Every_combination_keeps_what_must_be_kept_and_every_decision_is_reached()
    {
        var reached = new HashSet<Type>();
        foreach (var (facts, name) in Combinations())
        {
            var decision = LifecycleDecision.Decide(facts, Rules);
            reached.Add(decision.GetType());
            Check(facts, decision, $"{name}: {decision}");
        }

        Assert.Equal(typeof(LifecycleDecision).GetNestedTypes(System.Reflection.BindingFlags.NonPublic).ToHashSet(), reached);
    }

    [Fact]
    public void An_app_that_comes_and_goes_is_given_up_when_the_deployment_is_over_and_a_steady_one_never()
    {
        var flapping = Gathered(Healthy, Healthy, new ProbeAnswer.NotYet("status 502"));
        Assert.IsType<LifecycleDecision.Wait>(LifecycleDecision.Decide(Facts(flapping, TimeSpan.FromSeconds(900)), Rules));
        Assert.IsType<LifecycleDecision.RollBack>(LifecycleDecision.Decide(Facts(flapping, TimeSpan.FromSeconds(1800)), Rules));
        Assert.IsType<LifecycleDecision.Continue>(LifecycleDecision.Decide(Facts(Gathered(Healthy, Healthy, Healthy), TimeSpan.FromSeconds(1800)), Rules));

        static LifecycleFacts Facts(HealthEvidence evidence, TimeSpan sinceLaunch) =>
            new(new GroupInstance("i-1", "Pending:Wait", 3), Arbitrary.Noon, null, evidence, 0, 1, RecordsWith(false, true, null, false), Arbitrary.Noon + sinceLaunch);
    }

    [Fact]
    public void A_confirmation_waits_for_as_many_proving_instances_as_the_group_shall_have()
    {
        var facts = new LifecycleFacts(
            new GroupInstance("i-1", "InService", 3), Arbitrary.Noon, Arbitrary.Noon, Gathered(Healthy, Healthy, Healthy), 2, 3,
            RecordsWith(false, true, null, false), Arbitrary.Noon.AddSeconds(60));
        Assert.IsType<LifecycleDecision.Wait>(LifecycleDecision.Decide(facts, Rules));
        Assert.IsType<LifecycleDecision.Confirm>(LifecycleDecision.Decide(facts with { Proving = 3 }, Rules));
        Assert.IsType<LifecycleDecision.Wait>(LifecycleDecision.Decide(facts with { DesiredCapacity = 0, Proving = 0 }, Rules));
    }

    [Fact]
    public void As_many_misses_as_proofs_end_it_at_the_deadline_and_not_a_moment_before()
    {
        var missed = new ProbeAnswer.NotYet("status 502");
        Assert.IsType<LifecycleDecision.Wait>(At(299.999, missed, missed, missed));
        Assert.IsType<LifecycleDecision.RollBack>(At(300, missed, missed, missed));
        Assert.IsType<LifecycleDecision.Wait>(At(300, missed, missed));

        static LifecycleDecision At(double seconds, params ProbeAnswer[] answers) =>
            LifecycleDecision.Decide(
                new LifecycleFacts(
                    new GroupInstance("i-1", "Pending:Wait", 3), Arbitrary.Noon, null, Gathered(answers), 0, 1,
                    RecordsWith(false, true, null, false), Arbitrary.Noon.AddSeconds(seconds)),
                Rules);
    }

    private static void Check(LifecycleFacts facts, LifecycleDecision decision, string what)
    {
        var (state, records, evidence) = (facts.Instance.LifecycleState, facts.Records, facts.Evidence);
        var version = records.Version(facts.Instance.Version);
        var target = Target.Of(records).Release;
        var waiting = state == "Pending:Wait";
        Assert.True(decision.IsQuiet || waiting || state == "InService", what);
        Assert.True(decision.IsQuiet || version is not null, what);
        switch (decision)
        {
            case LifecycleDecision.Continue:
                Assert.True(waiting && version!.Release == target && evidence.Proofs >= 3 && evidence.Last == Healthy, what);
                break;
            case LifecycleDecision.Confirm confirm:
                Assert.True(state == "InService" && version!.Release == target && evidence.Proofs >= 3, what);
                Assert.True(facts.Now - facts.InServiceAt >= Rules.BakeTime && facts.Proving >= 1, what);
                Assert.Equal((target, version.Number), (confirm.Mark.Release, confirm.Mark.Version));
                break;
            case LifecycleDecision.RecordInService:
                Assert.True(state == "InService" && facts.InServiceAt is null, what);
                break;
            case LifecycleDecision.Supersede supersede:
                Assert.True(waiting && version!.Release != target && supersede.Rejected == version.Release > target, what);
                break;
            case LifecycleDecision.RollBack rollBack:
                Assert.True(version!.Release == target && !records.IsConfirmed(target), what);
                Assert.True(rollBack.Floor.Rejects(target) && rollBack.Floor.From == target, what);
                Assert.True(records.IsConfirmed(rollBack.Floor.GoBackTo), what);
                Assert.Equal(rollBack.Floor.GoBackTo, Target.Of(records.With(rollBack.Floor)).Release);
                break;
            case LifecycleDecision.Fail:
                Assert.True(records.IsConfirmed(target) ? waiting : records.GoBackFrom(target) is null, what);
                break;
            case LifecycleDecision.Retry:
                Assert.True(evidence.Last is ProbeAnswer.Failed { OfMachine: true }, what);
                break;
        }

        // What proves itself is never given up, whatever the clock says.
        if (version?.Release == Its && Its == target && evidence.Last == Healthy)
        {
            Assert.False(decision is LifecycleDecision.Fail or LifecycleDecision.RollBack or LifecycleDecision.Retry, what);
        }
    }

    private static IEnumerable<(LifecycleFacts Facts, string Name)> Combinations() =>
        from state in States
        from version in new long?[] { null, 1, 2, 3, 4, 77 }
        from itsConfirmed in new[] { false, true }
        from oldConfirmed in new[] { false, true }
        from newer in new bool?[] { null, false, true }
        from floor in new[] { false, true }
        from evidence in Evidences
        from sinceLaunch in new TimeSpan?[] { null, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(300), TimeSpan.FromSeconds(2000) }
        from inService in new TimeSpan?[] { null, TimeSpan.FromSeconds(59), TimeSpan.FromSeconds(60) }
        let now = Arbitrary.Noon.AddSeconds(3600)
        let records = RecordsWith(itsConfirmed, oldConfirmed, newer, floor)
        let facts = new LifecycleFacts(
            new GroupInstance("i-1", state, version), now - sinceLaunch, now - inService, evidence.Evidence,
            evidence.Evidence.Proofs >= 3 ? 1 : 0, 1, Pushed(records, now - (sinceLaunch ?? TimeSpan.Zero)), now)
        select (facts, $"{state}, version {version}, confirmed {itsConfirmed}/{oldConfirmed}, newer {newer}, floor {floor}, {evidence.Name}, {sinceLaunch} after launch, {inService} in service");

    /// <param name="newer">A newer release: none, one that a floor rejects, or one that stands.</param>
    private static Records RecordsWith(bool itsConfirmed, bool oldConfirmed, bool? newer, bool floor)
    {
        var versions = new List<ReleaseVersion> { Arbitrary.Version(1, Release.Base), Arbitrary.Version(2, Old), Arbitrary.Version(3, Its) };
        var floors = new List<Floor>();
        if (newer is { } stands)
        {
            versions.Add(Arbitrary.Version(4, New));
            if (!stands)
            {
                floors.Add(new Floor(New, Its, New, Arbitrary.Noon, "charlie: app"));
            }
        }

        if (floor)
        {
            floors.Add(new Floor(Old, Release.Base, Old, Arbitrary.Noon, "charlie: app"));
        }

        return new Records(
            [.. versions],
            [
                .. itsConfirmed ? new[] { new ConfirmedMark(Its, 3, Arbitrary.Noon) } : [],
                .. oldConfirmed ? new[] { new ConfirmedMark(Old, 2, Arbitrary.Noon) } : [],
            ],
            [.. floors],
            []);
    }

    private static Records Pushed(Records records, DateTimeOffset at) =>
        records with { Versions = [.. records.Versions.Select(version => version with { PushedAt = version.IsBase ? null : at })] };

    private static HealthEvidence Gathered(params ProbeAnswer[] answers) =>
        answers.Aggregate(HealthEvidence.None, (evidence, answer) => evidence.Add(answer, Arbitrary.Image(Its), Arbitrary.Noon));
}
