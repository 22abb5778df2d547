using Charlie.Lambdas.Decisions;
using CsCheck;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>What Refresh does about a push, over any records.</summary>
public sealed class RefreshPolicyTests
{
    private static readonly DateTimeOffset Later = Arbitrary.Noon.AddDays(1);

    private static readonly PolicySettings Settings = new(
        false,
        new Strategy.Replace(),
        Arbitrary.Rules);

    private static readonly Group Group = new("charlie", 1, 1, []);

    private static readonly Release Old = new(4, 1);
    private static readonly Release Its = new(5, 1);

    private static readonly Records Both = new(
        [Arbitrary.Version(1, Release.Base), Arbitrary.Version(2, Old), Arbitrary.Version(3, Its)],
        [new Confirmation(Old, 2, Arbitrary.Noon)], [], []);

    private static readonly Records Rejected = Both.With(Arbitrary.Rejection(Its, Old, Arbitrary.Noon));

    [Fact]
    public void A_push_is_stale_exactly_if_a_newer_release_or_a_rejection_stands_against_it() =>
        Gen.Select(Arbitrary.Records, Arbitrary.Release).Each((records, release) =>
        {
            var overtaken = records.EffectiveRejection?.Covers(release) == true || release < DesiredRelease.Of(records).Release;
            var stale = (First(Arbitrary.Push(release, Later), records) as RefreshStep.Done)?.Result as RunResult.StalePush;
            Assert.Equal(overtaken, stale is not null);
            Assert.Equal(overtaken && records.IsRecorded(release), stale?.IsDuplicate ?? false);
        });

    [Fact]
    public void A_push_delivered_again_creates_no_second_version() =>
        Gen.Select(Arbitrary.Records, Arbitrary.Release).Each((records, release) =>
        {
            var push = Arbitrary.Push(release, Later);
            if (First(push, records) is RefreshStep.Act { Action: AwsAction.CreateVersion create })
            {
                Assert.True(create.BaseVersion.IsBase);
                var after = records.With(Arbitrary.Version(99, release));
                Assert.Equal(release, DesiredRelease.Of(after).Release);
                Assert.Equal(new RefreshStep.Act(new AwsAction.Pin(after.Version(99)!)), First(push, after));
            }
            else if (First(push, records) is RefreshStep.Act or RefreshStep.Done { Result: RunResult.AlreadyCurrent })
            {
                Assert.Equal(release, DesiredRelease.Of(records).Release);
            }
        });

    [Fact]
    public void A_push_of_the_same_release_with_another_image_is_rejected()
    {
        var push = Arbitrary.Push(Its, Later) with { Image = "r@sha256:other" };
        Assert.Equal(
            new RefreshStep.Done(new RunResult.Rejected(
                "release 5.1",
                $"release 5.1 was pushed before with another image, {Arbitrary.Image(Its)}: a retried job has a new jobId",
                push)),
            First(push, Both));
    }

    [Fact]
    public void A_push_that_cannot_be_deployed_says_why()
    {
        var push = Arbitrary.Push(Its, Later);
        Assert.Equal(
            new RefreshStep.Done(new RunResult.StalePush(
                push,
                "release 5.1 was rejected at 2026-11-22T12:00:00.000Z with release 5.1 (app: exited with 1);"
                + " its event was delivered again",
                IsDuplicate: true)),
            First(push, Rejected));
        var older = Arbitrary.Push(Old, Later);
        Assert.Equal(
            new RefreshStep.Done(new RunResult.StalePush(
                older, "release 5.1 is newer: its job id is greater; its event was delivered again", IsDuplicate: true)),
            First(older, Both));
        var late = Arbitrary.Push(new Release(9, 0), Later);
        Assert.Equal(
            new RefreshStep.Done(new RunResult.StalePush(
                late, "release 5.1 is newer: its job id is greater; retry its job to deploy it anyway")),
            First(late, Both));
        var between = Arbitrary.Push(new Release(4, 2), Later);
        Assert.Equal(
            new RefreshStep.Done(new RunResult.StalePush(
                between,
                "release 4.2 was rejected at 2026-11-22T12:00:00.000Z with release 6.2 (app: exited with 1);"
                + " retry its job to deploy it anyway")),
            First(between, Both.With(Arbitrary.Rejection(new Release(6, 2), Old, Arbitrary.Noon))));
        Assert.Equal(
            new RefreshStep.Done(new RunResult.Rejected(
                "release 5.1",
                "the launch template has no version without charlie:release to derive from: update the infrastructure stack",
                push)),
            First(push, new Records([], [], [], [])));
    }

    [Fact]
    public void A_push_creates_its_version_pins_it_and_terminates_the_others()
    {
        var push = Arbitrary.Push(new Release(6, 1), Later);
        var first = Arbitrary.Snapshot(Both, Group with { Pin = 3, Instances = [new GroupInstance("i-1", "InService", 3)] });
        var run = RefreshRun.Of(push, first, Settings, Later);
        var created = run.Last.Records.Version(99)!;
        Assert.Equal(
            [
                new AwsAction.CreateVersion(push, Both.Version(1)!), new AwsAction.Pin(created),
                    new AwsAction.Terminate("i-1", push.Release),
            ],
            run.Actions);
        var started = Assert.IsType<RunResult.Started>(run.Result);
        Assert.Equal(
            (created, Arbitrary.Image(Its), "a new image was pushed"), (started.Version, started.PreviousImage, started.Reason));
        Assert.Equal(run.Actions, started.Done.Select(done => done.Action));
    }

    [Fact]
    public void A_push_of_what_the_group_runs_is_already_current() =>
        Assert.Equal(
            new RefreshStep.Done(new RunResult.AlreadyCurrent(Both.Version(3)!)),
            RefreshPolicy.Next(Arbitrary.Push(Its, Later), Arbitrary.Snapshot(Both, Group with { Pin = 3 }), Settings, Later));

    [Fact]
    public void A_group_that_is_refused_is_refused_before_the_first_change_only()
    {
        var refused = Group with { Traits = GroupTraits.Plain with { HasWarmPool = true } };
        var push = Arbitrary.Push(new Release(6, 1), Later);
        var result = Assert.IsType<RunResult.Refused>(RefreshRun.Of(push, Arbitrary.Snapshot(Both, refused), Settings, Later).Result);
        Assert.Equal(push.Release, result.Release);
        Assert.StartsWith("the group has a warm pool", result.Reason, StringComparison.Ordinal);
        var begun = Arbitrary.Snapshot(Both, refused with { Instances = [new GroupInstance("i-1", "InService", 2)] })
            .After(new AwsAction.Pin(Both.Version(3)!), true, Later);
        Assert.Equal(
            new RefreshStep.Act(new AwsAction.Terminate("i-1", Its)),
                RefreshPolicy.Next(Arbitrary.Push(Its, Later), begun, Settings, Later));
    }

    [Fact]
    public void What_a_push_overtook_is_in_its_result()
    {
        var newer = new Release(6, 1);
        var group = Group with { Pin = 3, Instances = [new GroupInstance("i-1", "InService", 3)] };
        var run = RefreshRun.Of(Arbitrary.Push(newer, Later), Arbitrary.Snapshot(Both, group), Settings, Later);
        Assert.Equal([Its], Assert.IsType<RunResult.Started>(run.Result).Overtaken.Select(version => version.Release));
        var current = RefreshRun.Of(Arbitrary.Push(newer, Later), run.Last with { Done = [] }, Settings, Later);
        Assert.Equal([Its], Assert.IsType<RunResult.AlreadyCurrent>(current.Result).Overtaken.Select(version => version.Release));
    }

    [Fact]
    public void A_version_that_another_run_made_is_read_and_reconciled()
    {
        var push = Arbitrary.Push(new Release(6, 1), Later);
        var refused = Arbitrary.Snapshot(Both, Group with { Pin = 3 })
            .After(new AwsAction.CreateVersion(push, Both.Version(1)!), false, Later);
        Assert.Equal(Its, refused.Desired.Release);
        Assert.Equal(new RefreshStep.ReadAgain(), RefreshPolicy.Next(push, refused, Settings, Later));
        var read = Arbitrary.Snapshot(Both.With(Arbitrary.Version(4, push.Release)), Group with { Pin = 3 }) with { IsReadAgain = true };
        Assert.Equal(
            new RefreshStep.Act(new AwsAction.Pin(read.Records.Version(4)!)), RefreshPolicy.Next(push, read, Settings, Later));
        var unread = Arbitrary.Snapshot(Both, Group with { Pin = 3 }) with { IsReadAgain = true };
        Assert.Equal(
            new RefreshStep.Done(new RunResult.NothingToDo("another run records release 6.1 at this moment")),
            RefreshPolicy.Next(push, unread, Settings, Later));
    }

    [Fact]
    public void A_termination_that_another_run_began_is_nothing_that_this_run_started()
    {
        var group = Group with { Pin = 3, Instances = [new GroupInstance("i-1", "InService", 2)] };
        var terminate = new AwsAction.Terminate("i-1", Its);
        var push = Arbitrary.Push(Its, Later);
        Assert.Equal(
            new RefreshStep.Done(new RunResult.AlreadyCurrent(Both.Version(3)!)),
            RefreshPolicy.Next(push, Arbitrary.Snapshot(Both, group).After(terminate, false, Later), Settings, Later));
        Assert.True(
            RefreshPolicy.Next(push, Arbitrary.Snapshot(Both, group).After(terminate, true, Later), Settings, Later)
                is RefreshStep.Done { Result: RunResult.Started });
    }

    [Fact]
    public void A_desired_release_without_a_version_is_an_error_that_says_what_to_do()
    {
        var records = new Records([Arbitrary.Version(3, Its)], [], [Arbitrary.Rejection(Its, Old, Arbitrary.Noon)], []);
        var snapshot = Arbitrary.Snapshot(records, Group).After(new AwsAction.Reject(records.Rejections[0]), true, Later);
        var error = Assert.Throws<InvalidOperationException>(() => RefreshPolicy.Next(new Sweep(""), snapshot, Settings, Later));
        Assert.Equal(
            "The desired release 4.1 has no launch template version any more: push a release, or roll back to one that has a version.",
            error.Message);
    }

    private static RefreshStep First(RefreshRequest request, Records records) =>
        RefreshPolicy.Next(request, Arbitrary.Snapshot(records, Group), Settings, Later);
}
