using System.Text.Json;
using Amazon.EC2;
using Amazon.EC2.Model;
using BenchmarkDotNet.Attributes;
using Charlie.Bench.Environments;
using Charlie.Lambdas.Aws.Wire;
using Charlie.Lambdas.Events;
using Charlie.Lambdas.Reports;
using Charlie.Sandbox.Template;
using Charlie.Simulation.Environments;
using Charlie.Simulation.Images;
using Charlie.Simulation.Plans;
using Charlie.Simulation.Production;

namespace Charlie.Bench.Inner;

/// <summary>What comes in and goes out, each beside how it would be done without thinking of it.</summary>
[CategoriesColumn]
[GroupBenchmarksBy(BenchmarkDotNet.Configs.BenchmarkLogicalGroupRule.ByCategory)]
public class ReadingBenchmarks
{
    private static readonly AllowedOrigin Origin = new(ProductionGroup.Name, BotImage.Repository, Pipeline.ProjectId, Pipeline.ProjectUrl);

    private static readonly JsonSerializerOptions Reflecting = new(JsonSerializerDefaults.Web);

    private readonly byte[] pushed = System.Text.Encoding.UTF8.GetBytes(Events.ImagePushed());

    private readonly DeploymentReport report = new()
    {
        Outcome = Outcome.Started,
        App = ProductionGroup.Name,
        Group = ProductionGroup.Name,
        Release = "1048576.7700123",
        Image = ProductionEnvironment.First.Name,
        Version = 2,
        PipelineId = 1048576,
        JobId = 7700123,
        PipelineUrl = Pipeline.ProjectUrl + "/-/pipelines/1048576",
        Commit = ProductionEnvironment.First.Commit,
        ProjectId = Pipeline.ProjectId,
        Summary = "Started release 1048576.7700123 on charlie: a new image was pushed.",
        Timings = new DeploymentTimings { PushedAt = DateTimeOffset.UnixEpoch, PinnedAt = DateTimeOffset.UnixEpoch },
    };

    private SimulatedEnvironment? world;
    private InMemoryHttp? http;
    private Ec2Pipeline? official;
    private LeanEc2Client? ec2;

    [GlobalSetup]
    public void Set()
    {
        var healthy = new ImageBehaviour(BehaviourKind.Healthy, TimeSpan.Zero, TimeSpan.Zero, null);
        var template = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "serverless.template"));
        var plan = new Plan(1, GroupShape.Singleton, 19, healthy, TimeSpan.Zero, []);
        world = new SimulatedEnvironment(plan, TemplateDocument.Parse(template),
            ProductionEnvironment.First.Name, new RunRecord(), Tier.Wire);
        http = new InMemoryHttp(new AwsWire(world.Cloud, world.Path, new Random(1)), world.Time, new Random(1));
        official = InMemoryClients.Ec2(ProductionGroup.OperatorKey, http);
        ec2 = new LeanEc2Client(official);
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        official?.Dispose();
        http?.Dispose();
        world?.Dispose();
    }

    [Benchmark(Baseline = true, Description = "the SDK's own reading"), BenchmarkCategory("20 template versions, requested and read")]
    public Task<DescribeLaunchTemplateVersionsResponse> VersionsBySdk() =>
        official!
            .DescribeLaunchTemplateVersionsAsync(
            new DescribeLaunchTemplateVersionsRequest { LaunchTemplateId = world!.Operator.TemplateId });

    [Benchmark(Description = "what Charlie knows"), BenchmarkCategory("20 template versions, requested and read")]
    public Task<DescribeLaunchTemplateVersionsResponse> Versions() =>
        ec2!.DescribeLaunchTemplateVersionsAsync(
            new DescribeLaunchTemplateVersionsRequest { LaunchTemplateId = world!.Operator.TemplateId });

    [Benchmark(Baseline = true, Description = "the JSON document alone"), BenchmarkCategory("Image Pushed")]
    public JsonElement Document() => JsonSerializer.Deserialize(pushed, CharlieJson.Default.JsonElement);

    [Benchmark(Description = "and every field checked"), BenchmarkCategory("Image Pushed")]
    public string Event() => ImagePushed.Read(EventEnvelope.Read(Document()), Origin, DateTimeOffset.MaxValue).Push.Image;

    [Benchmark(Baseline = true, Description = "by reflection"), BenchmarkCategory("report")]
    public byte[] ReportReflecting() => JsonSerializer.SerializeToUtf8Bytes(report, Reflecting);

    [Benchmark(Description = "generated"), BenchmarkCategory("report")]
    public byte[] Report() => JsonSerializer.SerializeToUtf8Bytes(report, CharlieJson.Default.DeploymentReport);
}
