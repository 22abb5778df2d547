using Charlie.Lambdas.Decisions;
using static Charlie.Lambdas.Tests.Decisions.PruningTests;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>In which order record tags are deleted, and which are never.</summary>
public sealed class PruningOrderTests
{
    [Fact]
    public void Counts_of_other_releases_are_deleted_first()
    {
        var (old, desired) = (new Release(2, 1), new Release(3, 1));
        var records = Confirmed(3)
            .With(new Attempts(desired, Arbitrary.Noon, 1, ["i-1"], "silent")).With(new Replacement(desired, 1, Arbitrary.Noon))
            .With(new Attempts(old, Arbitrary.Noon, 1, ["i-1"], "silent")).With(new Replacement(old, 1, Arbitrary.Noon));
        Assert.Equal(
            ["charlie:attempts:2.1", "charlie:replaced:2.1", "charlie:confirmed:1.1", "charlie:reported:1.1", "-"], Order(records));
    }

    [Fact]
    public void Reported_outcomes_are_deleted_before_unreported_ones()
    {
        var records = Confirmed(4);
        records = records.Without(["charlie:reported:1.1"]);
        Assert.Equal(
            ["charlie:confirmed:2.1", "charlie:reported:2.1", "charlie:confirmed:1.1", "-"], Order(records));
    }

    [Fact]
    public void A_rejection_is_deleted_after_the_confirmations_in_its_range()
    {
        var records = Confirmed(9).Without(["charlie:reported:4.1", "charlie:confirmed:5.1"])
            .With(Arbitrary.Rejection(new Release(5, 1), new Release(3, 1), Arbitrary.Noon.AddHours(5)));
        records = records.With(new ReportedOutcome(new Release(5, 1), FinalOutcomeKind.RolledBack, Arbitrary.Noon.AddHours(5)))
            .With(Arbitrary.Rejection(new Release(9, 1), new Release(8, 1), Arbitrary.Noon.AddHours(10)));
        var order = Order(records);
        Assert.True(order.IndexOf("charlie:rejected:5.1:3.1") > order.IndexOf("charlie:confirmed:4.1"));
        Assert.DoesNotContain("charlie:rejected:9.1:8.1", order);
        Assert.DoesNotContain("charlie:confirmed:8.1", order);
    }

    [Fact]
    public void A_confirmation_that_a_rejection_overruled_is_deleted()
    {
        var records = Confirmed(2).Without(["charlie:confirmed:2.1", "charlie:reported:2.1"])
            .With(Arbitrary.Rejection(new Release(3, 1), new Release(1, 1), Arbitrary.Noon.AddHours(5)))
            .With(new Confirmation(new Release(2, 1), 3, Arbitrary.Noon.AddHours(6)));
        Assert.Equal(["charlie:confirmed:2.1", "-"], Order(records));
    }

    [Fact]
    public void Of_overruled_confirmations_the_oldest_goes_first_and_one_whose_rollback_is_not_reported_stays()
    {
        var records = Confirmed(1)
            .With(Arbitrary.Version(3, new Release(2, 1))).With(Arbitrary.Version(4, new Release(3, 1)))
            .With(Arbitrary.Rejection(new Release(2, 1), new Release(1, 1), Arbitrary.Noon.AddHours(5)))
            .With(Arbitrary.Rejection(new Release(3, 1), new Release(1, 1), Arbitrary.Noon.AddHours(6)))
            .With(new Confirmation(new Release(3, 1), 4, Arbitrary.Noon.AddHours(8)))
            .With(new Confirmation(new Release(2, 1), 3, Arbitrary.Noon.AddHours(7)));
        DateTimeOffset At(int release) =>
            FinalOutcome.Of(records).First(outcome => outcome.Release == new Release(release, 1)).At;
        var second = new ReportedOutcome(new Release(2, 1), FinalOutcomeKind.RolledBack, At(2));
        Assert.Equal("charlie:confirmed:2.1", Order(records.With(second))[0]);
        Assert.DoesNotContain("charlie:confirmed:3.1", Order(records.With(second)).Take(2));
        var both = records.With(second).With(new ReportedOutcome(new Release(3, 1), FinalOutcomeKind.RolledBack, At(3)));
        Assert.Equal(["charlie:confirmed:2.1", "charlie:confirmed:3.1"], Order(both).Take(2));
    }

    [Fact]
    public void What_was_reported_of_a_release_without_an_outcome_goes_first()
    {
        var records = Confirmed(2).With(Arbitrary.Version(9, new Release(8, 1)))
            .With(Arbitrary.Rejection(new Release(8, 1), new Release(2, 1), Arbitrary.Noon.AddHours(5)))
            .With(new ReportedOutcome(new Release(7, 1), FinalOutcomeKind.RolledBack, Arbitrary.Noon));
        Assert.Equal("charlie:reported:7.1", Order(records)[0]);
    }

    [Fact]
    public void Holds_that_ended_go_last_unless_they_tell_since_when_the_release_is_the_desired_one()
    {
        var end = Arbitrary.Noon.AddHours(20);
        var records = Confirmed(3)
            .With(new Hold(Holder.Operator, new Release(3, 1), Arbitrary.Noon, end, "elections"))
            .With(new Hold(Holder.Window, new Release(2, 1), Arbitrary.Noon, end, "the market is open"));
        records = records with { ReadAt = end };
        Assert.Equal(["charlie:hold:operator", "-"], Order(records)[^2..]);
        Assert.DoesNotContain("charlie:hold:window", Order(records));
        Assert.Equal("charlie:reported:1.1", Order(records)[^3]);
        Assert.DoesNotContain("charlie:hold:operator", Order(records with { ReadAt = end.AddSeconds(-1) }));
    }

    /// <summary>The keys in the order in which they are deleted; <c>-</c> stands for: no more.</summary>
    private static List<string> Order(Records records)
    {
        var order = new List<string>();
        while (Pruning.NextTags(records) is { IsEmpty: false } keys)
        {
            order.AddRange(keys);
            records = records.Without(keys);
        }

        return [.. order, "-"];
    }
}
