using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Reports;
using Charlie.Lambdas.Tests.Decisions;

namespace Charlie.Lambdas.Tests.Reports;

/// <summary>Each result's report, field by field and to the word: an alert has to say what is wrong and what to do.</summary>
public sealed class ReportWriterTests
{
    private static readonly DateTimeOffset PushedAt = Arbitrary.Noon;
    private static readonly DateTimeOffset At = PushedAt.AddSeconds(130);

    private static readonly Release Old = new(4, 1);
    private static readonly Release Its = ExpectedReport.Its;
    private static readonly ReleaseVersion Version = ExpectedReport.Version;
    private static readonly Push Push = Arbitrary.Push(Its, PushedAt) with { Notes = ExpectedReport.Version.Notes };
    private static readonly ReleaseVersion Previous =
        Arbitrary.Version(2, Old) with { Image = "previous", Notes = PushNotes.None with { Tag = "1.1" } };

    private static readonly Rejection Rejection = new(Its, Old, Its, At, RejectedBy.Charlie, "app: exited with 1");

    private static readonly InstanceFacts Facts = Arbitrary.Facts(new GroupInstance("i-1", "InService", 3), now: At) with
    {
        LaunchedAt = PushedAt.AddSeconds(10),
        InServiceAt = PushedAt.AddSeconds(40),
        Evidence = Arbitrary.Evidence(
            Its, PushedAt.AddSeconds(30), Arbitrary.Unhealthy(default), Arbitrary.Healthy(Old), Arbitrary.Healthy(Its)),
        BakedCount = 1,
    };

    private static readonly DeploymentReport OfVersion = ExpectedReport.OfVersion;

    private static readonly DeploymentReport OfInstance = OfVersion with
    {
        InstanceId = "i-1",
        FailedProbes = 2,
        Timings = new DeploymentTimings
        {
            PushedAt = PushedAt,
            LaunchedAt = PushedAt.AddSeconds(10),
            FirstHealthyAt = PushedAt.AddSeconds(30),
            InServiceAt = PushedAt.AddSeconds(40),
        },
    };

    [Fact]
    public void NothingToDo_says_why() =>
        Check(
            new RunResult.NothingToDo("charlie is in sync"),
            Plain(Outcome.NothingToDo, "Nothing to do: charlie is in sync.") with { Reason = "charlie is in sync" });

    [Fact]
    public void Rejected_names_the_request_and_of_a_push_all_that_it_said()
    {
        const string Summary = "Rejected release 5.7: it has another image. Nothing was changed.";
        Check(
            new RunResult.Rejected("release 5.7", "it has another image"),
            Plain(Outcome.Rejected, Summary) with { Request = "release 5.7", Reason = "it has another image" },
            notify: true);
        Check(
            new RunResult.Rejected("release 5.7", "it has another image", Push),
            OfVersion with
            {
                Outcome = Outcome.Rejected,
                Version = null,
                Summary = Summary,
                Request = "release 5.7",
                Reason = "it has another image",
            },
            notify: true);
    }

    [Fact]
    public void Stale_names_what_was_not_done()
    {
        Check(
            new RunResult.StalePush(Push, "release 6.1 is newer"),
            OfVersion with
            {
                Outcome = Outcome.Stale,
                Version = null,
                Summary = "Release 5.7 was not deployed: release 6.1 is newer.",
                Reason = "release 6.1 is newer",
            },
            notify: true);
        Check(
            new RunResult.StaleRequest("rollback from release 5.7", "it is too late", Its),
            Plain(Outcome.Stale, "The rollback from release 5.7 was not done: it is too late.") with
            {
                Release = "5.7",
                Request = "rollback from release 5.7",
                Reason = "it is too late",
            },
            notify: true);
    }

    [Fact]
    public void Refused_says_what_to_do() =>
        Check(
            new RunResult.Refused(Its, "the group has a warm pool: delete it"),
            Plain(
                Outcome.Refused,
                "Release 5.7 cannot be deployed to charlie-group: the group has a warm pool: delete it."
                + " The group is left as it is; Charlie goes on by itself once that is mended.") with
            {
                Release = "5.7",
                Reason = "the group has a warm pool: delete it",
            },
            notify: true);

    [Fact]
    public void A_duplicate_is_stale_and_silent() =>
        Check(
            new RunResult.StalePush(Push, "it was accepted before", IsDuplicate: true),
            OfVersion with
            {
                Outcome = Outcome.Stale,
                Version = null,
                Summary = "Release 5.7 was not deployed: it was accepted before.",
                Reason = "it was accepted before",
            });

    [Fact]
    public void AlreadyCurrent_names_the_release() => Check(new RunResult.AlreadyCurrent(Version), OfVersion);

    [Fact]
    public void AlreadyCurrent_of_the_base_has_no_pipeline_and_no_job() =>
        Check(
            new RunResult.AlreadyCurrent(new ReleaseVersion(1, Release.Base, "base", null, null, null, null, TagSpecifications.None)),
            Plain(Outcome.AlreadyCurrent, "charlie-group runs release 0.0, or is being brought to it, already.") with
            {
                Release = "0.0",
                Image = "base",
                Version = 1,
            });

    [Fact]
    public void Started_has_the_times_of_the_last_pin_and_termination()
    {
        DoneAction[] done =
        [
            new(new AwsAction.Pin(Version), At.AddSeconds(-9), true), new(new AwsAction.Pin(Version), At, true),
            new(new AwsAction.Terminate("i-1", Its), At.AddSeconds(1), true),
                new(new AwsAction.Terminate("i-2", Its), At.AddSeconds(2), true),
        ];
        var report = OfVersion with
        {
            Outcome = Outcome.Started,
            Summary = "Started release 5.7 on charlie-group: a new image was pushed.",
            PreviousImage = "previous",
            Reason = "a new image was pushed",
            Timings = new DeploymentTimings { PushedAt = PushedAt, PinnedAt = At, TerminatedAt = At.AddSeconds(2) },
        };
        Check(new RunResult.Started(Version, "previous", "a new image was pushed", [.. done]), report);
        Check(
            new RunResult.Started(Version, null, "a new image was pushed", []),
            report with { PreviousImage = null, Timings = new DeploymentTimings { PushedAt = PushedAt } });
    }

    [Fact]
    public void InstanceReady_names_the_instance() =>
        Check(
            new RunResult.InstanceReady(Facts, Version),
            OfInstance with
            {
                Outcome = Outcome.InstanceReady,
                Summary = "Instance i-1 is healthy with the image of release 5.7 and was admitted.",
            });

    [Fact]
    public void Confirmed_has_the_time_since_the_push_and_the_count_of_instances()
    {
        var report = OfInstance with
        {
            Outcome = Outcome.Confirmed,
            Summary = "Release 5.7 is confirmed: instance i-1 runs its image and stayed healthy in service for 60 s, 130 s after the push.",
            PreviousImage = "previous",
            EndedAt = "2026-11-22T12:02:10.000Z",
            Timings = OfInstance.Timings! with { ConfirmedAt = At },
        };
        Check(new RunResult.Confirmed(Facts, Version, At, "previous"), report,
            notify: true);
        Check(
            new RunResult.Confirmed(Facts with { BakedCount = 3 }, Version with { PushedAt = null }, At, null),
            report with
            {
                Summary = "Release 5.7 is confirmed: 3 instances run its image, and i-1 stayed healthy in service for 60 s.",
                PreviousImage = null,
                Timings = report.Timings! with { PushedAt = null },
            },
            notify: true);
    }

    [Fact]
    public void Superseded_names_the_desired_release() =>
        Check(
            new RunResult.Superseded(Facts, Version, new Release(6, 1)),
            OfVersion with
            {
                Outcome = Outcome.Superseded,
                InstanceId = "i-1",
                Summary = "Instance i-1 of release 5.7 was abandoned: release 6.1 is the desired one.",
            });

    [Fact]
    public void RolledBack_has_its_reason_and_the_fallback_image() =>
        Check(
            new RunResult.RolledBack(Facts, Version, Rejection, Previous),
            OfInstance with
            {
                Outcome = Outcome.RolledBack,
                Summary = "Release 5.7 was rolled back to 4.1: app: exited with 1.",
                PreviousImage = "previous",
                Fallback = "4.1",
                FallbackTag = "1.1",
                Reason = "app: exited with 1",
                EndedAt = "2026-11-22T12:02:10.000Z",
            },
            notify: true);

    [Fact]
    public void RolledBack_in_a_handover_says_that_the_trader_was_never_stopped()
    {
        var writer = new ReportWriter(TestSettings.Read().Names, TestSettings.Read().Policy.Health.BakeTime);
        var report = writer.Write(new RunResult.RolledBack(Facts with { Trader = "i-1" }, Version, Rejection, Previous));
        Assert.Equal((Outcome.RolledBack, true), (report.Outcome, report.NeverStopped));
        Assert.Equal("Release 5.7 was rolled back to 4.1: app: exited with 1. Instance i-1 was never stopped.", report.Summary);
    }

    [Theory]
    [InlineData(1, "first")]
    [InlineData(2, "second")]
    [InlineData(3, "third")]
    [InlineData(4, "4th")]
    [InlineData(12, "12th")]
    [InlineData(21, "21st")]
    [InlineData(32, "32nd")]
    [InlineData(113, "113th")]
    [InlineData(1023, "1023rd")]
    public void Retrying_counts_and_says_that_the_group_launches_another(int attempt, string ordinal) =>
        Check(
            new RunResult.Retrying(Facts, Version, attempt, "machine: no disk"),
            OfInstance with
            {
                Outcome = Outcome.Retrying,
                Summary = $"Instance i-1 of release 5.7 was removed for an infrastructure failure, the {ordinal} in a row"
                    + " (machine: no disk); the group launches another.",
                Reason = "machine: no disk",
                Attempt = attempt,
            },
            notify: attempt is 1 or 2 or 4 or 32);

    [Fact]
    public void Failed_says_what_to_do() =>
        Check(
            new RunResult.Failed(Facts, Version, 3, "app: exited with 1"),
            OfInstance with
            {
                Outcome = Outcome.Failed,
                Summary = "Instance i-1 of release 5.7 failed, and there is no confirmed release below it to fall back to:"
                    + " app: exited with 1. Its machine is replaced, unless most of the group are sick together. Push a release that works.",
                Reason = "app: exited with 1",
                Attempt = 3,
            });

    [Theory]
    [InlineData(true, "The group launches another")]
    [InlineData(false, "Most of the group are sick together, so their machines are not the cause and none is replaced")]
    public void Unhealthy_says_what_follows(bool isReplaced, string whatFollows) =>
        Check(
            new RunResult.Unhealthy(Facts, Version, 3, isReplaced, "app: not healthy for 3 min"),
            OfInstance with
            {
                Outcome = Outcome.Unhealthy,
                Summary = "Instance i-1 of release 5.7 is not healthy: app: not healthy for 3 min."
                    + $" {whatFollows}; the release stands.",
                IsReplaced = isReplaced,
                Reason = "app: not healthy for 3 min",
                Attempt = 3,
            },
            notify: true);

    [Fact]
    public void ReportedAgain_has_the_outcome_of_its_record_tag()
    {
        Check(
            new RunResult.ReportedAgain(new FinalOutcome(Its, FinalOutcomeKind.Confirmed, At, null), Version, Previous),
            OfVersion with
            {
                Outcome = Outcome.Confirmed,
                Summary = "Release 5.7 was confirmed at 2026-11-22T12:02:10.000Z.",
                PreviousImage = "previous",
                EndedAt = "2026-11-22T12:02:10.000Z",
                Timings = new DeploymentTimings { PushedAt = PushedAt, ConfirmedAt = At },
            },
            notify: true);
        Check(
            new RunResult.ReportedAgain(new FinalOutcome(Its, FinalOutcomeKind.RolledBack, At, Rejection), null, Previous),
            Plain(Outcome.RolledBack, "Release 5.7 was rolled back to 4.1 at 2026-11-22T12:02:10.000Z: app: exited with 1.") with
            {
                Release = "5.7",
                PreviousImage = "previous",
                Fallback = "4.1",
                FallbackTag = "1.1",
                Reason = "app: exited with 1",
                EndedAt = "2026-11-22T12:02:10.000Z",
                Timings = new DeploymentTimings(),
            },
            notify: true);
    }

    [Fact]
    public void Each_outcome_of_a_final_outcome_has_the_same_word() =>
        Assert.Subset(Enum.GetNames<Outcome>().ToHashSet(), Enum.GetNames<FinalOutcomeKind>().ToHashSet());

    private static DeploymentReport Plain(Outcome outcome, string summary) =>
        new() { Outcome = outcome, App = "charlie-app", Group = "charlie-group", Summary = summary };

    private static void Check(RunResult result, DeploymentReport expected, bool notify = false) =>
        Assert.Equal(
            expected with { Notify = notify },
            new ReportWriter(TestSettings.Read().Names, TestSettings.Read().Policy.Health.BakeTime).Write(result));
}
