using System.Globalization;
using System.Text.RegularExpressions;
using Charlie.Lambdas.Decisions;
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
    private readonly Dictionary<(FunctionRun Run, string Instance), HashSet<int>> failures = [];

    // Releases that a person or an alarm rejected: Charlie's own rejection, from a reading before, may have taken the tag's place.
    private readonly HashSet<string> rejectedByOthers = [];

    public ReportFields(SimulatedEnvironment environment, Oracle oracle, Action<string> fail)
    {
        (this.environment, this.oracle, this.fail) = (environment, oracle, fail);
        environment.Host.Reported += Check;
        environment.Executed += Executed;
    }

    // A decision rests on the probes before its action: of what a run probed later its report says nothing.
    private void Executed(FunctionRun run, AwsAction action)
    {
        if (action is AwsAction.Reject { Rejection: { By: not RejectedBy.Charlie } rejection })
        {
            rejectedByOthers.Add($"{rejection.From}");
        }

        foreach (var instance in run.Instances)
        {
            failures.TryAdd((run, instance), []);
            failures[(run, instance)].Add(run.FailuresOf(instance));
        }
    }

    private void CheckProbes(FunctionRun run, DeploymentReport report)
    {
        var isOfInstance = report.Outcome is Outcome.InstanceReady or Outcome.HandedOver or Outcome.Retrying or Outcome.Unhealthy
                or Outcome.Failed
            || (report.Outcome is Outcome.Confirmed or Outcome.RolledBack && report.InstanceId is not null);
        if (isOfInstance != report.FailedProbes is not null)
        {
            fail(
                $"the report {report.Outcome} names {report.FailedProbes} failed probes,"
                + $" and it is {(isOfInstance ? "" : "not ")}about an instance");
        }
        else if (report.FailedProbes is { } given && !failures.GetValueOrDefault((run, report.InstanceId!), [0]).Contains(given))
        {
            fail(
                $"the report {report.Outcome} names {given} failed probes of {report.InstanceId},"
                + $" and its run had {run.FailuresOf(report.InstanceId!)},"
                + $" {string.Join(", ", failures.GetValueOrDefault((run, report.InstanceId!), []))} at its actions");
        }
    }

    private void CheckOutOfService(DeploymentReport report)
    {
        var lasted = environment.Time.GetUtcNow() - report.Since;
        var expected = report.Outcome is Outcome.Stuck or Outcome.AllClear ? lasted?.TotalSeconds : null;
        // The report is written in the moment of its end; a record has milliseconds.
        if (expected is null != report.SecondsOutOfService is null || Math.Abs((expected - report.SecondsOutOfService) ?? 0) > 1)
        {
            fail(
                $"the report {report.Outcome} says {report.SecondsOutOfService} s out of service since {report.Since:O},"
                + $" and it was {expected}");
        }
    }

    private void Check(FunctionRun run, DeploymentReport report)
    {
        CheckProbes(run, report);
        CheckOutOfService(report);

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
            rejection.By != "charlie" || rejectedByOthers.Contains(release)
                || given.StartsWith(WithoutTimes(rejection.Reason), StringComparison.Ordinal)))
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
