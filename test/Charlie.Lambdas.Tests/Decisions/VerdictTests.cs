using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>What may be carried out together, on one reading of the records.</summary>
public sealed class VerdictTests
{
    private static readonly Floor Floor = new(new Release(5, 1), new Release(4, 1), new Release(5, 1), Arbitrary.Noon, "charlie: app");

    private static readonly LifecycleDecision Quiet = new LifecycleDecision.Wait("");
    private static readonly LifecycleDecision Entered = new LifecycleDecision.RecordInService();
    private static readonly LifecycleDecision LetIn = new LifecycleDecision.Continue();
    private static readonly LifecycleDecision Proved = new LifecycleDecision.Confirm(new ConfirmedMark(new Release(5, 1), 3, Arbitrary.Noon));
    private static readonly LifecycleDecision Rejected = new LifecycleDecision.RollBack(Floor, "app");

    [Fact]
    public void An_end_goes_alone_and_a_rejection_first()
    {
        Assert.Equal([Rejected], Chosen(Quiet, LetIn, Proved, Entered, Rejected, Rejected));
        Assert.Equal([Proved], Chosen(Quiet, LetIn, Proved, Entered));
    }

    [Fact]
    public void What_went_in_service_is_written_down_before_anything_is_let_in()
    {
        Assert.Equal([Entered, Entered], Chosen(LetIn, Entered, Quiet, Entered));
        Assert.Equal([LetIn, LetIn], Chosen(LetIn, Quiet, LetIn));
        Assert.Empty(Chosen(Quiet, new LifecycleDecision.NothingToDo("")));
    }

    [Fact]
    public void The_first_twenty_go_together()
    {
        var verdicts = Enumerable.Range(0, 50).Select(number => Of(LetIn, number)).ToArray();
        Assert.Equal(verdicts.Take(20), Verdict.ToCarryOut(verdicts));
    }

    private static IEnumerable<LifecycleDecision> Chosen(params LifecycleDecision[] decisions) =>
        Verdict.ToCarryOut(decisions.Select(Of)).Select(verdict => verdict.Decision);

    private static Verdict Of(LifecycleDecision decision, int number) =>
        new(
            new LifecycleFacts(
                new GroupInstance($"i-{number}", "Pending:Wait", 3), null, null, HealthEvidence.None, 0, 1,
                new Records([], [], [], []), Arbitrary.Noon),
            decision);
}
