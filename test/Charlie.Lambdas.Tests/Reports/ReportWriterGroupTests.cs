using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Reports;
using Charlie.Lambdas.Tests.Decisions;

namespace Charlie.Lambdas.Tests.Reports;

/// <summary>The reports of a group that lasts in a state that it should not be in, to the word.</summary>
public sealed class ReportWriterGroupTests
{
    private static readonly Release Its = ExpectedReport.Its;
    private static readonly ReleaseVersion Version = ExpectedReport.Version;
    private static readonly DeploymentReport OfVersion = ExpectedReport.OfVersion with { Notify = true };

    [Fact]
    public void Stuck_says_since_when_and_what_the_group_did_last()
    {
        const string Summary =
            "No healthy instance of charlie-group has been in service since 2026-11-22T12:00:00.000Z; release 5.7 should run.";
        Check(
            new RunResult.Stuck(new DesiredRelease(Its, Version), Arbitrary.Noon, "no capacity", Arbitrary.Noon.AddSeconds(900.5)),
            OfVersion with
            {
                Outcome = Outcome.Stuck,
                Since = Arbitrary.Noon,
                SecondsOutOfService = 900.5,
                Summary = Summary + " The group's last activity: no capacity.",
                Reason = "no capacity",
            });
        Check(
            new RunResult.Stuck(new DesiredRelease(Its, null), Arbitrary.Noon, null, Arbitrary.Noon.AddMinutes(15)),
            new DeploymentReport
            {
                Outcome = Outcome.Stuck,
                App = "charlie-app",
                Group = "charlie-group",
                Release = "5.7",
                Notify = true,
                Since = Arbitrary.Noon,
                SecondsOutOfService = 900,
                Summary = Summary + " The group's last activity: none.",
            });
    }

    [Fact]
    public void AllClear_says_since_when_and_how_long_there_was_none_told_or_not() =>
        Assert.All([true, false], told => Check(
            new RunResult.AllClear(new DesiredRelease(Its, Version), Arbitrary.Noon, Arbitrary.Noon.AddSeconds(131), told),
            OfVersion with
            {
                Outcome = Outcome.AllClear,
                Notify = told,
                Since = Arbitrary.Noon,
                SecondsOutOfService = 131,
                Summary =
                    "A healthy instance of charlie-group is in service again, since 2026-11-22T12:00:00.000Z there was none.",
            }));

    [Fact]
    public void Unconfirmed_says_since_when_it_was_tried() =>
        Check(
            new RunResult.Unconfirmed(new DesiredRelease(Its, Version), Arbitrary.Noon),
            OfVersion with
            {
                Outcome = Outcome.Unconfirmed,
                Since = Arbitrary.Noon,
                Summary =
                    "Release 5.7 has been neither confirmed nor rejected since its first launch at 2026-11-22T12:00:00.000Z.",
            });

    [Fact]
    public void OldBase_says_which_and_since_when_and_what_to_do() =>
        Check(
            new RunResult.OldBase(Version, Arbitrary.Version(9, Release.Base) with { CreatedAt = Arbitrary.Noon }),
            OfVersion with
            {
                Outcome = Outcome.OldBase,
                Since = Arbitrary.Noon,
                BaseVersion = 9,
                Summary =
                    "Release 5.7 does not run on base version 9, which a stack update made at 2026-11-22T12:00:00.000Z:"
                    + " push, or retry the newest deploy job, to bring its patches in.",
            });

    private static void Check(RunResult result, DeploymentReport expected) =>
        Assert.Equal(expected, new ReportWriter(TestSettings.Read().Names, TestSettings.Read().Policy.Health.BakeTime).Write(result));
}
