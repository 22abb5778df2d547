using Amazon.Runtime;
using Charlie.Lambdas.Aws;
using Charlie.Lambdas.Reports;
using Charlie.Sandbox;
using Charlie.Sandbox.Context;
using Charlie.Simulation.Environments;
using Charlie.Simulation.Oracles;
using Charlie.Simulation.Plans;
using Charlie.Simulation.Scenarios;

namespace Charlie.Simulation.Checks;

/// <summary>A check that did not hold.</summary>
internal sealed record Violation(DateTimeOffset At, string What);

/// <summary>Checks every step of a run against the design's invariants, by AWS's own state and by what was pushed and requested.</summary>
internal sealed class Invariants
{
    /// <summary>How the reason of a stale push ends whose release is recorded.</summary>
    private const string DuplicateWords = "; its event was delivered again";

    private readonly SimulatedEnvironment environment;
    private readonly RunRecord record;
    private readonly Oracle oracle;
    private readonly DesiredReleaseHistory desired;
    private readonly InstanceInvariants instances;
    private readonly RecordInvariants records;
    private readonly StopInvariant stops;
    private readonly AnswerInvariant answers;
    private readonly LossInvariant losses;
    private readonly DeliveryInvariant deliveries;
    private readonly GitLabInvariant? gitLab;

    public Invariants(SimulatedEnvironment environment, GroupShape shape, RunRecord record)
    {
        (this.environment, this.record) = (environment, record);
        oracle = environment.Oracle;
        desired = new DesiredReleaseHistory(oracle);
        instances = new InstanceInvariants(environment, shape, oracle, desired, Fail);
        records = new RecordInvariants(environment, shape, record, oracle, desired, Fail);
        stops = new StopInvariant(environment, oracle, Fail);
        losses = new LossInvariant(environment, desired, Fail);
        answers = new AnswerInvariant(environment, shape, record, oracle, desired, Fail);
        _ = new ClosedInvariant(environment, Fail);
        _ = new DownInvariant(environment, oracle, Fail);
        _ = new SickInvariant(environment, oracle, Fail);
        _ = new ReportFields(environment, oracle, Fail);
        _ = new NotifyInvariant(environment, Fail);
        deliveries = new DeliveryInvariant(environment, Fail);
        gitLab = environment.GitLab is { } project ? new GitLabInvariant(environment, project, Fail) : null;
        environment.Cloud.Timeline.Recorded += Check;
        environment.Host.Threw += Threw;
        environment.Host.Reported += Reported;
    }

    /// <summary>The first violation.</summary>
    public Violation? Violation { get; private set; }

    public void Fail(string what) => Violation ??= new Violation(environment.Time.GetUtcNow(), what);

    /// <summary>What is wrong at the end of a run that only shows there; <c>null</c> when nothing is.</summary>
    public string? AtEnd(Plan plan) =>
        RequestInvariant.Violation(plan, environment) ?? answers.Violation() ?? deliveries.Violation() ?? gitLab?.Violation();

    private void Check(TimelineEntry entry)
    {
        desired.At(entry.At);
        instances.Check(entry);
        stops.Check(entry);
        answers.Check(entry);
        losses.Check(entry);
        records.Check(entry);
        if (entry.Kind is "LaunchTemplateVersionCreated" or "TagsCreated")
        {
            desired.Written(entry.At);
        }
    }

    private void Threw(FunctionRun run, Exception error)
    {
        RunRecord.Count(record.Errors, error is AmazonServiceException service ? service.ErrorCode ?? "(none)" : error.GetType().Name);
        if (error is AmazonServiceException { ErrorCode: "IdempotentParameterMismatch" or "ScalingActivityInProgress" } first)
        {
            Fail($"{run.Function} failed with {first.ErrorCode}, which says that another run did its work");
        }

        if (error is not (AmazonServiceException or AmazonClientException or CallException or HttpRequestException or IOException))
        {
            Fail($"{run.Function} threw {error.GetType().Name}: {error.Message}");
        }
    }

    private void Reported(FunctionRun run, DeploymentReport report)
    {
        RunRecord.Count(record.Outcomes, report.Outcome.ToString());
        switch (report)
        {
            case { Outcome: Outcome.InstanceReady }:
                instances.ReportedReady(report.InstanceId);
                break;
            case { Outcome: Outcome.Confirmed, Release: { } release } when oracle.ConfirmedAt(release) is null:
                Fail($"release {release} was reported confirmed and has no such record tag");
                break;
            case { Outcome: Outcome.RolledBack, Release: { } release } when !oracle.Rejections()
                .Any(rejection => rejection.From == release):
                Fail($"release {release} was reported rolled back and has no rejection");
                break;
            case { Outcome: Outcome.Rejected, Release: { } release, Image: { } image } when record.Pushed.GetValueOrDefault(
                release) == image:
                Fail($"the valid push of release {release} was rejected: {report.Reason}");
                break;
            case { Outcome: Outcome.Held, Release: { } release, Image: not null } when !IsHeld(release):
                Fail($"the push of release {release} was called held, and no hold is in force");
                break;
            case { Outcome: Outcome.Stale, Release: { } release, Image: not null } when IsWanted(release):
                Fail($"the push of release {release} was called stale although it is the newest: {report.Reason}");
                break;
            case { Outcome: Outcome.Stale, Release: { } release, Image: not null, Reason: { } reason }:
                records.ReportedStale(release, reason.EndsWith(DuplicateWords, StringComparison.Ordinal));
                break;
            case { Outcome: Outcome.Stale, Release: { } release, Reason: { } reason } when IsRollback(report) && WasDone(release):
                Fail($"the one rollback request of release {release} was done, and its repetition called stale: {reason}");
                break;
        }
    }

    // A hold that ended a moment ago may still answer.
    private bool IsHeld(string release) =>
        (oracle.Requests.HeldAt is { } held && Oracle.Read(release).CompareTo(Oracle.Read(held)) > 0)
        || !desired.IsSettled(environment.Time.GetUtcNow());

    private static bool IsRollback(DeploymentReport report) =>
        report.Summary.StartsWith("The rollback", StringComparison.Ordinal);

    // A run that read a moment ago may not see the release's version yet, nor its rejection.
    private bool WasDone(string release) =>
        desired.IsSettled(environment.Time.GetUtcNow())
        && record.Requested.GetValueOrDefault(release) == 1
        && oracle.Rejections().Any(rejection => rejection.From == release && rejection.By == "operator");

    private bool IsWanted(string release) =>
        Oracle.Read(release).CompareTo(Oracle.Read(oracle.DesiredReleaseWithoutHold())) > 0
        && oracle.Rejections().All(rejection => Oracle.Read(release).CompareTo(Oracle.Read(rejection.Through)) > 0);
}
