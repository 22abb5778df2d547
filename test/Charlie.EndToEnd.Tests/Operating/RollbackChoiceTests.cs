using Charlie.Cli.Display.Operating;
using Charlie.Cli.Display.Operating.Texts;
using Charlie.Lambdas.Decisions;
using Charlie.Operations.Releases;
using static Charlie.EndToEnd.Tests.Operating.Examples;

namespace Charlie.EndToEnd.Tests.Operating;

/// <summary>What a rollback offers, and how it says what it offers.</summary>
public sealed class RollbackChoiceTests
{
    [Fact]
    public void The_usual_fallback_comes_first_and_a_rejected_release_says_why()
    {
        var snapshot = AfterRejection();
        var choices = RollbackChoice.All(Third, snapshot);
        Assert.Equal([First, Second, Release.Base], choices.Select(choice => choice.Facts.Release));
        Assert.Equal(
            [
                "1.1  bbbbbbbb  pushed 3 h ago  confirmed  (usual)",
                "2.2  bbbbbbbb  pushed 3 h ago  was rejected: margins are wrong",
                "base  bbbbbbbb  superseded",
            ],
            choices.Select(choice => RollbackView.Line(choice, snapshot, new EnglishTexts())));
    }

    [Fact]
    public void A_rollback_of_a_release_that_waits_usually_stays_at_the_desired_one()
    {
        var held = Confirmed().With(records => records with
        {
            Versions = [.. records.Versions, Version(4, Third)],
            Holds = [new Hold(Holder.Operator, Second, Now, null, "why")],
        });
        Assert.Equal(Second, RollbackChoice.All(Third, held)[0].Facts.Release);
    }

    [Fact]
    public void Going_back_to_a_rejected_release_is_warned_of()
    {
        var snapshot = AfterRejection();
        Assert.Contains("Warning    release 2.2 was rejected: margins are wrong", Explain(snapshot, Second));
        Assert.DoesNotContain(Explain(snapshot, First), line => line.StartsWith("Warning", StringComparison.Ordinal));
    }

    private static IReadOnlyList<string> Explain(Snapshot snapshot, Release to)
    {
        var page = new Page(80);
        RollbackView.Explain(page, Third, to, snapshot, new Strategy.Replace(), new EnglishTexts());
        return page.Lines;
    }

    private static Snapshot AfterRejection() => Confirmed().With(records => records with
    {
        Versions = [.. records.Versions, Version(4, Third)],
        Rejections = [RejectionOf(Second, First, RejectedBy.Operator, "margins are wrong")],
    });
}
