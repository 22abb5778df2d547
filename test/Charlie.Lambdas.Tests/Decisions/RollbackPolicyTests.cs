using Charlie.Lambdas.Decisions;
using CsCheck;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>What Refresh does about an operator's rollback, over any records.</summary>
public sealed class RollbackPolicyTests
{
    private static readonly DateTimeOffset Later = Arbitrary.Noon.AddDays(1);

    private static readonly PolicySettings Settings = new(false, new Strategy.Replace(), Arbitrary.Rules);

    private static readonly Group Group = new("charlie", 1, 1, []);

    private static readonly Release Old = new(4, 1);
    private static readonly Release Its = new(5, 1);

    private static readonly Records Both = new(
        [Arbitrary.Version(1, Release.Base), Arbitrary.Version(2, Old), Arbitrary.Version(3, Its)],
        [new Confirmation(Old, 2, Arbitrary.Noon)], [], []);

    private static readonly Records Rejected = Both.With(Arbitrary.Rejection(Its, Old, Arbitrary.Noon));

    [Fact]
    public void A_rollback_rejects_only_the_desired_release_and_once() =>
        Gen.Select(Arbitrary.Records, Arbitrary.Release, Arbitrary.Release.Nullable()).Each((records, from, to) =>
        {
            var request = new Rollback(from, to, "orders rejected", Later);
            switch (First(request, records))
            {
                case RefreshStep.Act { Action: AwsAction.Reject { Rejection: var rejection } }:
                    Assert.Equal(DesiredRelease.Of(records).Release, from);
                    var after = records.With(rejection);
                    Assert.Equal(rejection.Fallback, DesiredRelease.Of(after).Release);
                    Assert.True(rejection.Fallback < from && records.HasVersion(rejection.Fallback));
                    Assert.Equal(to ?? rejection.Fallback, rejection.Fallback);
                    Assert.True(
                        First(request, after) is RefreshStep.Act or RefreshStep.Done { Result: RunResult.AlreadyCurrent },
                        "the same request is done already");
                    Assert.True(
                        First(request with { Reason = "another" }, after) is RefreshStep.Done { Result: RunResult.StaleRequest });
                    break;
                case RefreshStep.Done { Result: RunResult.StaleRequest }:
                    Assert.NotEqual(DesiredRelease.Of(records).Release, from);
                    break;
                case RefreshStep.Done { Result: RunResult.Rejected }:
                    Assert.True(to is null ? records.FallbackOf(from) is null : to >= from || !records.HasVersion(to.Value));
                    break;
                case var step:
                    Assert.Fail($"a rollback comes to {step}");
                    break;
            }
        });

    [Theory]
    [InlineData("4.1", null, "release 4.1 is not the desired release, which is 5.1")]
    [InlineData("5.1", "5.1", "toRelease 5.1 is not below fromRelease 5.1")]
    [InlineData("5.1", "6.1", "toRelease 6.1 is not below fromRelease 5.1")]
    [InlineData("5.1", "3.1", "toRelease 3.1 has no launch template version")]
    [InlineData("5.1", null, "there is no confirmed release below 5.1 to fall back to: name one as toRelease")]
    public void A_rollback_that_cannot_be_done_says_why(string from, string? to, string reason)
    {
        Assert.True(Release.TryParse(from, out var rejected));
        Release? fallback = Release.TryParse(to, out var named) ? named : null;
        var request = new Rollback(rejected, fallback, "orders rejected", Later);
        var done = Assert.IsType<RefreshStep.Done>(First(request, Both with { Confirmations = [] }));
        Assert.Equal(
            rejected == Its
                ? new RunResult.Rejected("the rollback from release 5.1", reason)
                : new RunResult.StaleRequest($"rollback from release {rejected}", reason, rejected),
            done.Result);
    }

    [Fact]
    public void A_rollback_that_is_delivered_again_reconciles_and_writes_no_second_rejection()
    {
        var request = new Rollback(Its, null, "orders rejected", Later);
        var run = RefreshRun.Of(request, Arbitrary.Snapshot(Both, Group with { Pin = 3 }), Settings, Later.AddSeconds(1));
        Assert.Equal([typeof(AwsAction.Reject), typeof(AwsAction.Pin)], run.Actions.Select(action => action.GetType()));
        Assert.True(Assert.IsType<RunResult.Started>(run.Result).IsRequested);

        // The first run was killed after its rejection was written.
        var begun = Both.With(Assert.IsType<AwsAction.Reject>(run.Actions.First()).Rejection);
        var again = RefreshRun.Of(request, Arbitrary.Snapshot(begun, Group with { Pin = 3 }), Settings, Later.AddMinutes(1));
        Assert.Equal([new AwsAction.Pin(Both.Version(2)!)], again.Actions);
        Assert.Equal(run.Result is RunResult.Started first ? first.Reason : "", Assert.IsType<RunResult.Started>(again.Result).Reason);

        var third = RefreshRun.Of(request, Arbitrary.Snapshot(begun, Group with { Pin = 2 }), Settings, Later.AddMinutes(2));
        Assert.Empty(third.Actions);
        Assert.Equal(
            "an operator rolled release 5.1 back (orders rejected)", Assert.IsType<RunResult.AlreadyCurrent>(third.Result).Note);

        Rollback[] others =
        [
            request with { RequestedAt = Later.AddSeconds(2) }, request with { Reason = "another" }, request with { To = Release.Base },
        ];
        Assert.All(others, other => Assert.Equal(
            "release 5.1 was rejected already at 2026-11-23T12:00:01.000Z; the desired release is 4.1",
            Assert.IsType<RunResult.StaleRequest>(Assert.IsType<RefreshStep.Done>(First(other, begun)).Result).Reason));
        Assert.True(First(request, Rejected) is RefreshStep.Done { Result: RunResult.StaleRequest }, "Charlie's own rejection");
    }

    [Theory]
    [InlineData("6.1", null, "4.1", null)]
    [InlineData("6.1", "4.1", "4.1", null)]
    [InlineData("6.1", "0.0", "0.0", null)]
    [InlineData("6.1", "5.1", null, "toRelease 5.1 is above the desired release 4.1")]
    [InlineData("6.1", "6.1", null, "toRelease 6.1 is not below fromRelease 6.1")]
    [InlineData("6.1", "3.1", null, "toRelease 3.1 has no launch template version")]
    [InlineData("7.1", null, null, "release 7.1 is not the desired release, which is 4.1")]
    public void A_queued_release_is_rolled_back_to_the_desired_one(string from, string? to, string? fallback, string? reason)
    {
        var queued = Both.With(Arbitrary.Version(4, new Release(6, 1)));
        Assert.True(Release.TryParse(from, out var release));
        var request = new Rollback(release, Release.TryParse(to, out var named) ? named : null, "orders rejected", Later);
        switch (RollbackPolicy.Decide(request, queued, Old))
        {
            case RollbackDecision.Reject reject:
                Assert.Equal(fallback, reject.Fallback.ToString());
                break;
            case RollbackDecision.Stale stale:
                Assert.Equal((reason, "7.1"), (stale.Reason, from));
                break;
            case RollbackDecision.Invalid invalid:
                Assert.Equal(reason, invalid.Reason);
                break;
        }
    }

    [Fact]
    public void A_queued_release_is_rolled_back_to_the_desired_one_although_another_is_confirmed()
    {
        var queued = Both.With(Arbitrary.Version(4, new Release(6, 1)));
        var request = new Rollback(new Release(6, 1), null, "orders rejected", Later);
        Assert.Equal(new RollbackDecision.Reject(Its), RollbackPolicy.Decide(request, queued, Its));
    }

    [Fact]
    public void A_rollback_of_another_release_for_the_same_reason_is_another_request()
    {
        var rejection = Arbitrary.Rejection(Its, Old, Later) with { By = RejectedBy.Operator, Reason = "orders rejected" };
        var records = Both.With(rejection).With(Arbitrary.Version(4, new Release(6, 1)));
        var run = RefreshRun.Of(
            new Rollback(new Release(6, 1), null, "orders rejected", Later), Arbitrary.Snapshot(records, Group with { Pin = 4 }),
            Settings, Later);
        Assert.Equal(
            "the request is older than the rejection of 2026-11-23T12:00:00.000Z",
            Assert.IsType<RunResult.StaleRequest>(run.Result).Reason);
    }

    [Fact]
    public void Of_the_releases_that_go_those_that_were_rejected_before_are_not_named()
    {
        var records = Both.With(Arbitrary.Version(4, new Release(6, 1))).With(Arbitrary.Version(5, new Release(7, 1)))
            .With(Arbitrary.Rejection(Its, Old, Arbitrary.Noon))
            .With(Arbitrary.Rejection(new Release(3, 1), Release.Base, Arbitrary.Noon));
        var run = RefreshRun.Of(
            new Rollback(new Release(7, 1), Old, "orders rejected", Later), Arbitrary.Snapshot(records, Group with { Pin = 5 }),
            Settings, Later);
        Assert.Equal(
            "an operator rolled release 7.1 back (orders rejected); with it goes release 6.1",
            Assert.IsType<RunResult.Started>(run.Result).Reason);
    }

    [Fact]
    public void A_rollback_names_the_releases_that_go_with_it()
    {
        var records = Both.With(Arbitrary.Version(4, new Release(6, 1))).With(Arbitrary.Version(5, new Release(7, 1)));
        var run = RefreshRun.Of(
            new Rollback(new Release(7, 1), Old, "orders rejected", Later), Arbitrary.Snapshot(records, Group with { Pin = 5 }),
            Settings, Later);
        Assert.Equal(
            "an operator rolled release 7.1 back (orders rejected); with it go releases 5.1, 6.1",
            Assert.IsType<RunResult.Started>(run.Result).Reason);
        var one = RefreshRun.Of(
            new Rollback(new Release(7, 1), Its, "orders rejected", Later), Arbitrary.Snapshot(records, Group with { Pin = 3 }),
            Settings, Later);
        Assert.Equal(
            "an operator rolled release 7.1 back (orders rejected); with it goes release 6.1",
            Assert.IsType<RunResult.AlreadyCurrent>(one.Result).Note);
    }

    [Fact]
    public void A_rollback_that_is_not_younger_than_the_newest_rejection_is_stale()
    {
        var records = Both.With(Arbitrary.Rejection(new Release(3, 1), Release.Base, Arbitrary.Noon))
            .With(Arbitrary.Rejection(new Release(2, 1), Release.Base, Arbitrary.Noon.AddHours(-1)));
        var request = new Rollback(Its, null, "orders rejected", Arbitrary.Noon);
        Assert.Equal(
            new RefreshStep.Done(
                new RunResult.StaleRequest("rollback from release 5.1", "the request is older than the rejection of 2026-11-22T12:00:00.000Z", Its)),
            First(request, records));
        Assert.True(First(request with { RequestedAt = Arbitrary.Noon.AddMilliseconds(1) },
            records) is RefreshStep.Act { Action: AwsAction.Reject });
    }

    private static RefreshStep First(RefreshRequest request, Records records) =>
        RefreshPolicy.Next(request, Arbitrary.Snapshot(records, Group), Settings, Later);
}
