using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Reports;
using Charlie.Lambdas.Tests.Decisions;

namespace Charlie.Lambdas.Tests.Reports;

/// <summary>What people read of holds, of a stopped app and of pushes that wait for it.</summary>
public sealed class ReportWriterRequestTests
{
    private static readonly Release Its = ExpectedReport.Its;
    private static readonly Hold Hold = new(Holder.Window, new Release(4, 1), Arbitrary.Noon, null, "the market is open");

    [Fact]
    public void Held_says_by_whom_and_what_stays()
    {
        const string hold = "Deployments to charlie-group are held by window until it is resumed (the market is open); release 4.1 stays.";
        Assert.Equal(hold, Summary(new RunResult.Held(Hold, Hold.Release)));
        Assert.Equal(
            $"Release 5.7 is recorded and waits. {hold} Put Resume Requested to deploy it at once.",
            Summary(new RunResult.Held(Hold, Hold.Release, Arbitrary.Push(Its, Arbitrary.Noon))));
    }

    [Fact]
    public void Recorded_and_Stopped_say_when_something_runs_again()
    {
        Assert.Equal(
            "Release 5.7 is recorded: the group's desired capacity is 0. It is deployed and judged when an instance runs again.",
            Summary(new RunResult.Recorded(ExpectedReport.Version, "the group's desired capacity is 0")));
        Assert.Equal(
            "The app is stopped: a holiday. charlie-group launches no instance until Start Requested.",
            Summary(new RunResult.AppStopped(new Stopped(Arbitrary.Noon, "a holiday"), Its)));
    }

    [Fact]
    public void Superseded_by_a_stop_names_no_release() =>
        Assert.Equal(
            "Instance i-1 of release 5.7 was abandoned: the app is stopped.",
            Summary(new RunResult.Superseded(
                Arbitrary.Facts(new GroupInstance("i-1", GroupInstance.PendingWait, 3)), ExpectedReport.Version, Its)));

    [Fact]
    public void A_push_that_was_overtaken_is_named_where_its_version_says_all_of_it()
    {
        var whole = Arbitrary.Version(2, new Release(4, 1));
        var report = Write(new RunResult.AlreadyCurrent(ExpectedReport.Version)
        {
            Overtaken = [whole, whole with { Commit = null }, whole with { ProjectId = null }, whole with { PipelineUrl = null }],
        });
        Assert.Equal([new OvertakenPush("4.1", 4242, whole.Commit!, 4, whole.PipelineUrl!, null)], report.Overtaken);
        Assert.Null(Write(new RunResult.AlreadyCurrent(ExpectedReport.Version) { Overtaken = [whole with { Commit = null }] }).Overtaken);
    }

    private static string Summary(RunResult result) => Write(result).Summary;

    private static DeploymentReport Write(RunResult result) =>
        new ReportWriter(TestSettings.Read().Names, TestSettings.Read().Policy.Health.BakeTime).Write(result);
}
