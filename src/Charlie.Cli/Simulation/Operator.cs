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
    private const string FirstMachineImage = "ami-0123456789abcdef0";

    private readonly AmazonEC2Client ec2 = InMemoryClients.Ec2(ProductionGroup.OperatorKey, http);
    private readonly AmazonAutoScalingClient autoScaling = InMemoryClients.AutoScaling(ProductionGroup.OperatorKey, http);

    public string TemplateId { get; private set; } = "";

    public async Task CreateTemplateAsync(string image)
    {
        var response = await ec2.CreateLaunchTemplateAsync(new CreateLaunchTemplateRequest
        {
            LaunchTemplateName = ProductionGroup.Name,
            LaunchTemplateData = Base(image, FirstMachineImage),
        });
        TemplateId = response.LaunchTemplate.LaunchTemplateId;
    }

    public Task CreateGroupAsync(int size) =>
        autoScaling.CreateAutoScalingGroupAsync(new CreateAutoScalingGroupRequest
        {
            AutoScalingGroupName = ProductionGroup.Name,
            MinSize = 1,
            MaxSize = size,
            DesiredCapacity = size,
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
    public async Task UpdateStackAsync(string image, string machineImage)
    {
        var made = await ec2.CreateLaunchTemplateVersionAsync(new CreateLaunchTemplateVersionRequest
        {
            LaunchTemplateId = TemplateId,
            LaunchTemplateData = Base(image, machineImage),
        });
        await PinAsync(made.LaunchTemplateVersion.VersionNumber ?? 0);
    }

    /// <summary>Whether the group took it: while an instance refresh runs it does not.</summary>
    public Task<bool> PinAsync(long version) => PinAsync($"{version}");

    /// <inheritdoc cref="PinAsync(long)"/>
    public Task<bool> PinLatestAsync() => PinAsync("$Latest");

    public void Dispose()
    {
        ec2.Dispose();
        autoScaling.Dispose();
    }

    private async Task<bool> PinAsync(string version)
    {
        try
        {
            await autoScaling.UpdateAutoScalingGroupAsync(new UpdateAutoScalingGroupRequest
            {
                AutoScalingGroupName = ProductionGroup.Name,
                LaunchTemplate = new LaunchTemplateSpecification { LaunchTemplateId = TemplateId, Version = version },
            });
            return true;
        }
        catch (AmazonAutoScalingException refused) when (refused.Message.StartsWith("An active instance refresh", StringComparison.Ordinal))
        {
            return false;
        }
    }

    private static RequestLaunchTemplateData Base(string image, string machineImage) => new()
    {
        ImageId = machineImage,
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
