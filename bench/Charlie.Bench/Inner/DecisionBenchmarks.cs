using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using Charlie.Bench.Stage;
using Charlie.Lambdas.Decisions;

namespace Charlie.Bench.Inner;

/// <summary>The pure part, from records as full as pruning leaves them: 20 versions, 10 releases with their marks.</summary>
public class DecisionBenchmarks
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    private static readonly HealthRules Rules = new(3, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(30));

    private readonly ImmutableArray<ReleaseVersion> versions = [.. Enumerable.Range(0, 20).Select(Version)];
    private readonly Dictionary<string, string> marks = Enumerable.Range(10, 10)
        .SelectMany(number => new[]
        {
            KeyValuePair.Create($"charlie:confirmed:{1000 + number}.1", $"{number + 1} 2026-01-01T00:{number}:00.000Z"),
            KeyValuePair.Create($"charlie:reported:{1000 + number}.1", $"Confirmed 2026-01-01T00:{number}:00.000Z"),
        })
        .ToDictionary();

    private readonly Push push = new(new Release(2000, 1), ProductionStage.First.Name, ProductionStage.First.Commit, "https://gitlab.com/example/charlie/-/pipelines/2000", 4242, Now);
    private readonly GroupInstance waiting = new("i-0123456789abcdef0", GroupInstance.PendingWait, 20);

    private Records records = Records.Read([], []);
    private Group group = new("charlie", 1, 20, []);
    private LifecycleFacts? facts;

    [GlobalSetup]
    public void Set()
    {
        records = Full();
        group = new Group("charlie", 1, 20, [waiting]);
        var evidence = HealthEvidence.None.Add(new ProbeAnswer.Healthy(ProductionStage.First.Name), ProductionStage.First.Name, Now);
        facts = new LifecycleFacts(waiting, Now, null, evidence, 0, 1, records, Now);
    }

    [Benchmark(Description = "records from versions and tags")]
    public object ReadRecords() => Full();

    [Benchmark(Description = "a push: decided")]
    public object Pushed() => RefreshDecision.Decide(push, records);

    [Benchmark(Description = "what is left to do")]
    public object Converge() => Convergence.Towards(Target.Of(records), records, group, new Strategy.Replace());

    [Benchmark(Description = "an instance: judged")]
    public object Judged() => LifecycleDecision.Decide(facts!, Rules);

    private Records Full() => Records.Read(versions, marks);

    private static ReleaseVersion Version(int number)
    {
        var tags = new TagSpecifications(ImmutableDictionary<string, ImmutableDictionary<string, string>>.Empty);
        return ReleaseTags.Read(
            number + 1,
            number == 0 ? tags : tags.WithInstanceTags(ReleaseTags.Write(
                new Push(new Release(1000 + number, 1), ProductionStage.First.Name, ProductionStage.First.Commit, "https://gitlab.com/example/charlie/-/pipelines/1", 4242, Now), 1)))!;
    }
}
