using Charlie.Sandbox.AutoScaling;
using Charlie.Sandbox.CloudFormation;
using Charlie.Sandbox.Ec2;
using Charlie.Sandbox.Iam;
using Charlie.Sandbox.S3;
using Charlie.Sandbox.Secrets;
using Charlie.Sandbox.Sts;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox;

/// <summary>
/// The embedded AWS without HTTP: the services on one <see cref="CloudContext"/>, behind one endpoint. Whoever reads or
/// changes its state holds <see cref="Gate"/>; <see cref="Endpoint"/> does so for every API call, <see cref="Scheduler"/>
/// for all planned work.
/// </summary>
public sealed class Cloud : IDisposable
{
    /// <inheritdoc cref="CloudContext(TimeProvider, AwsTimings, int, int?)"/>
    public Cloud(TimeProvider time, AwsTimings timings, int seed, int? historyLength = null)
    {
        Context = new CloudContext(time, timings, seed, historyLength);
        Endpoint = new AwsEndpoint(Context);
        Ec2 = new Ec2Resources(Context);
        AutoScaling = new AutoScalingGroupStore(Context, Ec2);
        Endpoint.Add(new Ec2Api(Context, Ec2));
        Endpoint.Add(new AutoScalingApi(Context, Ec2, AutoScaling));
        Endpoint.Add(new SecretsManagerApi(Secrets, time));
        Endpoint.Add(new ParameterStoreApi(Secrets, time));
        Endpoint.Add(new SecurityTokenApi(Context));
        Endpoint.Add(new CloudFormationApi(Stacks, Objects, time));
        Endpoint.Add(new IdentityApi(Roles, Providers));
    }

    public CloudContext Context { get; }

    public Lock Gate => Context.Gate;

    public TimeProvider Time => Context.Time;

    public AwsTimings Timings => Context.Timings;

    public Scheduler Scheduler => Context.Scheduler;

    public Timeline Timeline => Context.Timeline;

    public AwsIds Ids => Context.Ids;

    public Faults Faults => Context.Faults;

    public CallerDirectory Callers => Context.Callers;

    public SecretStore Secrets { get; } = new();

    public Stacks Stacks { get; } = new();

    public ObjectStore Objects { get; } = new();

    public RolePolicies Roles { get; } = new();

    public OpenIdProviders Providers { get; } = new();

    public AwsEndpoint Endpoint { get; }

    public Ec2Resources Ec2 { get; }

    public AutoScalingGroupStore AutoScaling { get; }

    public void Dispose() => Context.Dispose();
}
