using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>The final outcome that the record tags tell, and whether its report may not have been delivered.</summary>
public sealed class FinalOutcomeTests
{
    private static readonly Release Its = new(5, 1);
    private static readonly Release Before = new(4, 1);
    private static readonly DateTimeOffset Later = Arbitrary.Noon.AddMinutes(10);

    private static readonly Records Confirmed = Read(new Confirmation(Its, 3, Arbitrary.Noon));
    private static readonly Rejection RolledBack =
        new(Its, Before, Its, Arbitrary.Noon.AddMinutes(5), RejectedBy.Operator, "orders rejected");

    [Fact]
    public void The_last_outcome_of_a_release_counts()
    {
        Assert.Equal(FinalOutcomeKind.Confirmed, Assert.Single(FinalOutcome.Of(Confirmed)).Kind);
        var outcome = Assert.Single(FinalOutcome.Of(Confirmed.With(RolledBack)));
        Assert.Equal((Its, FinalOutcomeKind.RolledBack, RolledBack.At), (outcome.Release, outcome.Kind, outcome.At));
    }

    [Fact]
    public void An_outcome_is_reported_again_until_its_own_delivery_is_recorded()
    {
        Assert.Equal(Its, FinalOutcome.ToReportAgain(Confirmed, Later)!.Release);
        var reported = Confirmed with { Reported = [new ReportedOutcome(Its, FinalOutcomeKind.Confirmed, Arbitrary.Noon)] };
        Assert.Null(FinalOutcome.ToReportAgain(reported, Later));
        Assert.Equal(FinalOutcomeKind.RolledBack, FinalOutcome.ToReportAgain(reported.With(RolledBack), Later)!.Kind);
    }

    [Fact]
    public void A_fresh_outcome_may_be_on_its_way_unless_Refresh_wrote_it()
    {
        Assert.Null(FinalOutcome.ToReportAgain(Confirmed, Arbitrary.Noon.AddSeconds(30)));
        Assert.Equal(FinalOutcomeKind.RolledBack,
            FinalOutcome.ToReportAgain(Confirmed.With(RolledBack), RolledBack.At.AddSeconds(1))!.Kind);
        Assert.Equal(
            FinalOutcomeKind.RolledBack,
            FinalOutcome.ToReportAgain(Confirmed.With(RolledBack with { By = RejectedBy.Group }), RolledBack.At.AddSeconds(1))!.Kind);
        Assert.Null(FinalOutcome.ToReportAgain(Confirmed.With(RolledBack with { By = RejectedBy.Charlie }), RolledBack.At.AddSeconds(1)));
    }

    [Fact]
    public void The_oldest_unreported_outcome_comes_first_after_two_minutes()
    {
        var two = Confirmed with
        {
            Confirmations =
            [new Confirmation(Its, 3, Arbitrary.Noon), new Confirmation(Before, 2, Arbitrary.Noon.AddSeconds(-1))]
        };
        Assert.Equal(Before, FinalOutcome.ToReportAgain(two, Later)!.Release);
        Assert.Null(FinalOutcome.ToReportAgain(Confirmed, Arbitrary.Noon.AddSeconds(119.999)));
        Assert.NotNull(FinalOutcome.ToReportAgain(Confirmed, Arbitrary.Noon.AddSeconds(120)));
    }

    [Fact]
    public void Only_the_same_outcome_counts_as_reported()
    {
        var outcome = FinalOutcome.Of(Confirmed).Single();
        Assert.True(outcome.IsReported(
            Confirmed with { Reported = [new ReportedOutcome(Its, FinalOutcomeKind.Confirmed, Arbitrary.Noon)] }));
        Assert.False(
            outcome.IsReported(Confirmed with { Reported = [new ReportedOutcome(Before, FinalOutcomeKind.Confirmed, Arbitrary.Noon)] }));
        Assert.False(
            outcome.IsReported(Confirmed with { Reported = [new ReportedOutcome(Its, FinalOutcomeKind.RolledBack, Arbitrary.Noon)] }));
        Assert.False(outcome.IsReported(
            Confirmed with { Reported = [new ReportedOutcome(Its, FinalOutcomeKind.Confirmed, Arbitrary.Noon.AddTicks(-1))] }));
    }

    [Fact]
    public void A_rollback_whose_confirmation_came_late_is_told_after_it_whatever_was_delivered()
    {
        var rejection = RolledBack with { At = Arbitrary.Noon.AddSeconds(-2) };
        var told = new ReportedOutcome(Its, FinalOutcomeKind.RolledBack, rejection.At);
        var records = Confirmed.With(rejection).With(told);
        var outcome = FinalOutcome.ToReportAgain(records, Arbitrary.Noon)!;
        Assert.Equal((FinalOutcomeKind.RolledBack, Arbitrary.Noon, rejection), (outcome.Kind, outcome.At, outcome.Rejection));
        var toldAgain = records.With(told with { At = outcome.At });
        Assert.Null(FinalOutcome.ToReportAgain(toldAgain, Later));

        // Nor once the confirmation is deleted.
        Assert.Null(FinalOutcome.ToReportAgain(toldAgain.Without([Confirmed.Confirmations[0].Key]), Later));
    }

    [Fact]
    public void Of_two_rollbacks_before_a_late_confirmation_the_newest_counts()
    {
        var older = RolledBack with { At = Arbitrary.Noon.AddSeconds(-2) };
        var newer = older with { At = Arbitrary.Noon.AddSeconds(-1), Fallback = Release.Base };
        Assert.Equal(newer, FinalOutcome.Of(Confirmed.With(newer).With(older)).Single().Rejection);
    }

    private static Records Read(Confirmation tag) =>
        Records.Read([Arbitrary.Version(1, Release.Base), Arbitrary.Version(2, Before), Arbitrary.Version(3, Its)],
            [KeyValuePair.Create(tag.Key, tag.Value)]);
}
