using Charlie.Cli.Commands.Operating;
using Charlie.Lambdas.Decisions;
using Charlie.Operations;
using Charlie.Operations.Planning;
using Charlie.Operations.Releases;
using Charlie.Operations.Requests;
using static Charlie.EndToEnd.Tests.Operating.Examples;

namespace Charlie.EndToEnd.Tests.Operating;

/// <summary>Requests are what the functions read, and their ends what the records say.</summary>
public sealed class RequestTests
{
    private static readonly string Image = $"registry.gitlab.com/example/charlie@sha256:{new string('c', 64)}";

    [Fact]
    public void A_push_is_read_by_the_functions_own_parser()
    {
        var (origin, commit) = (Stack().Settings.Origin, new string('d', 40));
        var push = Assert.IsType<Push>(
            OperatorEvent.Push(origin, Third, Image, commit, "v1").Read(Stack().Settings, TimeProvider.System));
        Assert.Equal(
            (Third, Image, commit, "https://gitlab.com/example/charlie/-/pipelines/3"),
            (push.Release, push.Image, push.Commit, push.PipelineUrl));
    }

    [Theory]
    [InlineData("registry.gitlab.com/example/charlie:latest")]
    [InlineData("registry.gitlab.com/another/app@sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc")]
    public void An_invalid_image_is_turned_down_with_the_parsers_reason(string image)
    {
        var put = OperatorEvent.Push(Stack().Settings.Origin, Third, image, new string('d', 40), null);
        var error = Assert.Throws<OperationException>(() => put.Read(Stack().Settings, TimeProvider.System));
        Assert.Contains("an image by its digest, from that repository", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_next_release_is_above_every_version_and_every_rejection()
    {
        Assert.Equal(Third, NextPush.ReleaseAfter(Confirmed()));
        Assert.Equal(
            new Release(10, 11),
            NextPush.ReleaseAfter(Confirmed().With(records => records with
            {
                Rejections = [RejectionOf(new Release(9, 10), Second, RejectedBy.Operator, "why")],
            })));
        Assert.Equal(
            new Release(1048576, 7700123),
            NextPush.ReleaseAfter(Confirmed().With(records => records with { Versions = [Version(1, Release.Base)] })));
    }

    [Fact]
    public void A_plan_that_cannot_be_made_is_a_sentence_and_no_stack_trace()
    {
        var gone = Confirmed().With(records => records with
        {
            Versions = [Version(1, Release.Base), Version(3, Second)],
            Rejections = [RejectionOf(Second, First, RejectedBy.Operator, "why")],
        });
        var error = Assert.Throws<OperationException>(
            () => Planner.Plan(new RestartRequest("why", Now), gone, Stack().Settings, Now));
        Assert.Contains("has no launch template version any more", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_release_whose_version_is_deleted_has_failed()
    {
        var gone = Confirmed().With(records => records with
        {
            Versions = [Version(1, Release.Base), Version(3, Second)],
            Confirmations = [],
            Rejections = [RejectionOf(Second, First, RejectedBy.Operator, "why")],
        });
        Assert.Equal(WaitEnd.Failed, OutcomeWatch.Of(ReleaseFacts.Of(First, gone), gone));
    }

    [Fact]
    public void A_release_of_which_nothing_is_recorded_yet_has_no_end() =>
        Assert.Null(OutcomeWatch.Of(ReleaseFacts.Of(Third, Confirmed()), Confirmed()));

    [Fact]
    public void The_logs_of_a_release_begin_at_its_push()
    {
        Assert.Equal(
            "aws logs tail logs-1 --since 2026-11-28T00:00:00.000Z --filter-pattern '\"2.2\"' --region eu-west-1",
            LogCommands.Of(Stack(), "eu-west-1", ReleaseDocument.Of(Second, Confirmed()))[0]);
        Assert.Contains(
            " --since 2h ",
            LogCommands.Of(Stack(), "eu-west-1", ReleaseDocument.Of(Release.Base, Confirmed()))[1],
            StringComparison.Ordinal);
    }
}
