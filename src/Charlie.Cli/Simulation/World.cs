using System.Text.Json.Nodes;
using Amazon.AutoScaling;
using Amazon.EC2;
using Charlie.Cli.Expectations;
using Charlie.Cli.Production;
using Charlie.Lambdas;
using Charlie.Lambdas.Aws;
using Charlie.Lambdas.Functions;
using Charlie.Lambdas.Health;
using Charlie.Sandbox;
using Charlie.Sandbox.AutoScaling;
using Charlie.Sandbox.Ec2;
using Charlie.Sandbox.EventBridge;
using Charlie.Sandbox.Lambda;
using Charlie.Sandbox.Sns;
using Charlie.Sandbox.Sqs;
using Charlie.Sandbox.Template;

namespace Charlie.Cli.Simulation;

/// <summary>
/// The embedded AWS with Charlie installed on it, in one thread and simulated time: the stack is that of
/// <c>serverless.template</c>, the functions are the real ones with the official clients.
/// </summary>
internal sealed class World : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, string> AccessKeys = new() { ["Refresh"] = "AKIAREFRESH", ["Lifecycle"] = "AKIALIFECYCLE" };

    private readonly Dictionary<string, IFunction> functions = [];
    private readonly List<IDisposable> clients = [];
    private readonly HttpMessageInvoker probes;
    private readonly InMemoryHttp http;

    public World(Plan plan, string template, string firstImage, Story story)
    {
        Time = new SimulatedTime(Start);
        Faults = new FaultPlan(Time);
        Cloud = new Cloud(Time, new AwsTimings(), plan.Seed, TimeSpan.FromSeconds(15));
        var random = new Random(unchecked(plan.Seed * 31) + 7);
        Wire = new AwsWire(Cloud, Faults, random);
        http = new InMemoryHttp(Wire, Time, random);
        probes = new HttpMessageInvoker(new ProbeWire(Cloud, random));
        Operator = new Operator(http);
        Host = new InProcessHost(Time, FunctionOf, Faults, story);
        Cloud.Callers.NameOf = key => AccessKeys.FirstOrDefault(pair => pair.Value == key).Key;

        var targets = new EventTargets();
        var queues = new Queues(Time, Cloud.Ids, Cloud.Timeline, targets);
        Topics = new Topics(Time, Cloud.Ids, Cloud.Timeline, targets);
        var delivery = new EventDelivery(Time, Cloud.Agenda, Cloud.Timeline, targets, queues) { Delay = (@event, _) => Faults.DelayOf(@event) };
        Events = new EventRouter(Time, Cloud.Agenda, Cloud.Ids, Cloud.Timeline, Cloud.Timings, targets, delivery) { DropEvent = Faults.Loses };
        var ends = new InvocationEnds(Time, Cloud.Timeline, Events, targets, Topics, queues);
        var invocations = new AsyncInvocations(
            Time, Cloud.Agenda, Cloud.Ids, Cloud.Timeline, Cloud.Timings, Host, ends, new InvocationLog(new FunctionLogs()))
        {
            Duplicate = (_, payload) => Faults.Doubles(payload),
        };
        Cloud.Attach(Events);
        Complete(Operator.CreateTemplateAsync(firstImage));
        var pin = plan.Past == 0 ? 1 : Completed(Operator.CreatePastAsync(plan.Past, Start));
        Stack.Deploy(template, Parameters(plan.Shape), Events, new Functions(targets, invocations), Topics, queues);
        Complete(Operator.CreateGroupAsync(plan.Shape.Size, pin));
        Oracle = new Oracle(Cloud, Operator.TemplateId, Topics, Start);
    }

    public SimulatedTime Time { get; }

    public Cloud Cloud { get; }

    public FaultPlan Faults { get; }

    public AwsWire Wire { get; }

    public Operator Operator { get; }

    public InProcessHost Host { get; }

    public EventRouter Events { get; }

    public Topics Topics { get; }

    public Oracle Oracle { get; }

    public AutoScalingGroup Group => Cloud.AutoScaling.Find(ProductionGroup.Name)!;

    public LaunchTemplate Template => Cloud.Ec2.LaunchTemplates.FindId(Operator.TemplateId)!;

    /// <summary>Puts an event on Charlie's bus, as CI and operators do.</summary>
    public void Put(string source, string detailType, JsonObject detail) =>
        Events.Put(Pipeline.BusName, source, detailType, [], detail, Time.GetUtcNow(), source);

    /// <summary>An operator's call: nothing stands between people and AWS here, so it is done when it returns.</summary>
    public static void Complete(Task call)
    {
        if (!call.IsCompleted)
        {
            throw new InvalidOperationException("A call that nothing delays has not ended.");
        }

        call.GetAwaiter().GetResult();
    }

    /// <inheritdoc cref="Complete"/>
    public static T Completed<T>(Task<T> call)
    {
        Complete(call);
        return call.Result;
    }

    public void Dispose()
    {
        clients.ForEach(client => client.Dispose());
        Operator.Dispose();
        http.Dispose();
        probes.Dispose();
        Cloud.Dispose();
    }

    private IFunction FunctionOf(FunctionConfiguration configuration)
    {
        if (!functions.TryGetValue(configuration.Handler, out var function))
        {
            functions[configuration.Handler] = function = Compose(configuration);
        }

        return function;
    }

    private IFunction Compose(FunctionConfiguration configuration)
    {
        var settings = Settings.Read(name => configuration.Environment.GetValueOrDefault(name));
        var key = AccessKeys[configuration.Handler];
        var ec2 = InMemoryClients.Ec2(key, http);
        var autoScaling = InMemoryClients.AutoScaling(key, http);
        clients.AddRange([ec2, autoScaling]);
        var records = new LaunchTemplateRecords(ec2, settings.LaunchTemplateId);
        var groups = new Lambdas.Aws.AutoScalingGroups(autoScaling, settings.GroupName, settings.LaunchHookName, settings.LaunchTemplateId);
        var convergence = new GroupConvergence(groups, Time);
        return configuration.Handler == "Refresh"
            ? new RefreshFunction(settings, records, groups, convergence, Time)
            : new LifecycleFunction(
                settings,
                new WatchTools(
                    records,
                    groups,
                    new Lambdas.Aws.Ec2Instances(ec2),
                    convergence,
                    new HttpProbe(probes, settings.HealthPort, settings.HealthPath, Time),
                    Time));
    }

    private Dictionary<string, string> Parameters(GroupShape shape) => new()
    {
        ["App"] = ProductionGroup.Name,
        ["GroupName"] = ProductionGroup.Name,
        ["LaunchTemplateId"] = Operator.TemplateId,
        ["LaunchHookName"] = ProductionGroup.HookName,
        ["ImageRepository"] = BotImage.Repository,
        ["ProjectId"] = $"{Pipeline.ProjectId}",
        ["ProjectUrl"] = Pipeline.ProjectUrl,
        ["CiRoleArn"] = $"arn:aws:iam::{Account.Id}:role/charlie-ci",
        ["OpsRoleArn"] = $"arn:aws:iam::{Account.Id}:role/charlie-ops",
        ["VpcId"] = "vpc-0123456789abcdef0",
        ["SubnetIds"] = "subnet-0123456789abcdef0",
        ["EventBusName"] = Pipeline.BusName,
        ["Strategy"] = shape.Strategy,
        ["MinHealthyPercentage"] = $"{shape.MinHealthyPercentage}",
        ["MaxHealthyPercentage"] = $"{shape.MaxHealthyPercentage}",
        ["Singleton"] = shape.IsRolling ? "false" : "true",
    };
}
