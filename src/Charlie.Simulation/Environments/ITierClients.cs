using Amazon.AutoScaling.Model;
using Amazon.EC2.Model;
using Charlie.Lambdas.Aws;
using Charlie.Lambdas.Aws.Wire;
using Charlie.Sandbox;
using Charlie.Simulation.Deep;

namespace Charlie.Simulation.Environments;

/// <summary>Makes the clients of a tier.</summary>
internal interface ITierClients : IDisposable
{
    IClients Of(string accessKey);
}

/// <summary>The official clients, whose bytes go through memory.</summary>
internal sealed class WireClients(Cloud cloud, CallPath path, Random random) : ITierClients
{
    private readonly InMemoryHttp http = new(new AwsWire(cloud, path, random), cloud.Time, random);
    private readonly List<IDisposable> made = [];

    public IClients Of(string accessKey)
    {
        var clients = new Clients(
            InMemoryClients.Ec2(accessKey, http),
            InMemoryClients.AutoScaling(accessKey, http),
            arn => InMemoryClients.Topic(accessKey, arn, http));
        made.Add(clients);
        return clients;
    }

    public void Dispose()
    {
        made.ForEach(clients => clients.Dispose());
        http.Dispose();
    }

    private sealed class Clients(Ec2Pipeline pipeline, AutoScalingClient autoScaling, Func<string, SnsTopic> topic) : IClients, IDisposable
    {
        public IAlertTopic Topic(string arn) => topic(arn);

        public IEc2 Ec2 { get; } = new LeanEc2Client(pipeline);

        public IAutoScaling AutoScaling => autoScaling;

        public Task<CreateLaunchTemplateResponse> CreateLaunchTemplateAsync(CreateLaunchTemplateRequest request) =>
            pipeline.CreateLaunchTemplateAsync(request);

        public Task<CreateAutoScalingGroupResponse> CreateAutoScalingGroupAsync(CreateAutoScalingGroupRequest request) =>
            autoScaling.CreateAutoScalingGroupAsync(request);

        public void Dispose()
        {
            pipeline.Dispose();
            autoScaling.Dispose();
        }
    }
}

/// <summary>The sandbox's own operations, without a wire. A topic is the real one: there is no SDK to leave out.</summary>
internal sealed class DeepClients(Cloud cloud, CallPath path, Random random) : ITierClients
{
    private readonly RememberedResponses<DeepResponse> remembered = new(cloud.Time, random);
    private readonly InMemoryHttp http = new(new AwsWire(cloud, path, random), cloud.Time, random);

    public IClients Of(string accessKey) => new Clients(
        new DeepCaller(cloud, path, remembered, random, accessKey), arn => InMemoryClients.Topic(accessKey, arn, http));

    public void Dispose() => http.Dispose();

    private sealed class Clients(IApiCaller caller, Func<string, SnsTopic> topic) : IClients
    {
        private readonly DeepEc2 ec2 = new(caller);
        private readonly DeepAutoScaling autoScaling = new(caller);

        public IEc2 Ec2 => ec2;

        public IAutoScaling AutoScaling => autoScaling;

        public IAlertTopic Topic(string arn) => topic(arn);

        public Task<CreateLaunchTemplateResponse> CreateLaunchTemplateAsync(CreateLaunchTemplateRequest request) =>
            ec2.CreateLaunchTemplateAsync(request);

        public Task<CreateAutoScalingGroupResponse> CreateAutoScalingGroupAsync(CreateAutoScalingGroupRequest request) =>
            autoScaling.CreateAutoScalingGroupAsync(request);
    }
}
