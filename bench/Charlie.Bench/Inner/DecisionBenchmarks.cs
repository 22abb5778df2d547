using System.Collections.Immutable;
using System.Net;
using BenchmarkDotNet.Attributes;
using Charlie.Bench.Environments;
using Charlie.Lambdas.Decisions;

namespace Charlie.Bench.Inner;

/// <summary>The pure part, from records as full as pruning leaves them: 20 versions, 10 releases with their record tags.</summary>
public class DecisionBenchmarks
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    private static readonly HealthRules Rules = new(
        Successes: 3,
        MachineDeadline: TimeSpan.FromMinutes(8),
        StartTime: TimeSpan.FromMinutes(1),
        HealthDeadline: TimeSpan.FromMinutes(10),
        BakeTime: TimeSpan.FromMinutes(1),
        DeploymentDeadline: TimeSpan.FromMinutes(30));

    private static readonly PolicySettings Settings = new(true, new Strategy.Replace(), Rules);

    private readonly ImmutableArray<ReleaseVersion> versions = [.. Enumerable.Range(0, 20).Select(Version)];
    private readonly Dictionary<string, string> tags = Enumerable.Range(10, 10)
        .SelectMany(number => new[]
        {
            KeyValuePair.Create($"charlie:confirmed:{1000 + number}.1", $"{number + 1} 2026-01-01T00:{number}:00.000Z"),
            KeyValuePair.Create($"charlie:reported:{1000 + number}.1", $"Confirmed 2026-01-01T00:{number}:00.000Z"),
        })
        .ToDictionary();

    private readonly Push push =
        new(new Release(2000, 1), ProductionEnvironment.First.Name, ProductionEnvironment.First.Commit,
        "https://gitlab.com/example/charlie/-/pipelines/2000", 4242, Now);
    private readonly GroupInstance waiting = new("i-0123456789abcdef0", GroupInstance.PendingWait, 20);

    private Snapshot? snapshot;
    private InstanceFacts? facts;

    [GlobalSetup]
    public void Set()
    {
        var records = Full();
        snapshot = new Snapshot(Now, Now, records, new Group("charlie", 1, 20, [waiting]));
        var image = ProductionEnvironment.First.Name;
        snapshot = snapshot with
        {
            Details = snapshot.Details.Add(waiting.Id, new InstanceDetails(waiting.Id, IPAddress.Loopback, Now, null)),
            Evidence = snapshot.Evidence.Add(
                waiting.Id, HealthEvidence.None.Add(new ProbeResponse.Healthy(image, TimeSpan.Zero), image, Now)),
        };
        facts = InstanceFacts.Of(waiting, snapshot, Now);
    }

    [Benchmark(Description = "records from versions and tags")]
    public object ReadRecords() => Full();

    [Benchmark(Description = "a push: decided")]
    public object Pushed() => RefreshPolicy.Next(push, snapshot!, Settings, Now);

    [Benchmark(Description = "what is left to do")]
    public object? Reconcile() =>
        ReconcilePlan.Next(snapshot!.With(snapshot.Records, snapshot.Group), Settings.Strategy);

    [Benchmark(Description = "an instance: judged")]
    public object Judged() => InstancePolicy.Decide(facts!, Rules, Settings.Strategy);

    private Records Full() => Records.Read(versions, tags);

    private static ReleaseVersion Version(int number)
    {
        return ReleaseTags.Read(
            number + 1,
            number == 0 ? TagSpecifications.None : TagSpecifications.None.WithInstanceTags(ReleaseTags.Write(
                new Push(new Release(1000 + number, 1), ProductionEnvironment.First.Name, ProductionEnvironment.First.Commit,
                    "https://gitlab.com/example/charlie/-/pipelines/1", 4242, Now), 1)))!;
    }
}
