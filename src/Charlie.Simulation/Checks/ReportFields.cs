using System.Globalization;
using System.Text.RegularExpressions;
using Charlie.Lambdas.Reports;
using Charlie.Simulation.Environments;
using Charlie.Simulation.Oracles;

namespace Charlie.Simulation.Checks;

/// <summary>Every field of a report is what AWS's own state says: version, image, fallback's image, reason and times.</summary>
internal sealed partial class ReportFields
{
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(30);

    private readonly SimulatedEnvironment environment;
    private readonly Oracle oracle;
    private readonly Action<string> fail;

    public ReportFields(SimulatedEnvironment environment, Oracle oracle, Action<string> fail)
    {
        (this.environment, this.oracle, this.fail) = (environment, oracle, fail);
        environment.Host.Reported += (_, report) => Check(report);
    }

    private void Check(DeploymentReport report)
    {
        // A version may be pruned while a run that read it goes on.
        if (report.Version is { } number && environment.Template.Find($"{number}") is { } version)
        {
            Expect(report, "release", Oracle.ReleaseOf(version), report.Release);
            Expect(report, "image", Oracle.ImageOf(version), report.Image);
        }

        switch (report)
        {
            case { Outcome: Outcome.Confirmed, Release: { } release }:
                if (!IsTimeOf(oracle.ConfirmedAt(release), report))
                {
                    fail($"release {release} was reported confirmed at {report.EndedAt}, and its tag says {oracle.ConfirmedAt(release):O}");
                }

                break;
            case { Outcome: Outcome.RolledBack, Release: { } release }:
                CheckRollback(report, release);
                break;
        }

        CheckTimes(report);
    }

    private void CheckRollback(DeploymentReport report, string release)
    {
        var rejections = oracle.Rejections().Where(rejection => rejection.From == release && IsTimeOf(rejection.At, report)).ToList();
        if (rejections.Count == 0)
        {
            fail($"release {release} was reported rolled back at {report.EndedAt}, and no rejection has that time");
            return;
        }

        // A tag has room for the beginning of a reason. The group's own rejection takes the place of an operator's.
        var given = WithoutTimes(report.Reason);
        if (!rejections.Exists(rejection =>
            rejection.By != "charlie" || given.StartsWith(WithoutTimes(rejection.Reason), StringComparison.Ordinal)))
        {
            fail($"release {release} was rejected because {rejections[0].Reason}, and the report says {report.Reason}");
        }

        var images = environment.Template.Versions
            .Where(version => rejections.Exists(rejection => rejection.Fallback == Oracle.ReleaseOf(version)))
            .Select(Oracle.ImageOf)
            .ToList();
        if (images.Count > 0 && !images.Contains(report.PreviousImage))
        {
            fail($"release {release} was rolled back to {rejections[0].Fallback}, and the report names the image {report.PreviousImage}");
        }
    }

    // An event's time has no fraction of a second.
    private void CheckTimes(DeploymentReport report)
    {
        if (report.Timings is not { } timings)
        {
            return;
        }

        // A watch's first healthy response comes before its instance is in service, a sweep's after.
        DateTimeOffset?[] steps = [timings.LaunchedAt, timings.InServiceAt, timings.ConfirmedAt, environment.Time.GetUtcNow()];
        var known = steps.OfType<DateTimeOffset>().ToList();
        if (!known.SequenceEqual(known.Order()) || timings.FirstHealthyAt < timings.LaunchedAt)
        {
            fail($"the times of a report do not follow one another: {timings}");
        }

        if (timings.LaunchedAt < timings.PushedAt)
        {
            fail($"an instance of release {report.Release} was launched before its push: {timings}");
        }
    }

    private void Expect<T>(DeploymentReport report, string field, T expected, T given)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, given))
        {
            fail($"the report {report.Outcome} of release {report.Release} has the {field} {given} and not {expected}");
        }
    }

    // Two runs of one moment measure other ages.
    // Of two runs that reject one release at once, each has measured its own times.
    private static string WithoutTimes(string? reason) => Times().Replace(reason ?? "", "");

    // Two runs may write one outcome at once: the tag of one of them stays.
    private static bool IsTimeOf(DateTimeOffset? written, DeploymentReport report) =>
        report.EndedAt is { } time && (DateTimeOffset.Parse(time, CultureInfo.InvariantCulture) - written)?.Duration() < AtOnce;

    [GeneratedRegex(@"(\d+ (d|h|min|s) ?)+|\d+")]
    private static partial Regex Times();
}
