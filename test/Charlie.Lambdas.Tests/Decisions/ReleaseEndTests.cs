using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>Which end the marks tell, and whether people may not have heard of it.</summary>
public sealed class ReleaseEndTests
{
    private static readonly Release Its = new(5, 1);
    private static readonly Release Before = new(4, 1);
    private static readonly DateTimeOffset Later = Arbitrary.Noon.AddMinutes(10);

    private static readonly Records Confirmed = Read(new ConfirmedMark(Its, 3, Arbitrary.Noon));
    private static readonly Floor RolledBack = new(Its, Before, Its, Arbitrary.Noon.AddMinutes(5), "operator: orders rejected");

    [Fact]
    public void The_last_end_of_a_release_counts()
    {
        Assert.Equal(EndKind.Confirmed, Assert.Single(ReleaseEnd.Of(Confirmed)).Kind);
        var end = Assert.Single(ReleaseEnd.Of(Confirmed.With(RolledBack)));
        Assert.Equal((Its, EndKind.RolledBack, RolledBack.At), (end.Release, end.Kind, end.At));
    }

    [Fact]
    public void An_end_is_reported_again_until_this_very_end_is_known_to_have_left()
    {
        Assert.Equal(Its, ReleaseEnd.ToReportAgain(Confirmed, Later)!.Release);
        var told = Confirmed with { Reported = [new ReportedMark(Its, EndKind.Confirmed, Arbitrary.Noon)] };
        Assert.Null(ReleaseEnd.ToReportAgain(told, Later));
        Assert.Equal(EndKind.RolledBack, ReleaseEnd.ToReportAgain(told.With(RolledBack), Later)!.Kind);
    }

    [Fact]
    public void A_fresh_end_is_on_its_way_unless_a_person_made_it()
    {
        Assert.Null(ReleaseEnd.ToReportAgain(Confirmed, Arbitrary.Noon.AddSeconds(30)));
        Assert.Equal(EndKind.RolledBack, ReleaseEnd.ToReportAgain(Confirmed.With(RolledBack), RolledBack.At.AddSeconds(1))!.Kind);
        Assert.Null(ReleaseEnd.ToReportAgain(Confirmed.With(RolledBack with { Why = "charlie: app: exited with 1" }), RolledBack.At.AddSeconds(1)));
    }

    [Fact]
    public void The_oldest_untold_end_comes_first_and_exactly_two_minutes_after_it()
    {
        var two = Confirmed with { Confirmed = [new ConfirmedMark(Its, 3, Arbitrary.Noon), new ConfirmedMark(Before, 2, Arbitrary.Noon.AddSeconds(-1))] };
        Assert.Equal(Before, ReleaseEnd.ToReportAgain(two, Later)!.Release);
        Assert.Null(ReleaseEnd.ToReportAgain(Confirmed, Arbitrary.Noon.AddSeconds(119.999)));
        Assert.NotNull(ReleaseEnd.ToReportAgain(Confirmed, Arbitrary.Noon.AddSeconds(120)));
    }

    [Fact]
    public void Only_this_very_end_counts_as_told()
    {
        var end = ReleaseEnd.Of(Confirmed).Single();
        Assert.True(end.IsReported(Confirmed with { Reported = [new ReportedMark(Its, EndKind.Confirmed, Arbitrary.Noon)] }));
        Assert.False(end.IsReported(Confirmed with { Reported = [new ReportedMark(Before, EndKind.Confirmed, Arbitrary.Noon)] }));
        Assert.False(end.IsReported(Confirmed with { Reported = [new ReportedMark(Its, EndKind.RolledBack, Arbitrary.Noon)] }));
        Assert.False(end.IsReported(Confirmed with { Reported = [new ReportedMark(Its, EndKind.Confirmed, Later)] }));
    }

    [Fact]
    public void The_mark_reads_back_as_written()
    {
        var mark = new ReportedMark(Its, EndKind.RolledBack, RolledBack.At);
        Assert.Equal(mark, ReportedMark.Read(mark.Key, mark.Value));
        Assert.Null(ReportedMark.Read(mark.Key, "Forgotten 2026-11-22T12:00:00.000Z"));
        Assert.Equal([mark], Records.Read([], [KeyValuePair.Create(mark.Key, mark.Value)]).Reported);
        Assert.Null(ReportedMark.Read(mark.Key, "1 2026-11-22T12:00:00.000Z"));
    }

    private static Records Read(ConfirmedMark mark) =>
        Records.Read([Arbitrary.Version(1, Release.Base), Arbitrary.Version(2, Before), Arbitrary.Version(3, Its)], [KeyValuePair.Create(mark.Key, mark.Value)]);
}
