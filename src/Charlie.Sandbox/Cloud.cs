using System.Text.Json.Nodes;
using Charlie.Sandbox.AutoScaling;
using Charlie.Sandbox.Ec2;
using Charlie.Sandbox.EventBridge;
using Charlie.Sandbox.Instances;
using Charlie.Sandbox.Secrets;
using Charlie.Sandbox.Sts;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox;

/// <summary>
/// The embedded AWS: its state, its clock and its rules, without HTTP. Whoever reads or changes the state holds
/// <see cref="Gate"/>; <see cref="Endpoint"/> does so for every API call and <see cref="Agenda"/> for all planned work.
/// </summary>
public sealed class Cloud : IDisposable
{
    private IEventBus? bus;

    public Cloud(TimeProvider time, AwsTimings timings, int seed, TimeSpan bootDelay)
    {
        Time = time;
        Timings = timings;
        Agenda = new Agenda(time, Gate);
        Timeline = new Timeline(time);
        Ids = new AwsIds(seed);
        Images = new ImageBehaviours(bootDelay);
        Endpoint = new AwsEndpoint(this);
        Ec2 = new Ec2Resources(this);
        AutoScaling = new AutoScalingGroups(this);
        Endpoint.Add(new Ec2Api(this));
        Endpoint.Add(new AutoScalingApi(this));
        Endpoint.Add(new SecretsManagerApi(Secrets, time));
        Endpoint.Add(new ParameterStoreApi(Secrets, time));
        Endpoint.Add(new SecurityTokenApi(this));
    }

    public Lock Gate { get; } = new();

    public TimeProvider Time { get; }

    public AwsTimings Timings { get; }

    public Agenda Agenda { get; }

    public Timeline Timeline { get; }

    public AwsIds Ids { get; }

    public Faults Faults { get; } = new();

    public Callers Callers { get; } = new();

    public ImageBehaviours Images { get; }

    public SecretStore Secrets { get; } = new();

    public AwsEndpoint Endpoint { get; }

    public Ec2Resources Ec2 { get; }

    public AutoScalingGroups AutoScaling { get; }

    /// <summary>Whose API call is being answered, or <c>null</c> while the cloud acts by itself.</summary>
    public string? Actor { get; private set; }

    /// <summary>Names the bus that the services' events go to; before that they are lost, as on a bus without rules.</summary>
    public void Attach(IEventBus eventBus) => bus = eventBus;

    public void Dispose() => Agenda.Dispose();

    internal void PutEvent(string source, string detailType, IReadOnlyList<string> resources, JsonObject detail) =>
        bus?.Put(source, detailType, resources, detail);

    internal void Record(string source, string kind, string subject, string text, IReadOnlyDictionary<string, string>? data = null) =>
        Timeline.Record(source, kind, subject, text, Actor, data);

    internal ActorScope ActingAs(string? caller)
    {
        var before = Actor;
        Actor = caller;
        return new ActorScope(this, before);
    }

    internal readonly ref struct ActorScope(Cloud cloud, string? before)
    {
        public void Dispose() => cloud.Actor = before;
    }
}
