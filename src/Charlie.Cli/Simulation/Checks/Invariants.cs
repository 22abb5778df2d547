using Amazon.Runtime;
using Charlie.Cli.Expectations;
using Charlie.Lambdas.Events;
using Charlie.Sandbox;

namespace Charlie.Cli.Simulation.Checks;

/// <summary>A promise that was broken.</summary>
internal sealed record Violation(DateTimeOffset At, string What);

/// <summary>Holds every step of a run to the design's invariants, by AWS's own state and by what was pushed and asked for.</summary>
internal sealed class Invariants
{
    private readonly World world;
    private readonly Story story;
    private readonly Oracle oracle;
    private readonly TargetHistory target;
    private readonly InstanceInvariants instances;
    private readonly RecordInvariants records;

    public Invariants(World world, GroupShape shape, Story story)
    {
        (this.world, this.story) = (world, story);
        oracle = world.Oracle;
        target = new TargetHistory(oracle);
        instances = new InstanceInvariants(world, shape, oracle, target, Fail);
        records = new RecordInvariants(world, shape, story, oracle, target, Fail);
        world.Cloud.Timeline.Recorded += Check;
        world.Host.Threw += Threw;
        world.Host.Reported += Reported;
    }

    /// <summary>The first promise that was broken.</summary>
    public Violation? Broken { get; private set; }

    public void Fail(string what) => Broken ??= new Violation(world.Time.GetUtcNow(), what);

    private void Check(TimelineEntry entry)
    {
        instances.Check(entry);
        records.Check(entry);
        if (entry.Kind is "LaunchTemplateVersionCreated" or "TagsCreated")
        {
            target.Written(entry.At);
        }
    }

    private void Threw(FunctionRun run, Exception error)
    {
        Story.Count(story.Errors, error is AmazonServiceException service ? service.ErrorCode ?? "(none)" : error.GetType().Name);
        if (error is not (AmazonServiceException or AmazonClientException or HttpRequestException or IOException))
        {
            Fail($"{run.Function} threw {error.GetType().Name}: {error.Message}");
        }
    }

    private void Reported(FunctionRun run, DeploymentReport report)
    {
        Story.Count(story.Outcomes, report.Outcome.ToString());
        switch (report)
        {
            case { Outcome: Outcome.InstanceReady }:
                instances.ReportedReady(report.InstanceId);
                break;
            case { Outcome: Outcome.Confirmed, Release: { } release } when !oracle.Confirmed().ContainsKey(release):
                Fail($"release {release} was reported confirmed and has no such mark");
                break;
            case { Outcome: Outcome.RolledBack, Release: { } release } when !oracle.Floors().Any(floor => floor.From == release):
                Fail($"release {release} was reported rolled back and no floor says so");
                break;
            case { Outcome: Outcome.Rejected, Release: { } release, Image: { } image } when story.Pushed.GetValueOrDefault(release) == image:
                Fail($"the valid push of release {release} was rejected: {report.Reason}");
                break;
            case { Outcome: Outcome.Stale, Release: { } release, Image: not null } when IsWanted(release):
                Fail($"the push of release {release} was called stale where it is the newest: {report.Reason}");
                break;
        }
    }

    private bool IsWanted(string release) =>
        Oracle.Read(release).CompareTo(Oracle.Read(target.Release)) > 0
        && oracle.Floors().All(floor => Oracle.Read(release).CompareTo(Oracle.Read(floor.Rejected)) > 0);
}
