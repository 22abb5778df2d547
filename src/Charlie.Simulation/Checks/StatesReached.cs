using Charlie.Lambdas.Reports;
using Charlie.Sandbox;
using Charlie.Sandbox.Context;
using Charlie.Simulation.Environments;
using Charlie.Simulation.Oracles;

namespace Charlie.Simulation.Checks;

/// <summary>Counts the states that runs reached, so that the rare ones are seen among them.</summary>
internal sealed class StatesReached
{
    private readonly SimulatedEnvironment environment;
    private readonly RunRecord record;
    private readonly Oracle oracle;

    public StatesReached(SimulatedEnvironment environment, RunRecord record)
    {
        (this.environment, this.record) = (environment, record);
        oracle = environment.Oracle;
        environment.Cloud.Timeline.Recorded += Count;
        environment.Host.Began += Began;
        environment.Host.Reported += Reported;
    }

    private void Count(TimelineEntry entry)
    {
        switch (entry.Kind)
        {
            case "LifecycleStateChanged":
                Reached($"instance {entry.Data!["state"]}");
                break;
            case "InstanceRefreshStatusChanged":
                Reached($"instance refresh {entry.Data!["status"]}");
                break;
            case "TagsCreated" when entry.Subject == environment.Operator.TemplateId:
                OfRecords();
                Reached(
                    entry.Data!.Values.Any(value => value.Contains(LossInvariant.LossWords, StringComparison.Ordinal)),
                    "a machine that was lost");
                break;
            case "TagsDeleted" when entry.Subject == environment.Operator.TemplateId:
                Reached("record tags pruned");
                break;
        }
    }

    private void OfRecords()
    {
        var (rejections, confirmed) = (oracle.Rejections().ToList(), oracle.Confirmed());
        Reached(rejections.Count > 1, "several rejections");
        Reached(rejections.Exists(rejection => confirmed.Keys.Any(rejection.Covers)), "a confirmed release rejected");
        Reached(rejections.Exists(rejection => rejection.By == "operator"), "rejected by an operator");
        Reached(rejections.Exists(rejection => rejection.By == "charlie"), "rejected by Charlie");
        Reached(rejections.Exists(rejection => rejection.By == "group"), "rejected by the group");
        Reached(rejections.Exists(rejection => rejection.By == "alarm"), "rejected for an alarm");
        Reached(
            rejections.Exists(rejection => rejection.By == "charlie" && rejection.Fallback != "0.0"
                && Oracle.Read(rejection.Fallback).Pipeline == Oracle.Read(rejection.From).Pipeline),
            "a fallback of the same pipeline");
        Reached(
            rejections.Exists(rejection => rejection.By == "charlie"
                && rejections.Exists(other => other != rejection && other.At < rejection.At && other.Covers(rejection.Fallback))),
            "a fallback that an operator went back to");
        Reached(record.Pushed.Keys.Any(oracle.IsOverruled), "a confirmation overruled");
        Reached(confirmed.Count > 1 && confirmed.ContainsKey("0.0"), "a release confirmed after the first");
        Reached(
            environment.Template.Versions.Where(version => Oracle.ReleaseOf(version) != "0.0").GroupBy(Oracle.ReleaseOf)
                .Any(versions => versions.Count() > 1),
            "a release with two versions");
    }

    private void Reported(FunctionRun run, DeploymentReport report)
    {
        var isPush = report is { Outcome: Outcome.Stale, Image: not null };
        Reached(isPush && oracle.HasVersion(report.Release!), "a duplicate of a recorded push");
        Reached(isPush && !oracle.HasVersion(report.Release!), "a push that came too late");
    }

    private void Began(FunctionRun run, IEnumerable<FunctionRun> others)
    {
        foreach (var function in others.Select(other => other.Function).Distinct())
        {
            Reached($"{run.Function} beside {function}");
        }
    }

    private void Reached(bool isReached, string state)
    {
        if (isReached)
        {
            Reached(state);
        }
    }

    private void Reached(string state) => RunRecord.Count(record.States, state);
}
