using System.Globalization;
using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;
using Amazon.EC2;
using Amazon.EC2.Model;
using Charlie.Lambdas.Aws;
using Charlie.Simulation.Plans;
using Charlie.Simulation.Production;
using LaunchTemplateSpecification = Amazon.AutoScaling.Model.LaunchTemplateSpecification;
using Tag = Amazon.EC2.Model.Tag;

namespace Charlie.Simulation.Environments;

/// <summary>
/// What operators do to production with the clients of the tier: the infrastructure stack and its updates, and a hand on
/// the pin.
/// </summary>
internal sealed class Operator(IClients clients)
{
    private const int HookTimeoutSeconds = 1800;
    private const string FirstMachineImage = "ami-0123456789abcdef0";

    private readonly IEc2 ec2 = clients.Ec2;
    private readonly IAutoScaling autoScaling = clients.AutoScaling;

    public string TemplateId { get; private set; } = "";

    public async Task CreateTemplateAsync(string image)
    {
        var response = await clients.CreateLaunchTemplateAsync(new CreateLaunchTemplateRequest
        {
            LaunchTemplateName = ProductionGroup.Name,
            LaunchTemplateData = Base(image, FirstMachineImage),
        });
        TemplateId = response.LaunchTemplate.LaunchTemplateId;
    }

    /// <summary>
    /// What some deployments left behind, of which every third was rolled back: versions of releases 1.1, 2.2 and so
    /// on, and their record tags. The version that should run.
    /// </summary>
    public async Task<long> CreatePastAsync(int deployments, DateTimeOffset until)
    {
        var (current, pin) = ("0.0", 1L);
        var tags = new List<Tag>();
        for (var past = 0; past <= deployments; past++)
        {
            var (release, number) = ($"{past}.{past}", past == 0 ? 1 : await CreatePastVersionAsync(past, until));
            var at = (until - TimeSpan.FromHours(deployments + 1 - past))
                .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
            var rolledBack = past % 3 == 2;
            tags.Add(rolledBack
                ? new Tag($"charlie:rejected:{release}:{current}", $"{release} {at} charlie app: exited with 1")
                : new Tag($"charlie:confirmed:{release}", $"{number} {at}"));
            tags.Add(new Tag($"charlie:reported:{release}", $"{(rolledBack ? "RolledBack" : "Confirmed")} {at}"));
            (current, pin) = rolledBack ? (current, pin) : (release, number);
        }

        await ec2.CreateTagsAsync(new CreateTagsRequest { Resources = [TemplateId], Tags = tags });
        return pin;
    }

    public Task CreateGroupAsync(GroupShape shape, long version) =>
        clients.CreateAutoScalingGroupAsync(new CreateAutoScalingGroupRequest
        {
            AutoScalingGroupName = ProductionGroup.Name,
            MinSize = shape.Bounds.Min,
            MaxSize = shape.Bounds.Max,
            DesiredCapacity = shape.Size,
            VPCZoneIdentifier = "subnet-0123456789abcdef0",
            LaunchTemplate = new LaunchTemplateSpecification { LaunchTemplateId = TemplateId, Version = $"{version}" },
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

    /// <summary>Sets the group's minimum and desired capacity, as a scheduled action does.</summary>
    public Task SetCapacityAsync(int min, int capacity) => autoScaling.UpdateAutoScalingGroupAsync(new UpdateAutoScalingGroupRequest
    {
        AutoScalingGroupName = ProductionGroup.Name,
        MinSize = min,
        DesiredCapacity = capacity,
    });

    /// <summary>Whether the group took it: while an instance refresh runs it does not.</summary>
    public Task<bool> PinAsync(long version) => PinAsync($"{version}");

    /// <inheritdoc cref="PinAsync(long)"/>
    public Task<bool> PinLatestAsync() => PinAsync("$Latest");

    private async Task<long> CreatePastVersionAsync(int past, DateTimeOffset until)
    {
        var made = await ec2.CreateLaunchTemplateVersionAsync(new CreateLaunchTemplateVersionRequest
        {
            LaunchTemplateId = TemplateId,
            LaunchTemplateData = Base(
                new BotImage($"past {past}").Name,
                FirstMachineImage,
                new Tag("charlie:release", $"{past}.{past}"),
                new Tag("charlie:pushed-at", until.AddDays(-1).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture))),
        });
        return made.LaunchTemplateVersion.VersionNumber ?? 0;
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

    private static RequestLaunchTemplateData Base(string image, string machineImage, params Tag[] more) => new()
    {
        ImageId = machineImage,
        InstanceType = Amazon.EC2.InstanceType.T3Micro,
        TagSpecifications =
        [
            new LaunchTemplateTagSpecificationRequest
            {
                ResourceType = ResourceType.Instance,
                Tags = [new Tag("Name", ProductionGroup.Name), new Tag("charlie:image", image), .. more],
            },
        ],
    };
}
