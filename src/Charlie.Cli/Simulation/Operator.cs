using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;
using Amazon.EC2;
using Amazon.EC2.Model;
using Charlie.Cli.Production;
using LaunchTemplateSpecification = Amazon.AutoScaling.Model.LaunchTemplateSpecification;
using Tag = Amazon.EC2.Model.Tag;

namespace Charlie.Cli.Simulation;

/// <summary>What people do to production with the official clients: the infrastructure stack and its updates, and a hand on the pin.</summary>
internal sealed class Operator(InMemoryHttp http) : IDisposable
{
    private const int HookTimeoutSeconds = 900;

    private readonly AmazonEC2Client ec2 = InMemoryClients.Ec2(ProductionGroup.OperatorKey, http);
    private readonly AmazonAutoScalingClient autoScaling = InMemoryClients.AutoScaling(ProductionGroup.OperatorKey, http);

    public string TemplateId { get; private set; } = "";

    public async Task CreateTemplateAsync(string image)
    {
        var response = await ec2.CreateLaunchTemplateAsync(new CreateLaunchTemplateRequest
        {
            LaunchTemplateName = ProductionGroup.Name,
            LaunchTemplateData = Base(image),
        });
        TemplateId = response.LaunchTemplate.LaunchTemplateId;
    }

    public Task CreateGroupAsync() =>
        autoScaling.CreateAutoScalingGroupAsync(new CreateAutoScalingGroupRequest
        {
            AutoScalingGroupName = ProductionGroup.Name,
            MinSize = 1,
            MaxSize = 1,
            DesiredCapacity = 1,
            VPCZoneIdentifier = "subnet-0123456789abcdef0",
            LaunchTemplate = new LaunchTemplateSpecification { LaunchTemplateId = TemplateId, Version = "1" },
            LifecycleHookSpecificationList =
            [
                new LifecycleHookSpecification
                {
                    LifecycleHookName = ProductionGroup.HookName,
                    LifecycleTransition = "autoscaling:EC2_INSTANCE_LAUNCHING",
                    HeartbeatTimeout = HookTimeoutSeconds,
                    DefaultResult = "ABANDON",
                },
            ],
        });

    /// <summary>A stack update: a new base version, and the group launches from it.</summary>
    public async Task UpdateStackAsync(string image)
    {
        var made = await ec2.CreateLaunchTemplateVersionAsync(new CreateLaunchTemplateVersionRequest
        {
            LaunchTemplateId = TemplateId,
            LaunchTemplateData = Base(image),
        });
        await PinAsync(made.LaunchTemplateVersion.VersionNumber ?? 0);
    }

    public Task PinAsync(long version) => PinAsync($"{version}");

    public Task PinLatestAsync() => PinAsync("$Latest");

    public void Dispose()
    {
        ec2.Dispose();
        autoScaling.Dispose();
    }

    private async Task PinAsync(string version) =>
        await autoScaling.UpdateAutoScalingGroupAsync(new UpdateAutoScalingGroupRequest
        {
            AutoScalingGroupName = ProductionGroup.Name,
            LaunchTemplate = new LaunchTemplateSpecification { LaunchTemplateId = TemplateId, Version = version },
        });

    private static RequestLaunchTemplateData Base(string image) => new()
    {
        ImageId = "ami-0123456789abcdef0",
        InstanceType = Amazon.EC2.InstanceType.T3Micro,
        TagSpecifications =
        [
            new LaunchTemplateTagSpecificationRequest
            {
                ResourceType = ResourceType.Instance,
                Tags = [new Tag("Name", ProductionGroup.Name), new Tag("charlie:image", image)],
            },
        ],
    };
}
