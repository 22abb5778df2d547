using Charlie.Cli.Expectations;
using Charlie.Sandbox;

namespace Charlie.Cli.Simulation.Checks;

/// <summary>Counts the states that runs came through, so that one sees that the rare ones were among them.</summary>
internal sealed class StatesReached
{
    private readonly World world;
    private readonly Story story;
    private readonly Oracle oracle;

    public StatesReached(World world, Story story)
    {
        (this.world, this.story) = (world, story);
        oracle = world.Oracle;
        world.Cloud.Timeline.Recorded += Count;
        world.Host.Began += Began;
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
            case "TagsCreated" when entry.Subject == world.Operator.TemplateId:
                OfRecords();
                break;
            case "TagsDeleted" when entry.Subject == world.Operator.TemplateId:
                Reached("marks pruned");
                break;
        }
    }

    private void OfRecords()
    {
        var (floors, confirmed) = (oracle.Floors().ToList(), oracle.Confirmed());
        Reached(floors.Count > 1, "several floors");
        Reached(floors.Exists(floor => confirmed.Keys.Any(floor.Rejects)), "a confirmed release rejected");
        Reached(floors.Exists(floor => floor.Why.StartsWith("operator: ", StringComparison.Ordinal)), "rejected by a person");
        Reached(floors.Exists(floor => floor.Why.StartsWith("charlie: ", StringComparison.Ordinal)), "rejected by Charlie");
        Reached(floors.Exists(floor => floor.Why.StartsWith("group: ", StringComparison.Ordinal)), "rejected by the group");
        Reached(confirmed.Count > 1 && confirmed.ContainsKey("0.0"), "a release confirmed after the first");
        Reached(
            world.Template.Versions.Where(version => Oracle.ReleaseOf(version) != "0.0").GroupBy(Oracle.ReleaseOf).Any(versions => versions.Count() > 1),
            "a release with two versions");
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

    private void Reached(string state) => Story.Count(story.States, state);
}
