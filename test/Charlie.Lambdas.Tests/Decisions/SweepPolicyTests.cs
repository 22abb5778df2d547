using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>What Refresh's sweep does, step by step.</summary>
public sealed class SweepPolicyTests
{
    private static readonly Sweep Sweep = new("the scheduled check found the group out of sync");

    private static readonly PolicySettings Replace = new(false, new Strategy.Replace(), Arbitrary.Rules);
    private static readonly PolicySettings Rolling = new(false, new Strategy.Rolling(90, 100, TimeSpan.FromSeconds(60)), Arbitrary.Rules);

    private static readonly Release Old = new(4, 1);
    private static readonly Release Its = new(5, 1);

    private static readonly Records Records = new(
        [Arbitrary.Version(1, Release.Base), Arbitrary.Version(2, Old), Arbitrary.Version(3, Its)],
        [new Confirmation(Old, 2, Arbitrary.Noon)], [], []);

    private static readonly Group InSync = new("charlie", 1, 3, [new GroupInstance("i-1", "InService", 3)]);

    // A sweep of this minute notifies, one of the next does not.
    private static readonly DateTimeOffset Told = Arbitrary.Noon.AddHours(2);
    private static readonly DateTimeOffset Untold = Told.AddMinutes(1);

    [Fact]
    public void A_group_in_sync_has_nothing_to_do() =>
        Assert.Equal(
            [new RefreshStep.Done(new RunResult.NothingToDo("charlie is in sync with its desired release 5.1"))],
            RefreshRun.Of(Sweep, Arbitrary.Snapshot(Records, InSync), Replace, Told).Steps);

    [Fact]
    public void A_sweep_ends_with_its_time_whatever_is_left()
    {
        var until = Sweep with { Until = Untold };
        var outOfSync = Arbitrary.Snapshot(Records, InSync with { Pin = 2, Instances = [new GroupInstance("i-1", "InService", 2)] });
        Assert.True(RefreshPolicy.Next(until, outOfSync, Replace, Untold.AddMilliseconds(-1)) is RefreshStep.Act);
        Assert.Equal(
            new RefreshStep.Done(new RunResult.NothingToDo("the time of this sweep is over; the next one goes on")),
            RefreshPolicy.Next(until, outOfSync, Replace, Untold));
        var begun = outOfSync.After(new AwsAction.Pin(Records.Version(3)!), true, Untold);
        var step = Assert.IsType<RefreshStep.Done>(RefreshPolicy.Next(until, begun, Replace, Untold));
        Assert.Equal(begun.Done, Assert.IsType<RunResult.Started>(step.Result).Done);
    }

    [Fact]
    public void A_group_out_of_sync_is_reconciled_with_the_reason_of_the_sweep()
    {
        var run = RefreshRun.Of(Sweep, Arbitrary.Snapshot(Records, InSync with { Pin = 2 }), Replace, Untold);
        Assert.Equal([new AwsAction.Pin(Records.Version(3)!)], run.Actions);
        var started = Assert.IsType<RunResult.Started>(run.Result);
        Assert.Equal((Sweep.Reason, Arbitrary.Image(Old)), (started.Reason, started.PreviousImage));
    }

    [Fact]
    public void A_refused_group_is_left_alone_and_notified_four_times_an_hour()
    {
        var refused = Arbitrary.Snapshot(Records, InSync with { Pin = 2, Traits = GroupTraits.Plain with { HasWarmPool = true } });
        var told = Assert.IsType<RunResult.Refused>(Assert.IsType<RefreshStep.Done>(Next(refused, Told)).Result);
        Assert.Equal(Its, told.Release);
        Assert.StartsWith("the group has a warm pool", told.Reason, StringComparison.Ordinal);
        Assert.Equal(new RefreshStep.Done(new RunResult.NothingToDo(told.Reason)), Next(refused, Untold));
    }

    [Fact]
    public void A_release_that_the_group_rolled_back_is_rejected_before_anything_else()
    {
        var group = InSync with
        {
            Pin = 2,
            Instances = [new GroupInstance("i-1", "InService", 3)],
            Refresh = new InstanceRefresh("r-1", "RollbackSuccessful", 3, Arbitrary.Noon.AddMinutes(1), "it failed"),
        };
        var run = RefreshRun.Of(Sweep, Arbitrary.Snapshot(Records, group), Rolling, Untold);
        Assert.Collection(
            run.Actions,
            reject => Assert.Equal(
                new AwsAction.Reject(
                    new Rejection(Its, Old, Its, Untold, RejectedBy.Group, "its instance refresh was rolled back: it failed")), reject),
            start => Assert.Equal((Old, false), start is AwsAction.StartRefresh one ? (one.Version.Release, one.AutoRollback) : default));
        Assert.Equal("the group rolled release 5.1 back", Assert.IsType<RunResult.Started>(run.Result).Reason);
    }

    [Fact]
    public void A_rolled_back_release_of_a_group_that_is_at_its_fallback_is_already_current()
    {
        var group = InSync with
        {
            Pin = 2,
            Instances = [new GroupInstance("i-1", "InService", 2)],
            Refresh = new InstanceRefresh("r-1", "RollbackSuccessful", 3, Arbitrary.Noon.AddMinutes(1), "it failed"),
        };
        var run = RefreshRun.Of(Sweep, Arbitrary.Snapshot(Records, group), Rolling, Untold);
        Assert.IsType<AwsAction.Reject>(Assert.Single(run.Actions));
        Assert.Equal(new RunResult.AlreadyCurrent(Records.Version(2)!), run.Result);
    }

    [Fact]
    public void What_is_no_longer_needed_is_deleted_after_everything_was_read_again()
    {
        var releases = Enumerable.Range(1, 230).Select(number => new Release(number, 1)).ToArray();
        var records = new Records(
            [Arbitrary.Version(1, Release.Base), .. releases.Select(release => Arbitrary.Version(release.PipelineId + 1, release))], [],
                [], []);
        records = records with
        {
            Confirmations = [.. releases[^24..].Select(release => new Confirmation(release, release.PipelineId + 1, Arbitrary.Noon))],
            Reported = [.. releases[^24..].Select(release => new ReportedOutcome(release, FinalOutcomeKind.Confirmed, Arbitrary.Noon))],
            TagCount = 48,
        };
        var group = InSync with { Pin = 231, Instances = [new GroupInstance("i-1", "InService", 231)] };
        var run = RefreshRun.Of(Sweep, Arbitrary.Snapshot(records, group), Replace, Untold);
        Assert.Collection(
            run.Steps,
            step => Assert.IsType<RefreshStep.ReadAgain>(step),
            step => Assert.Equal(
                Enumerable.Range(207, 5).SelectMany(number => new[] { $"charlie:confirmed:{number}.1", $"charlie:reported:{number}.1" })
                    .Order(StringComparer.Ordinal),
                Action<AwsAction.DeleteRecordTags>(step).Keys.Order(StringComparer.Ordinal)),
            step => Assert.Equal(Enumerable.Range(12, 200).Select(number => (long)number),
                Action<AwsAction.DeleteVersions>(step).Numbers.Order()),
            step => Assert.Equal(Enumerable.Range(2, 10).Select(number => (long)number),
                Action<AwsAction.DeleteVersions>(step).Numbers.Order()),
            step => Assert.IsType<RunResult.NothingToDo>(Assert.IsType<RefreshStep.Done>(step).Result));
    }

    private static T Action<T>(RefreshStep step)
        where T : AwsAction => Assert.IsType<T>(Assert.IsType<RefreshStep.Act>(step).Action);

    private static RefreshStep Next(Snapshot snapshot, DateTimeOffset now) => SweepPolicy.Next(Sweep, snapshot, Replace, now);
}
