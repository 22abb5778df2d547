using System.Collections.Immutable;
using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>What is executed together on one reading of the records.</summary>
public sealed class InstanceJudgementTests
{
    private static readonly Rejection Rejection = Arbitrary.Rejection(new Release(5, 1), new Release(4, 1), Arbitrary.Noon);

    private static readonly PolicySettings Replace = new(false, new Strategy.Replace(), Arbitrary.Rules);

    private static readonly InstanceDecision Quiet = new InstanceDecision.Wait("");
    private static readonly InstanceDecision Entered = new InstanceDecision.RecordInService();
    private static readonly InstanceDecision Admitted = new InstanceDecision.Admit();
    private static readonly InstanceDecision Confirmed =
        new InstanceDecision.Confirm(new Confirmation(new Release(5, 1), 3, Arbitrary.Noon));
    private static readonly InstanceDecision Sick =
        new InstanceDecision.Replace("app", new Replacement(new Release(5, 1), 1, Arbitrary.Noon), Removes: true);
    private static readonly InstanceDecision Rejected = new InstanceDecision.RollBack(Rejection);

    [Fact]
    public void A_final_outcome_is_executed_alone_and_a_rejection_first()
    {
        Assert.Equal([Rejected], Chosen(Quiet, Admitted, Confirmed, Entered, Rejected, Rejected));
        Assert.Equal([Confirmed], Chosen(Quiet, Admitted, Confirmed, Entered));
    }

    [Fact]
    public void Instances_in_service_are_recorded_before_any_is_admitted()
    {
        Assert.Equal([Entered, Entered], Chosen(Admitted, Entered, Quiet, Entered));
        Assert.Equal([Admitted, Admitted], Chosen(Admitted, Quiet, Admitted));
        Assert.Empty(Chosen(Quiet, new InstanceDecision.NothingToDo("")));
    }

    [Theory]
    [InlineData(90, 10, 1)]
    [InlineData(50, 10, 5)]
    [InlineData(100, 10, 1)]
    [InlineData(50, 3, 1)]
    public void Of_sick_instances_no_more_go_at_once_than_may_be_missing(int minHealthy, int capacity, int goes)
    {
        var sick = Enumerable.Range(0, 10).Select(number => Of(Sick, number, capacity)).ToArray();
        var rolling = new Strategy.Rolling(minHealthy, 150, TimeSpan.FromSeconds(60));
        Assert.Equal(sick.Take(goes), InstanceJudgement.ToExecute(sick, rolling));
        Assert.Equal(sick.Take(1), InstanceJudgement.ToExecute(sick, Replace.Strategy));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    public void What_was_found_before_an_instance_went_in_service_does_not_count_there(int probedAfter, bool isRejected)
    {
        var (old, its) = (new Release(4, 1), new Release(5, 1));
        var records = Records.Read([Arbitrary.Version(2, old), Arbitrary.Version(3, its)], [])
            .With(new Confirmation(old, 2, Arbitrary.Noon.AddHours(-1)));
        var details = new InstanceDetails("i-1", null, Arbitrary.Noon.AddMinutes(-15), InServiceAt: Arbitrary.Noon);
        var snapshot = (Arbitrary.Snapshot(records, new Group("charlie", 1, 3, [new("i-1", "InService", 3)])) with
        {
            Details = ImmutableDictionary<string, InstanceDetails>.Empty.Add("i-1", details),
        })
            .After([new ProbeResult("i-1", Arbitrary.Unhealthy(TimeSpan.FromSeconds(87)), Arbitrary.Noon.AddSeconds(probedAfter))]);

        var decision = Assert.Single(InstanceJudgement.Of(snapshot, Replace, Arbitrary.Noon.AddSeconds(20))).Decision;
        Assert.Equal(isRejected, decision is InstanceDecision.RollBack);
        Assert.Equal(!isRejected, decision is InstanceDecision.Wait);
    }

    [Fact]
    public void Sick_instances_are_those_with_an_application_failure()
    {
        var its = new Release(5, 1);
        var records = Records.Read([Arbitrary.Version(3, its)], []).With(new Confirmation(its, 3, Arbitrary.Noon));
        var group = new Group("charlie", 3, 3, [new("i-1", "InService", 3), new("i-2", "InService", 3), new("i-3", "InService", 3)]);
        var snapshot = Arbitrary.Snapshot(records, group).After(
        [
            new ProbeResult("i-1", Arbitrary.Unhealthy(TimeSpan.FromMinutes(3)), Arbitrary.Noon),
            new ProbeResult("i-2", new ProbeResponse.Failed(OfMachine: true, "no disk"), Arbitrary.Noon),
            new ProbeResult("i-3", Healthy(90), Arbitrary.Noon),
        ]);
        Assert.All(
            InstanceJudgement.Of(snapshot, Replace, Arbitrary.Noon),
            judgement => Assert.Equal((3, 1), (judgement.Facts.ServingCount, judgement.Facts.SickCount)));
    }

    [Fact]
    public void At_most_twenty_are_executed_together()
    {
        var judgements = Enumerable.Range(0, 50).Select(number => Of(Admitted, number)).ToArray();
        Assert.Equal(judgements.Take(20), InstanceJudgement.ToExecute(judgements, Replace.Strategy));
    }

    [Fact]
    public void Each_instance_is_judged_with_its_details_and_evidence()
    {
        var (old, its) = (new Release(4, 1), new Release(5, 1));
        var records = new Records([Arbitrary.Version(2, old), Arbitrary.Version(3, its)], [], [], []);
        var group = new Group(
            "charlie", 2, 3,
            [new("i-1", "InService", 3), new("i-2", "Pending:Wait", 3), new("i-3", "InService", 2), new("i-4", "InService", 3)]);
        var details = new InstanceDetails("i-1", null, Arbitrary.Noon, Arbitrary.Noon.AddMinutes(1), HasRunApp: true);
        var now = Arbitrary.Noon.AddHours(1);
        var healthy = Arbitrary.Evidence(its, now, Healthy(90), Healthy(90), Healthy(90));
        var snapshot = Arbitrary.Snapshot(records, group);
        snapshot = snapshot with
        {
            Details = snapshot.Details.Add("i-1", details),
            Evidence = snapshot.Evidence.Add("i-1", healthy).Add("i-2", healthy).Add("i-3", healthy),
        };
        var judged = InstanceJudgement.Of(snapshot, Replace, now);
        Assert.Equal(["i-1", "i-2", "i-3", "i-4"], judged.Select(judgement => judgement.InstanceId));
        var facts = Arbitrary.Facts(group.Instances[0], snapshot.Records, now) with
        {
            LaunchedAt = Arbitrary.Noon,
            InServiceAt = Arbitrary.Noon.AddMinutes(1),
            HasRunApp = true,
            Evidence = healthy,
            FirstLaunch = Arbitrary.Noon,
            DesiredSince = Arbitrary.Noon,
            DesiredCapacity = 2,
            BakedCount = 1,
            ServingCount = 2,
        };
        Assert.Equal(facts, judged[0].Facts);
        Assert.Equal(
            facts with
            {
                Instance = group.Instances[3],
                LaunchedAt = null,
                InServiceAt = null,
                HasRunApp = false,
                Evidence = HealthEvidence.None,
            },
            judged[3].Facts);
        Assert.Equal(
            [typeof(InstanceDecision.Wait), typeof(InstanceDecision.Admit), typeof(InstanceDecision.NothingToDo),
                typeof(InstanceDecision.RecordInService)],
            judged.Select(judgement => judgement.Decision.GetType()));
    }

    private static IEnumerable<InstanceDecision> Chosen(params InstanceDecision[] decisions) =>
        InstanceJudgement.ToExecute(decisions.Select((decision, number) => Of(decision, number)), Replace.Strategy)
            .Select(judgement => judgement.Decision);

    private static InstanceJudgement Of(InstanceDecision decision, int number, int capacity = 1) =>
        new(Arbitrary.Facts(new GroupInstance($"i-{number}", "Pending:Wait", 3)) with { DesiredCapacity = capacity }, decision);

    private static ProbeResponse.Healthy Healthy(int seconds) => Arbitrary.Healthy(new Release(5, 1), TimeSpan.FromSeconds(seconds));
}
