using Charlie.Lambdas.GitLab;
using Charlie.Lambdas.Reports;

namespace Charlie.Lambdas.Tests.GitLab;

/// <summary>Which pushes a report ends, and in which state.</summary>
public sealed class PushEndTests
{
    private const string Url = "https://gitlab.com/example/bot/-/pipelines/7";

    private static readonly DeploymentReport Report = new()
    {
        Outcome = Outcome.Confirmed,
        App = "bot",
        Group = "bot-production",
        Release = "7.1",
        ProjectId = 4242,
        Commit = new string('a', 40),
        PipelineId = 7,
        PipelineUrl = Url,
        DeploymentId = 31,
        Notify = true,
        Summary = "Release 7.1 came to an end.",
    };

    private static readonly DateTimeOffset At = new(2026, 11, 22, 14, 5, 6, TimeSpan.Zero);

    private static readonly OvertakenPush Other = new("6.1", 4242, new string('b', 40), 6, "https://gitlab.com/o", 30);

    public static TheoryData<string> Outcomes => [.. Enum.GetNames<Outcome>()];

    [Theory]
    [MemberData(nameof(Outcomes))]
    public void Each_outcome_ends_its_push_or_leaves_it_as_it_is(string name)
    {
        var outcome = Enum.Parse<Outcome>(name);
        PushState? state = outcome switch
        {
            Outcome.Confirmed => PushState.Success,
            Outcome.RolledBack or Outcome.Failed or Outcome.Rejected => PushState.Failed,
            Outcome.Stale => PushState.Canceled,
            _ => null,
        };
        Assert.Equal(
            state is { } it
                ? [new PushEnd(
                    "charlie/bot", 4242, Report.Commit!, 7, Url, 31, new ToldEnd("7.1", it, At, "Release 7.1 came to an end."), true)]
                : [],
            PushEnd.Of(Report with { Outcome = outcome }, At));
    }

    /// <summary>Its report may come again when another has come since.</summary>
    [Fact]
    public void A_final_outcome_has_the_time_of_its_record_tag()
    {
        var end = Assert.Single(PushEnd.Of(Report with { EndedAt = "2026-11-22T14:00:00.125Z" }, At));
        Assert.Equal((At.AddMilliseconds(-306_000 + 125), false), (end.What.At, end.Repeats));
    }

    [Fact]
    public void A_time_is_as_exact_as_its_written_form() =>
        Assert.Equal(At.AddMilliseconds(7), Assert.Single(PushEnd.Of(Report, At.AddMilliseconds(7).AddTicks(9))).What.At);

    [Fact]
    public void What_was_overtaken_is_canceled_whatever_became_of_the_other()
    {
        var end = new PushEnd(
            "charlie/bot",
            4242,
            Other.Commit,
            6,
            Other.PipelineUrl,
            30,
            new ToldEnd("6.1", PushState.Canceled, At, "Release 6.1 was overtaken by release 7.1 before it was confirmed."),
            true);
        var third = Other with { Release = "5.1", PipelineId = 5 };
        Assert.Equal(
            [
                end,
                end with
                {
                    PipelineId = 5,
                    What = end.What with
                    {
                        Release = "5.1",
                        Description = "Release 5.1 was overtaken by release 7.1 before it was confirmed.",
                    },
                },
            ],
            PushEnd.Of(Report with { Outcome = Outcome.Started, Overtaken = [Other, third] }, At));
    }

    /// <summary>A push whose event came twice runs, or is being deployed; an operator's request is no push.</summary>
    [Fact]
    public void A_duplicate_and_a_request_end_nothing()
    {
        var stale = Report with { Outcome = Outcome.Stale };
        Assert.Empty(PushEnd.Of(stale with { Notify = false }, At));
        Assert.Empty(PushEnd.Of(stale with { Request = "rollback from release 7.1" }, At));
    }

    [Fact]
    public void What_is_no_push_of_GitLabs_ends_nothing()
    {
        Assert.Empty(PushEnd.Of(Report with { PipelineId = null }, At));
        Assert.Empty(PushEnd.Of(Report with { Commit = null }, At));
        Assert.Empty(PushEnd.Of(Report with { ProjectId = null }, At));
        Assert.Empty(PushEnd.Of(Report with { PipelineUrl = null }, At));
        Assert.Null(Assert.Single(PushEnd.Of(Report with { DeploymentId = null }, At)).DeploymentId);
    }

    [Fact]
    public void The_description_is_one_line_that_GitLab_takes() =>
        Assert.Equal(
            (255, "a b"),
            (
                Assert.Single(PushEnd.Of(Report with { Summary = new string('x', 999) }, At)).What.Description.Length,
                Assert.Single(PushEnd.Of(Report with { Summary = "a\nb" }, At)).What.Description));
}
