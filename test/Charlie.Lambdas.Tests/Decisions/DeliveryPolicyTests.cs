using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>What is recorded of a delivered report.</summary>
public sealed class DeliveryPolicyTests
{
    private static readonly Release Its = new(5, 1);

    private static readonly Records Records =
        new([Arbitrary.Version(3, Its)], [new Confirmation(Its, 3, Arbitrary.Noon)], [], []);

    private static readonly ReportedOutcome Reported = new(Its, FinalOutcomeKind.Confirmed, Arbitrary.Noon);

    [Fact]
    public void A_report_of_the_last_outcome_is_recorded_once()
    {
        var result = new RunResult.NothingToDo("recorded delivery of the Confirmed report for release 5.1");
        Assert.Equal((new AwsAction.RecordReported(Reported), result), DeliveryPolicy.Decide(Reported, Records));
        Assert.Equal((null, result), DeliveryPolicy.Decide(Reported, Records.With(Reported)));
    }

    [Fact]
    public void A_report_of_an_overruled_confirmation_makes_the_rollback_be_reported_once_more()
    {
        var rejection = Arbitrary.Rejection(Its, new Release(4, 1), Arbitrary.Noon.AddSeconds(-1));
        var records = Records.With(rejection).With(new ReportedOutcome(Its, FinalOutcomeKind.RolledBack, Arbitrary.Noon));
        Assert.Null(FinalOutcome.ToReportAgain(records, Arbitrary.Noon.AddHours(1)));
        var result = new RunResult.NothingToDo("the Confirmed report for release 5.1 was overruled by a rejection");
        Assert.Equal((new AwsAction.RecordReported(Reported), result), DeliveryPolicy.Decide(Reported, records));
        var after = records.With(Reported);
        Assert.Equal((null, result), DeliveryPolicy.Decide(Reported, after));
        Assert.Equal(FinalOutcomeKind.RolledBack, FinalOutcome.ToReportAgain(after, Arbitrary.Noon.AddHours(1))!.Kind);
        Assert.NotNull(DeliveryPolicy.Decide(new ReportedOutcome(Its, FinalOutcomeKind.RolledBack, Arbitrary.Noon), after).Action);
    }

    [Fact]
    public void A_report_of_any_other_outcome_is_not_recorded()
    {
        var rejected = Records.With(Arbitrary.Rejection(Its, new Release(4, 1), Arbitrary.Noon.AddHours(1)));
        Assert.Equal(
            (null, new RunResult.NothingToDo("Confirmed is not the last final outcome of release 5.1")),
                DeliveryPolicy.Decide(Reported, rejected));
        Assert.Null(DeliveryPolicy.Decide(Reported with { At = Arbitrary.Noon.AddSeconds(1) }, Records).Action);
        Assert.Null(DeliveryPolicy.Decide(Reported with { Kind = FinalOutcomeKind.RolledBack }, Records).Action);
        Assert.Null(DeliveryPolicy.Decide(Reported with { Release = new Release(4, 1) }, Records).Action);
    }
}
