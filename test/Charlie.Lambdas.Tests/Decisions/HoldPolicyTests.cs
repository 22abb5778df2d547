using Charlie.Lambdas.Decisions;
using CsCheck;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>Deployments are held and resumed: what waits, what goes on, and whose request counts.</summary>
public sealed class HoldPolicyTests
{
    private static readonly DateTimeOffset Now = Arbitrary.Noon;
    private static readonly Release Its = new(5, 1);
    private static readonly Release Newer = new(6, 1);
    private static readonly PolicySettings Settings = new(false, new Strategy.Replace(), Arbitrary.Rules);
    private static readonly Group Group = new("charlie", 1, 2, [new GroupInstance("i-1", "InService", 2)]);

    private static readonly Records Running = new(
        [Arbitrary.Version(1, Release.Base), Arbitrary.Version(2, Its)], [new Confirmation(Its, 2, Now.AddHours(-1))], [], []);

    private static readonly HoldRequest Request = new(Holder.Operator, Now.AddHours(8), "the market is open", Now.AddSeconds(-5));

    private static readonly Hold Held = new(Holder.Operator, Its, Request.RequestedAt, Request.Until, Request.Reason);

    [Fact]
    public void A_push_during_a_hold_is_recorded_and_started_by_the_first_sweep_after_it()
    {
        var hold = Run(Request, Running);
        Assert.Equal([new AwsAction.RecordRequest(Held)], hold.Actions);
        Assert.Equal(new RunResult.Held(Held, Its), hold.Result);

        var push = Run(Arbitrary.Push(Newer, Now), hold.Last.Records);
        Assert.Equal([typeof(AwsAction.CreateVersion)], push.Actions.Select(action => action.GetType()));
        Assert.Equal(new RunResult.Held(Held, Its, Arbitrary.Push(Newer, Now)), push.Result);

        Assert.Empty(Run(new Sweep("check"), push.Last.Records).Actions);
        var after = Run(new Sweep("check"), push.Last.Records, Now.AddHours(8));
        Assert.Equal(Newer, Assert.IsType<RunResult.Started>(after.Result).Version.Release);
    }

    [Fact]
    public void A_hold_stops_no_rollback_and_rejects_only_what_it_names()
    {
        var waiting = Running.With(Arbitrary.Version(3, Newer)).With(Held) with { ReadAt = Now };
        var queued = Run(new Rollback(Newer, null, "it was a mistake", Now), waiting);
        Assert.Equal((Newer, Its), (Rejected(queued).From, Rejected(queued).Fallback));

        var running = Run(new Rollback(Its, Release.Base, "orders rejected", Now), waiting);
        Assert.Equal(Release.Base, running.Last.Desired.Release);
        Assert.Equal(Newer, DesiredRelease.WithoutHold(running.Last.Records).Release);

        static Rejection Rejected(RefreshRun run) => Assert.Single(run.Actions.OfType<AwsAction.Reject>()).Rejection;
    }

    [Fact]
    public void The_hold_in_force_is_the_one_of_the_least_release_and_no_holder_ends_that_of_another()
    {
        var window = new Hold(Holder.Window, Newer, Now, null, "B3 is open");
        var both = (Running.With(Arbitrary.Version(3, Newer)).With(window).With(Held)) with { ReadAt = Now };
        Assert.Equal(Held, both.HoldInForce);

        var resumed = Run(new ResumeRequest(Holder.Operator, "enough", Now), both);
        Assert.Equal(window, resumed.Last.Records.HoldInForce);
        var started = Assert.IsType<RunResult.Started>(resumed.Result);
        Assert.Equal((Newer, true), (started.Version.Release, started.IsRequested));
        Assert.Equal("the hold of operator was ended (enough); the hold of window goes on until it is resumed", started.Reason);
    }

    [Fact]
    public void A_request_that_is_not_newer_than_what_is_recorded_changes_nothing()
    {
        var resumed = Running.With(Held).With(new Resume(Holder.Operator, Now, "enough"));
        Stale(Request with { RequestedAt = Now.AddSeconds(-1) }, resumed, "a resume was requested later, at 2026-11-22T12:00:00.000Z");
        Stale(Request with { RequestedAt = Now }, resumed, "a resume was requested later, at 2026-11-22T12:00:00.000Z");
        Stale(
            Request with { RequestedAt = Now.AddSeconds(-6) },
            Running.With(Held),
            "another hold was requested later, at 2026-11-22T11:59:55.000Z");
        Stale(Request with { Until = Now }, Running, "it would have ended at 2026-11-22T12:00:00.000Z");
        Stale(Resume(0), Running, "there is no hold to end");
        Stale(Resume(-6), Running.With(Held), "the hold was requested later, at 2026-11-22T11:59:55.000Z");
        Stale(Resume(-1), resumed, "another resume was requested later, at 2026-11-22T12:00:00.000Z");
        Stale(Resume(1), resumed, "the hold was ended already");
        Stale(Resume(0) with { Reason = "another" }, resumed, "another resume was requested later, at 2026-11-22T12:00:00.000Z");
        Assert.Null(Run(Resume(-5), Running.With(Held)).Last.Records.HoldInForce);
        Stale(
            Resume(0), Running.With(Held with { Until = Now }), "the hold ended by itself at 2026-11-22T12:00:00.000Z");
        Stale(Resume(0) with { Holder = Holder.Window }, Running.With(Held), "there is no hold to end");

        static ResumeRequest Resume(int seconds) => new(Holder.Operator, "go on", Now.AddSeconds(seconds));
    }

    [Fact]
    public void A_request_that_is_delivered_again_is_answered_again_and_writes_nothing()
    {
        var again = Run(Request, Running.With(Held));
        Assert.Empty(again.Actions);
        Assert.Equal(new RunResult.Held(Held, Its), again.Result);

        var resume = new ResumeRequest(Holder.Operator, "enough", Now);
        var twice = Run(resume, Run(resume, Running.With(Held)).Last.Records);
        Assert.Empty(twice.Actions);
        Assert.Equal("the hold of operator was ended (enough)", Assert.IsType<RunResult.AlreadyCurrent>(twice.Result).Note);
    }

    [Fact]
    public void A_hold_without_an_end_is_notified_once_a_day()
    {
        var forever = Running.With(Held with { Until = null });
        var times = Enumerable.Range(0, 48 * 60).Select(minute => Now.AddHours(-6).AddMinutes(minute));
        Assert.Equal(
            [Now, Now.AddDays(1)], times.Where(time => Run(new Sweep("check"), forever, time).Result is RunResult.Held));
        Assert.IsType<RunResult.NothingToDo>(Run(new Sweep("check"), Running.With(Held), Now).Result);
    }

    [Fact]
    public void A_push_that_a_waiting_release_overtook_is_stale() =>
        Assert.Contains(
            "release 7.1 is newer",
            Assert.IsType<RunResult.StalePush>(
                Run(Arbitrary.Push(Newer, Now), Running.With(Arbitrary.Version(3, new Release(7, 1))).With(Held)).Result).Reason,
            StringComparison.Ordinal);

    [Fact]
    public void A_hold_keeps_the_desired_release_whatever_is_pushed_and_its_end_gives_it_free() =>
        Gen.Select(Arbitrary.Records, Arbitrary.Release.Array[0, 4]).Each((records, pushed) =>
        {
            var before = DesiredRelease.Of(records).Release;
            var held = records.With(Held with { Release = before }) with { ReadAt = Now };
            var after = pushed.Where(release => !records.HasVersion(release)).Distinct()
                .Aggregate(held, (read, release) => read.With(Arbitrary.Version(100 + (release.PipelineId * 10) + release.JobId, release)));
            Assert.True(DesiredRelease.Of(after).Release <= before || records.EffectiveRejection?.Fallback == before);
            var free = after with { ReadAt = Now.AddHours(8) };
            Assert.Equal(DesiredRelease.WithoutHold(after), DesiredRelease.Of(free));
        });

    [Fact]
    public void A_release_that_was_held_is_the_desired_one_since_the_hold_ended()
    {
        var held = Running.With(Arbitrary.Version(3, Newer)).With(Held);
        Assert.Equal(Now, SinceOf(held, Now.AddHours(7)));
        Assert.Equal(Now.AddHours(8), SinceOf(held, Now.AddHours(9)));

        // By a resume, which came before the hold's own end, or after it.
        Assert.Equal(Now.AddHours(2), SinceOf(held.With(new Resume(Holder.Operator, Now.AddHours(2), "enough")), Now.AddHours(9)));
        Assert.Equal(Now.AddHours(8), SinceOf(held.With(new Resume(Holder.Operator, Now.AddHours(9), "enough")), Now.AddHours(9)));

        // A hold that ended before the push, and one of another release, tell nothing.
        Assert.Equal(Now, SinceOf(held.With(Held with { From = Now.AddDays(-2), Until = Now.AddDays(-1) }), Now.AddHours(9)));
        Assert.Equal(Now, SinceOf(held.With(Held with { Release = Newer }), Now.AddHours(9)));

        static DateTimeOffset? SinceOf(Records records, DateTimeOffset at)
        {
            var read = records with { ReadAt = at };
            return new DesiredRelease(Newer, read.Version(3)).Since(read);
        }
    }

    [Fact]
    public void Of_two_holds_that_kept_a_release_back_the_later_end_counts()
    {
        var early = Held with { Until = Now.AddHours(1) };
        var late = new Hold(Holder.Window, Its, Now, Now.AddHours(3), "the market is open");
        foreach (var records in new[] { Running.With(early).With(late), Running.With(late).With(early) })
        {
            Assert.Equal(Now.AddHours(3), (records with { ReadAt = Now.AddHours(3) }).HeldUntil(Newer));
            Assert.Equal(Now.AddHours(1), (records with { ReadAt = Now.AddHours(2) }).HeldUntil(Newer));
            Assert.Null((records with { ReadAt = Now }).HeldUntil(Newer));
        }

        var resumed = Running.With(Held).With(new Resume(Holder.Operator, Held.From, "at once"));
        Assert.Equal(Held.From, (resumed with { ReadAt = Now.AddDays(1) }).HeldUntil(Newer));
    }

    [Fact]
    public void Every_hold_and_resume_is_read_as_it_is_written() =>
        Gen.Select(Gen.Select(Gen.Bool, Arbitrary.Release), Gen.Int[0, 100_000].Nullable(), Gen.String[Gen.Char[' ', '~'], 1, 160])
            .Each((drawn, minutes, reason) =>
            {
                var (isWindow, release) = drawn;
                var hold = new Hold(
                    isWindow ? Holder.Window : Holder.Operator,
                    release,
                    Now,
                    minutes is { } number ? Now.AddMinutes(number) : null,
                    reason);
                Assert.Equal(hold, Hold.Read(hold.Key, hold.Value));
                Assert.True(hold.Value.Length <= 256);
                var resume = new Resume(hold.Holder, Now, reason);
                Assert.Equal(resume, Charlie.Lambdas.Decisions.Resume.Read(resume.Key, resume.Value));
            });

    [Theory]
    [InlineData("charlie:hold:maria", "5.1 2026-11-22T12:00:00.000Z - because")]
    [InlineData("charlie:hold:operator", "5 2026-11-22T12:00:00.000Z - because")]
    [InlineData("charlie:hold:operator", "5.1 noon - because")]
    [InlineData("charlie:hold:operator", "5.1 2026-11-22T12:00:00.000Z never because")]
    [InlineData("charlie:hold:operator", "5.1 2026-11-22T12:00:00.000Z -")]
    [InlineData("charlie:resume:maria", "2026-11-22T12:00:00.000Z because")]
    [InlineData("charlie:resume:operator", "noon because")]
    [InlineData("charlie:restart", "2026-11-22T12:00:00.000Z")]
    [InlineData("charlie:restart", "noon because")]
    [InlineData("charlie:done:restart", "noon")]
    [InlineData("charlie:done:stop", "2026-11-22T12:00:00.000Z")]
    [InlineData("charlie:stopped", "noon because")]
    [InlineData("charlie:started", "2026-11-22T12:00:00.000Z")]
    public void A_record_tag_that_cannot_be_read_is_named_and_ignored(string key, string value)
    {
        var records = Records.Read([Arbitrary.Version(1, Release.Base)], [KeyValuePair.Create(key, value)]);
        Assert.Equal([key], records.Unreadable);
        Assert.Null(records.HoldInForce);
        Assert.False(records.IsStopped);
    }

    private static RefreshRun Run(RefreshRequest request, Records records, DateTimeOffset? at = null) =>
        RefreshRun.Of(request, new Snapshot(at ?? Now, at ?? Now, records, Group), Settings, at ?? Now);

    private static void Stale(RefreshRequest request, Records records, string reason)
    {
        var run = Run(request, records);
        Assert.Empty(run.Actions);
        var stale = Assert.IsType<RunResult.StaleRequest>(run.Result);
        Assert.Equal(reason, stale.Reason);
        Assert.Equal(
            request switch
            {
                HoldRequest hold => $"hold of {hold.Holder.Word()}",
                ResumeRequest resume => $"resume of {resume.Holder.Word()}",
                _ => "",
            },
            stale.Request);
    }
}
