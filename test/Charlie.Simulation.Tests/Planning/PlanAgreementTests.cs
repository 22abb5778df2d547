using System.Collections.Concurrent;
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
        var (differences, actions, compared) = (new ConcurrentQueue<string>(), new ConcurrentDictionary<string, bool>(), 0);
        Parallel.For(first, last + 1, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, seed =>
        {
            var observer = new PlanObserver();
            Runs.Run(seed, observer.Observe);
            Interlocked.Add(ref compared, observer.Compared);
            foreach (var difference in observer.Differences)
            {
                differences.Enqueue($"seed {seed}: {difference}");
            }

            foreach (var action in observer.Actions.Keys)
            {
                actions[action] = true;
            }
        });
        Assert.Empty(differences);
        Assert.True(compared > 10 * (last - first + 1), $"Only {compared} runs were compared.");
        Assert.Superset(
            new HashSet<string>([nameof(AwsAction.CreateVersion), nameof(AwsAction.Pin), nameof(AwsAction.Terminate)]),
            actions.Keys.ToHashSet());
        return [.. actions.Keys];
    }
}
