using Charlie.Lambdas.Decisions;

namespace Charlie.Simulation.Tests.Planning;

/// <summary>What <c>charlie plan</c> says of a sweep, a push or a request is what the functions then do.</summary>
public sealed class PlanAgreementTests
{
    [Fact]
    public void A_run_does_what_its_plan_says() => ExpectAgreement(1, 10);

    [LongFact]
    public void Every_run_of_hundreds_of_seeds_does_what_its_plan_says()
    {
        var actions = ExpectAgreement(11, 310);
        Assert.Superset(
            new HashSet<string>(
            [
                nameof(AwsAction.Pin), nameof(AwsAction.Terminate), nameof(AwsAction.StartRefresh), nameof(AwsAction.Reject),
                nameof(AwsAction.DeleteRecordTags), nameof(AwsAction.DeleteVersions), nameof(AwsAction.RecordRequest),
            ]),
            actions);
    }

    private static HashSet<string> ExpectAgreement(int first, int last)
    {
        var seeds = Enumerable.Range(first, last - first + 1).ToDictionary(seed => seed, _ => new PlanObserver());
        Parallel.ForEach(seeds, pair => Runs.Run(pair.Key, pair.Value.Observe));
        Assert.Empty(seeds.SelectMany(pair => pair.Value.Differences.Select(difference => $"seed {pair.Key}: {difference}")));
        var compared = seeds.Values.Sum(observer => observer.Compared);
        Assert.True(compared > 10 * seeds.Count, $"Only {compared} runs were compared.");
        var actions = seeds.Values.SelectMany(observer => observer.Actions.Keys).ToHashSet();
        Assert.Superset(
            new HashSet<string>([nameof(AwsAction.CreateVersion), nameof(AwsAction.Pin), nameof(AwsAction.Terminate)]), actions);
        return actions;
    }
}
