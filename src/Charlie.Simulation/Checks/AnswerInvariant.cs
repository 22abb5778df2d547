using Charlie.Lambdas.Reports;
using Charlie.Sandbox.Context;
using Charlie.Simulation.Environments;
using Charlie.Simulation.Oracles;
using Charlie.Simulation.Plans;

namespace Charlie.Simulation.Checks;

/// <summary>
/// Each push, each alarm and each request that reached Refresh is followed, or is answered with what the oracle confirms. What the product
/// records is not asked for here: an event that it drops leaves nothing in its records.
/// </summary>
internal sealed class AnswerInvariant
{
    private readonly SimulatedEnvironment environment;
    private readonly DesiredReleaseHistory desired;
    private readonly PushAnswers pushes;
    private readonly RequestAnswers requests;
    private readonly RollbackAnswers rollbacks;
    private readonly AlarmAnswers alarms;
    private readonly Oracle oracle;
    private readonly bool isHandover;

    // When a person had last set what Charlie refuses: a pin that moves, or a second instance without a handover.
    private DateTimeOffset? refusedAt;

    public AnswerInvariant(
        SimulatedEnvironment environment,
        GroupShape shape,
        RunRecord record,
        Oracle oracle,
        DesiredReleaseHistory desired,
        Action<string> fail)
    {
        (this.environment, this.oracle, this.desired) = (environment, oracle, desired);
        isHandover = shape.IsHandover;
        pushes = new PushAnswers(record, fail);
        requests = new RequestAnswers(environment, oracle, fail);
        rollbacks = new RollbackAnswers(environment, oracle, desired, fail);
        alarms = new AlarmAnswers(environment, oracle, desired, fail);
        environment.Host.Reported += Reported;
    }

    public void Check(TimelineEntry entry)
    {
        if (!long.TryParse(environment.Group.LaunchTemplate.Version, out _)
            || (isHandover && environment.Group.DesiredCapacity > 1 && !oracle.Requests.IsHandoverOpen))
        {
            refusedAt = entry.At;
        }

        pushes.Check(entry);
        requests.Check(entry);
    }

    /// <summary>What is wrong at the end of a run; <c>null</c> when nothing is.</summary>
    public string? Violation() => pushes.Violation();

    private void Reported(FunctionRun run, DeploymentReport report)
    {
        if (run.Function != "Refresh" || FollowedEvent.Read(run, report) is not { } followed)
        {
            return;
        }

        if (report.Outcome == Outcome.Refused && refusedAt >= environment.Time.GetUtcNow() - DesiredReleaseHistory.Grace)
        {
            return;
        }

        switch (followed.DetailType)
        {
            case "Image Pushed":
                pushes.Answered(followed);
                break;
            case "Rollback Requested" when desired.IsSettled(environment.Time.GetUtcNow()):
                rollbacks.Answered(followed);
                break;
            case "Rollback Requested":
                break;
            case "CloudWatch Alarm State Change":
                alarms.Answered(followed);
                break;
            default:
                requests.Answered(followed);
                break;
        }
    }
}
