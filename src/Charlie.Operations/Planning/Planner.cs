using System.Collections.Immutable;
using Charlie.Lambdas;
using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Reports;

namespace Charlie.Operations.Planning;

/// <summary>
/// Runs the functions' own policy on a snapshot, with each action's effect put into the snapshot instead of being executed.
/// </summary>
internal static class Planner
{
    private const int Shape = 1;

    // A run replaces what it can in one pass; a plan of more actions than this would never end.
    private const int MaxActions = 1000;

    /// <summary>What Refresh would do about a request at a time.</summary>
    /// <exception cref="OperationException">
    /// The desired release has no version any more, or the template's other tags leave no room for a rejection.
    /// </exception>
    public static PlanDocument Plan(RefreshRequest request, Snapshot snapshot, Settings settings, DateTimeOffset now)
    {
        var actions = ImmutableArray.CreateBuilder<AwsAction>();
        var planned = new List<PlannedAction>();
        for (var current = snapshot; ;)
        {
            switch (Next(request, current, settings.Policy, now))
            {
                case RefreshStep.Act { Action: var action } when actions.Count < MaxActions:
                    var (what, why) = ActionText.Of(action, current);
                    actions.Add(action);
                    planned.Add(new PlannedAction(action.GetType().Name, what, why));
                    current = current.After(action, succeeded: true, now, VersionOf(action, current, now));
                    break;
                case RefreshStep.Act:
                    throw new OperationException($"The plan has more than {MaxActions} actions.");
                case RefreshStep.ReadAgain:
                    current = ReadAgain(current);
                    break;
                case RefreshStep.Done { Result: var result }:
                    var report = new ReportWriter(settings.Names, settings.Policy.Health.BakeTime).Write(result);
                    return new PlanDocument(
                        Shape, settings.App, now, Name(request), planned, report.Outcome.ToString(), report.Summary)
                    {
                        Decided = actions.ToImmutable(),
                        Result = result,
                    };
            }
        }
    }

    // The policy throws what fails the run: a person reads the sentence alone.
    private static RefreshStep Next(RefreshRequest request, Snapshot snapshot, PolicySettings settings, DateTimeOffset now)
    {
        try
        {
            return RefreshPolicy.Next(request, snapshot, settings, now);
        }
        catch (InvalidOperationException error)
        {
            throw new OperationException(error.Message);
        }
    }

    // A second read forgets what the run did; here it shows that.
    private static Snapshot ReadAgain(Snapshot snapshot) => snapshot with { Done = [], IsReadAgain = true };

    private static ReleaseVersion? VersionOf(AwsAction action, Snapshot snapshot, DateTimeOffset now)
    {
        if (action is not AwsAction.CreateVersion create)
        {
            return null;
        }

        var number = snapshot.Records.Versions.Max(version => version.Number) + 1;
        var tags = create.BaseVersion.Tags.WithInstanceTags(ReleaseTags.Write(create.Push, create.BaseVersion.Number));
        return ReleaseTags.Read(number, tags)! with { CreatedAt = now };
    }

    private static string Name(RefreshRequest request) => request switch
    {
        Push push => $"push of release {push.Release}",
        Rollback { To: { } to } rollback => $"rollback from release {rollback.From} to {to}",
        Rollback rollback => $"rollback from release {rollback.From}",
        HoldRequest => "hold",
        ResumeRequest => "resume",
        RestartRequest => "restart",
        StopRequest => "stop",
        StartRequest => "start",
        _ => "sweep",
    };
}
