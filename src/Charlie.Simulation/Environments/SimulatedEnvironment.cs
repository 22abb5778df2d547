using System.Text.Json.Nodes;
using Charlie.Lambdas;
using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Functions;
using Charlie.Sandbox;
using Charlie.Sandbox.AutoScaling;
using Charlie.Sandbox.Context;
using Charlie.Sandbox.Ec2;
using Charlie.Sandbox.EventBridge;
using Charlie.Sandbox.Events;
using Charlie.Sandbox.Lambda;
using Charlie.Sandbox.Logs;
using Charlie.Sandbox.Sns;
using Charlie.Sandbox.Sqs;
using Charlie.Sandbox.Template;
using Charlie.Simulation.Images;
using Charlie.Simulation.Oracles;
using Charlie.Simulation.Plans;
using Charlie.Simulation.Production;
using LifecycleState = Charlie.Sandbox.AutoScaling.LifecycleState;

namespace Charlie.Simulation.Environments;

/// <summary>
/// The embedded AWS with Charlie installed on it, in one thread and simulated time: the stack is that of
/// <c>serverless.template</c>, the functions are the real ones with the clients of the tier.
/// </summary>
internal sealed class SimulatedEnvironment : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, string> AccessKeys = new()
    {
        ["Refresh"] = "AKIAREFRESH",
        ["Lifecycle"] = "AKIALIFECYCLE",
        ["Notify"] = "AKIANOTIFY",
    };

    private static readonly Dictionary<string, string> FunctionNames = AccessKeys.ToDictionary(pair => pair.Value, pair => pair.Key);

    private readonly Dictionary<string, ILambdaHandler> functions = [];
    private readonly ITierClients clients;
    private readonly RunRecord record;
    private readonly HttpMessageInvoker probes;
    private readonly EventPlane plane;

    public SimulatedEnvironment(Plan plan, TemplateDocument template, string firstImage, RunRecord record, Tier tier)
    {
        this.record = record;
        Time = new SimulatedTime(Start);
        Faults = new FaultInjector(Time);
        Cloud = new Cloud(Time, new AwsTimings { ScaleInTakesWaiting = plan.Seed % 2 == 0 }, plan.Seed);
        var random = new Random(unchecked(plan.Seed * 31) + 7);
        Path = new CallPath(Cloud, Faults, random);
        clients = tier == Tier.Wire ? new WireClients(Cloud, Path, random) : new DeepClients(Cloud, Path, random);
        probes = new HttpMessageInvoker(new ProbeWire(Cloud, Images, random, SawApp));
        Operator = new Operator(clients.Of(ProductionGroup.OperatorKey));
        Host = new InProcessHost(Time, FunctionOf, Faults);
        Images.Lock = plan.Shape.IsRolling ? null : new MachineLock(Cloud);
        StartedApps = new StartedApps(Cloud, Images);
        Cloud.Callers.NameOf = FunctionNames.GetValueOrDefault;

        GitLab = plan.TellsGitLab ? new GitLabProject(Cloud, Faults, new Random(unchecked((plan.Seed * 53) + 37))) : null;
        var events = new EventFaults { Drop = Faults.Loses, Delay = Faults.DelayOf, Duplicate = Faults.Doubles };
        if (GitLab is { Faults: var ofGitLab })
        {
            events.DuplicateFor = name => name == Composition.GitLab && ofGitLab.Take(GitLabFault.Doubled) is not null;
            Host.DelayOf = name => name == Composition.GitLab && ofGitLab.Take(GitLabFault.Late) is { } late ? late : TimeSpan.Zero;
        }

        plane = new EventPlane(Cloud.Context, Host, events);
        Cloud.Endpoint.Add(new SnsApi(plane.Topics));
        Complete(Operator.CreateTemplateAsync(firstImage));
        var pin = plan.Past == 0 ? 1 : Completed(Operator.CreatePastAsync(plan.Past, Start));
        Stack = plane.Deploy(template, Parameters(plan));
        Complete(Operator.CreateGroupAsync(plan.Shape, pin));
        Oracle = new Oracle(Cloud, Images, Operator.TemplateId, Topics, Start);
    }

    /// <summary>Called with each action to which AWS responded, and with the run that executed it.</summary>
    public event Action<FunctionRun, AwsAction>? Executed;

    public SimulatedTime Time { get; }

    public Stack Stack { get; }

    public Cloud Cloud { get; }

    public ImageBehaviours Images { get; } = new(TimeSpan.FromSeconds(15));

    public StartedApps StartedApps { get; }

    public FaultInjector Faults { get; }

    public CallPath Path { get; }

    /// <summary>The app's project in GitLab; <c>null</c> where the stack tells GitLab nothing.</summary>
    public GitLabProject? GitLab { get; }

    public Operator Operator { get; }

    public InProcessHost Host { get; }

    public EventRouter Events => plane.Router;

    public Topics Topics => plane.Topics;

    public Queues Queues => plane.Queues;

    /// <summary>What the stack's rules keep.</summary>
    public LogGroups Logs => plane.LogGroups;

    public Oracle Oracle { get; }

    public AutoScalingGroup Group => Cloud.AutoScaling.Find(ProductionGroup.Name)!;

    public LaunchTemplate Template => Cloud.Ec2.LaunchTemplates.FindId(Operator.TemplateId)!;

    /// <summary>Clients for whoever reads beside the functions.</summary>
    public IClients ClientsOf(string accessKey) => clients.Of(accessKey);

    /// <summary>Puts an event on Charlie's bus, as CI and operators do.</summary>
    public void Put(string source, string detailType, JsonObject detail) =>
        Events.Put(Pipeline.BusName, source, detailType, [], detail, Time.GetUtcNow(), source);

    /// <summary>Plans that the group's minimum and desired capacity change once.</summary>
    public void Schedule(string name, DateTimeOffset at, int min, int desired) => Cloud.AutoScaling.ScheduledActions.Put(
        Group,
        new ScheduledAction
        {
            Name = name,
            Arn = Account.Arn("autoscaling", $"scheduledUpdateGroupAction:{name}"),
            StartTime = at,
            MinSize = min,
            DesiredCapacity = desired,
        });

    /// <summary>CloudWatch says that an alarm fired.</summary>
    public void FireAlarm(string name) => Events.Put(
        "aws.cloudwatch",
        "CloudWatch Alarm State Change",
        [Account.Arn("cloudwatch", $"alarm:{name}")],
        new JsonObject
        {
            ["alarmName"] = name,
            ["state"] = new JsonObject { ["value"] = "ALARM", ["reason"] = "Threshold Crossed: 1 datapoint [3.0] was greater than 0.0." },
        });

    /// <summary>An operator's call: nothing stands between an operator and AWS here, so it is done when it returns.</summary>
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
        clients.Dispose();
        GitLab?.Dispose();
        probes.Dispose();
        Cloud.Dispose();
    }

    // A healthy instance in service ends what is known of an outage: the app is not down any more.
    private void SawApp(Ec2Instance instance, AppRun app)
    {
        var now = Time.GetUtcNow();
        var serves = Group.Instances.Any(member => member.Id == instance.Id && member.State == LifecycleState.InService);
        if (app.IsHealthy)
        {
            if (serves)
            {
                record.OutagesSeen.Clear();
            }
        }
        // An app that starts is not healthy either.
        else if ((serves || app.Restarts > 0)
            && Images.Outages.Any(outage => outage.From <= now && now < outage.Until)
            && Oracle.Confirmed().ContainsKey(Oracle.ReleaseOf(instance.Version)))
        {
            record.OutagesSeen.Add(now);
        }
    }

    private ILambdaHandler FunctionOf(FunctionConfiguration configuration)
    {
        if (!functions.TryGetValue(configuration.Handler, out var function))
        {
            functions[configuration.Handler] = function = Compose(configuration);
        }

        return function;
    }

    private ILambdaHandler Compose(FunctionConfiguration configuration)
    {
        var settings = Settings.Read(name => configuration.Environment.GetValueOrDefault(name));
        if (configuration.Handler == Composition.GitLab)
        {
            var told = GitLabSettings.Read(settings.Origin.ProjectUrl, name => configuration.Environment.GetValueOrDefault(name));
            return Composition.BuildGitLab(told, GitLab!.Http, _ => GitLab, Time);
        }

        var own = clients.Of(AccessKeys[configuration.Handler]);
        if (configuration.Handler == Composition.Notify)
        {
            var notify = NotifySettings.Read(name => configuration.Environment.GetValueOrDefault(name));
            return Composition.BuildNotify(settings, notify, own.Topic);
        }

        return Composition.Build(
            configuration.Handler,
            settings,
            own.Ec2,
            own.AutoScaling,
            probes,
            Time,
            action =>
            {
                RunRecord.Count(record.Actions, action.GetType().Name);
                Executed?.Invoke(FunctionRun.Current!, action);
            });
    }

    private Dictionary<string, string> Parameters(Plan plan)
    {
        var others = new Dictionary<string, string>
        {
            ["MinHealthyPercentage"] = $"{plan.Shape.MinHealthyPercentage}",
            ["MaxHealthyPercentage"] = $"{plan.Shape.MaxHealthyPercentage}",
        };
        if (GitLab is not null)
        {
            others["GitLabTokenSecretArn"] = GitLabProject.SecretArn;
        }

        if (plan.Window is { } window)
        {
            (others["HoldSchedule"], others["HoldTimeZone"], others["HoldFor"]) = (window.Schedule, window.TimeZone, window.For);
        }

        return StackParameters.Of(Operator.TemplateId, BotImage.Repository, plan.Shape.Strategy, others);
    }
}
