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
        var clients = new Clients(InMemoryClients.Ec2(accessKey, http), InMemoryClients.AutoScaling(accessKey, http));
        made.Add(clients);
        return clients;
    }

    public void Dispose()
    {
        made.ForEach(clients => clients.Dispose());
        http.Dispose();
    }

    private sealed class Clients(Ec2Pipeline pipeline, AutoScalingClient autoScaling) : IClients, IDisposable
    {
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

/// <summary>The sandbox's own operations, without a wire.</summary>
internal sealed class DeepClients(Cloud cloud, CallPath path, Random random) : ITierClients
{
    private readonly RememberedResponses<DeepResponse> remembered = new(cloud.Time, random);

    public IClients Of(string accessKey) => new Clients(new DeepCaller(cloud, path, remembered, random, accessKey));

    public void Dispose()
    {
    }

    private sealed class Clients(IApiCaller caller) : IClients
    {
        private readonly DeepEc2 ec2 = new(caller);
        private readonly DeepAutoScaling autoScaling = new(caller);

        public IEc2 Ec2 => ec2;

        public IAutoScaling AutoScaling => autoScaling;

        public Task<CreateLaunchTemplateResponse> CreateLaunchTemplateAsync(CreateLaunchTemplateRequest request) =>
            ec2.CreateLaunchTemplateAsync(request);

        public Task<CreateAutoScalingGroupResponse> CreateAutoScalingGroupAsync(CreateAutoScalingGroupRequest request) =>
            autoScaling.CreateAutoScalingGroupAsync(request);
    }
}
