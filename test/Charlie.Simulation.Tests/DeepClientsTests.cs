using System.Globalization;
using Amazon.Runtime;
using Charlie.Lambdas.Aws;
using Charlie.Lambdas.Decisions;
using Charlie.Sandbox.Wire;
using Charlie.Simulation.Environments;
using Charlie.Simulation.Images;
using Charlie.Simulation.Plans;
using Charlie.Simulation.Production;

namespace Charlie.Simulation.Tests;

/// <summary>What the functions ask of AWS arrives as the SDK sends it, and what they read of it is what the SDK reads.</summary>
public sealed class DeepClientsTests
{
    private static readonly DateTimeOffset At = SimulatedEnvironment.Start;

    private static readonly Release Its = new(10, 10);

    private static readonly Strategy.Rolling Rolling = new(50, 100, TimeSpan.FromSeconds(30));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Every_call_is_the_same_in_both_tiers(int size)
    {
        var (wire, deep) = (Outcomes(Tier.Wire, size), Outcomes(Tier.Deep, size));

        Assert.Equal(wire.Calls, deep.Calls);
        Assert.Equal(wire.Results, deep.Results);
        // All that the functions may call, and no more.
        Assert.Equal(
            typeof(IEc2).GetMethods().Concat(typeof(IAutoScaling).GetMethods()).Concat(typeof(IAlertTopic).GetMethods())
                .Select(method => method.Name[..^"Async".Length]).Order(StringComparer.Ordinal),
            deep.Calls.Select(call => call.Split(' ')[0]).Distinct().Order(StringComparer.Ordinal));
    }

    private static (List<string> Calls, List<string> Results) Outcomes(Tier tier, int size)
    {
        (List<string>, List<string>) outcomes = default;
        // xUnit's synchronization context has no place in a simulation.
        var thread = new Thread(() => outcomes = OutcomesAlone(tier, size));
        thread.Start();
        thread.Join();
        return outcomes;
    }

    private static (List<string> Calls, List<string> Results) OutcomesAlone(Tier tier, int size)
    {
        var healthy = new ImageBehaviour(BehaviourKind.Healthy, TimeSpan.FromSeconds(5), TimeSpan.Zero, null);
        var shape = size == 1 ? GroupShape.Singleton : new GroupShape(size, "Rolling", 50, 100);
        using var environment = new SimulatedEnvironment(
            new Plan(1, shape, 6, healthy, TimeSpan.Zero, []), Runs.Document, Plan.FirstImage.Name, new RunRecord(), tier);
        environment.Time.RunUntil(At + TimeSpan.FromMinutes(5));
        environment.Schedule("close", At.AddHours(9), 0, 0);
        using ITierClients made = tier == Tier.Wire
            ? new WireClients(environment.Cloud, environment.Path, new Random(1))
            : new DeepClients(environment.Cloud, environment.Path, new Random(1));
        var (calls, results) = (new List<string>(), new List<string>());
        environment.Cloud.Endpoint.Called += request => calls.Add(Show(request));
        foreach (var call in Calls(made.Of(ProductionGroup.OperatorKey), environment))
        {
            results.Add(ResultOf(call));
            environment.Time.RunUntil(environment.Time.GetUtcNow() + TimeSpan.FromSeconds(20.2345));
        }

        return (calls, results);
    }

    // Each changes what those after it see; some are made once more, when AWS refuses them.
    private static IEnumerable<Func<Task<object?>>> Calls(IClients clients, SimulatedEnvironment environment)
    {
        var (template, size) = (environment.Operator.TemplateId, environment.Group.DesiredCapacity);
        var (records, instances) = (new RecordsReader(clients.Ec2, template), new InstanceReader(clients.Ec2));
        var groups = new GroupReader(clients.AutoScaling, ProductionGroup.Name, template);
        var (templates, tags) = (new TemplateWriter(clients.Ec2, template), new InstanceWriter(clients.Ec2));
        var group = new GroupWriter(clients.AutoScaling, ProductionGroup.Name, ProductionGroup.HookName, template);
        var base1 = ReleaseTags.Read(1, TagSpecifications.None)!;
        var push = new Push(Its, new BotImage("pushed").Name, new string('a', 40), Pipeline.ProjectUrl, 42, At);
        string Member(int place) => environment.Group.Instances[place].Id;

        Func<Task<object?>>[] reads =
        [
            async () => Show(await records.ReadAsync()),
            async () => Show(await groups.ReadAsync()),
            async () => await groups.ReadRefreshAsync(),
            async () => await groups.ReadLastActivityAsync(),
            async () => await groups.ReadNextScheduledActionAsync(At),
            async () => string.Join('\n', await instances.ReadAsync([.. Members(environment), "i-0123456789abcdef0"])),
        ];
        Func<Task<object?>>[] writes =
        [
            async () => await templates.WriteAsync(new Confirmation(Its, 2, At)),
            async () => await templates.CreateVersionAsync(push, base1),
            async () => await templates.CreateVersionAsync(push, base1),
            async () => await templates.CreateVersionAsync(push with { PushedAt = At.AddHours(1) }, base1),
            async () => await templates.CreateVersionAsync(push, base1 with { Number = 99 }),
            async () => await Done(tags.RecordInServiceAsync([Member(0)], At)),
            async () => await Done(tags.RecordInServiceAsync(["i-0123456789abcdef0"], At)),
            async () => await Done(group.PinAsync(2)),
            async () => await Done(group.PinAsync(99)),
            async () => await Done(group.ResizeAsync(2, size)),
            async () => await Done(group.ResizeAsync(2, 99)),
            async () => await group.ProtectAsync(Member(0), isProtected: true),
            async () => await group.ProtectAsync(Member(0), isProtected: false),
            async () => await group.ProtectAsync("i-0123456789abcdef0", isProtected: true),
            async () => await group.StartRefreshAsync(new AwsAction.StartRefresh(base1 with { Number = 3 }, Rolling, AutoRollback: true)),
            async () => await group.StartRefreshAsync(new AwsAction.StartRefresh(base1, Rolling, AutoRollback: false, IsRestart: true)),
            async () => await group.RollBackRefreshAsync(),
            async () => await group.RollBackRefreshAsync(),
            async () => await group.CancelRefreshAsync(),
            async () => await group.CancelRefreshAsync(),
            async () => await Done(group.SuspendLaunchesAsync()),
            async () => await Done(group.ResumeLaunchesAsync()),
            async () => await group.TerminateAsync(Member(0)),
            async () => await group.TerminateAsync(Member(0)),
            async () => await group.AbandonAsync(environment.Group.Instances[^1].Id),
            async () => await group.ContinueAsync(environment.Group.Instances[^1].Id),
            async () => await group.ContinueAsync("i-0123456789abcdef0"),
            async () => await Done(templates.DeleteTagsAsync(["charlie:confirmed:10.10", "charlie:none"])),
            async () => await Done(templates.DeleteVersionsAsync([3, 99])),
            async () => await group.HandOverAsync("i-0123456789abcdef0"),
            async () => await group.HandOverAsync(Member(0)),
        ];
        return writes.SelectMany(write => reads.Prepend(write)).Concat(reads);
    }

    private static IEnumerable<string> Members(SimulatedEnvironment environment) =>
        environment.Group.Instances.Select(instance => instance.Id);

    private static async Task<object?> Done(Task call)
    {
        await call;
        return "done";
    }

    private static string ResultOf(Func<Task<object?>> call)
    {
        try
        {
            return $"{SimulatedEnvironment.Completed(call())}";
        }
        catch (AmazonServiceException error)
        {
            return $"{error.GetType().Name} {error.ErrorCode} {error.StatusCode} {error.Message}";
        }
    }

    private static string Show(Records records) => string.Join('\n',
        records.Versions
            .Select(version =>
            {
                var tags = string.Join(' ', version.Tags.OfInstance.OrderBy(tag => tag.Key, StringComparer.Ordinal));
                return string.Create(CultureInfo.InvariantCulture, $"{version.Number} {version.Release} {version.CreatedAt:O} {tags}");
            })
            .Concat(records.Confirmations.Select(confirmation => $"{confirmation}"))
            .Concat(records.Rejections.Select(rejection => $"{rejection}"))
            .Append($"{records.DefaultVersion}"));

    private static string Show(Group group) =>
        $"{group} {string.Join(' ', group.Instances)} {string.Join(' ', group.Traits.Suspended)}";

    private static string Show(AwsRequest request) => string.Join(' ', request.Parameters
        .Where(parameter => parameter.Key is not ("Action" or "Version"))
        .OrderBy(parameter => parameter.Key, StringComparer.Ordinal)
        .Select(parameter => $"{parameter.Key}={parameter.Value}")
        .Prepend(request.Action));
}
