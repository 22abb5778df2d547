using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Runtime;
using LaunchTemplateSpecification = Amazon.AutoScaling.Model.LaunchTemplateSpecification;
using Tag = Amazon.EC2.Model.Tag;

namespace Charlie.Simulation.Production;

/// <summary>One instance of the group, as EC2 and the group show it together.</summary>
internal sealed record RunningInstance(string Id, string LifecycleState, string? Image);

/// <summary>
/// The machine side of a deployment: the launch template with its base version and the group with its launch hook,
/// as the infrastructure stack makes them, through the official clients.
/// </summary>
internal sealed class ProductionGroup : IDisposable
{
    public const string Name = "charlie";

    public const string HookName = "charlie-launch";

    /// <summary>The access key that an operator's calls are made with.</summary>
    public const string OperatorKey = "AKIAOPERATOR";

    // More than the longest health deadline that the stack allows (840 s).
    private const int HookTimeoutSeconds = 900;

    private readonly AmazonEC2Client ec2;
    private readonly AmazonAutoScalingClient autoScaling;

    public ProductionGroup(Uri endpoint)
    {
        var credentials = new BasicAWSCredentials(OperatorKey, "not-a-secret");
        ec2 = new AmazonEC2Client(
            credentials, new AmazonEC2Config { ServiceURL = endpoint.ToString(), AuthenticationRegion = "us-east-1" });
        autoScaling = new AmazonAutoScalingClient(
            credentials, new AmazonAutoScalingConfig { ServiceURL = endpoint.ToString(), AuthenticationRegion = "us-east-1" });
    }

    public string TemplateId { get; private set; } = "";

    /// <summary>Makes the launch template; its first version is the base with the first image.</summary>
    public async Task CreateTemplateAsync(string image)
    {
        var response = await ec2.CreateLaunchTemplateAsync(new CreateLaunchTemplateRequest
        {
            LaunchTemplateName = Name,
            LaunchTemplateData = new RequestLaunchTemplateData
            {
                ImageId = "ami-0123456789abcdef0",
                InstanceType = Amazon.EC2.InstanceType.T3Micro,
                MetadataOptions = new LaunchTemplateInstanceMetadataOptionsRequest
                {
                    HttpTokens = LaunchTemplateHttpTokensState.Required,
                    InstanceMetadataTags = LaunchTemplateInstanceMetadataTagsState.Enabled,
                },
                TagSpecifications =
                [
                    new LaunchTemplateTagSpecificationRequest
                    {
                        ResourceType = ResourceType.Instance,
                        Tags = [new Tag("Name", Name), new Tag("charlie:image", image)],
                    },
                ],
            },
        });
        TemplateId = response.LaunchTemplate.LaunchTemplateId;
    }

    /// <summary>Makes the group, with the hook declared beside it so that no launch comes before the hook.</summary>
    public Task CreateGroupAsync(int size, int max) =>
        autoScaling.CreateAutoScalingGroupAsync(new CreateAutoScalingGroupRequest
        {
            AutoScalingGroupName = Name,
            MinSize = 1,
            MaxSize = max,
            DesiredCapacity = size,
            VPCZoneIdentifier = "subnet-0123456789abcdef0",
            LaunchTemplate = new LaunchTemplateSpecification { LaunchTemplateId = TemplateId, Version = "1" },
            LifecycleHookSpecificationList =
            [
                new LifecycleHookSpecification
                {
                    LifecycleHookName = HookName,
                    LifecycleTransition = "autoscaling:EC2_INSTANCE_LAUNCHING",
                    HeartbeatTimeout = HookTimeoutSeconds,
                    DefaultResult = "ABANDON",
                },
            ],
        });

    /// <summary>The group's instances that are not on their way out.</summary>
    public async Task<IReadOnlyList<RunningInstance>> ReadInstancesAsync()
    {
        var group = await ReadGroupAsync();
        var members = (group.Instances ?? [])
            .Where(instance => !instance.LifecycleState.Value.StartsWith("Terminat", StringComparison.Ordinal))
            .ToDictionary(instance => instance.InstanceId, instance => instance.LifecycleState.Value);
        if (members.Count == 0)
        {
            return [];
        }

        var response = await ec2.DescribeInstancesAsync(new DescribeInstancesRequest
        {
            Filters = [new Amazon.EC2.Model.Filter("instance-id", [.. members.Keys])],
        });
        return
        [
            .. (response.Reservations ?? []).SelectMany(reservation => reservation.Instances ?? []).Select(instance =>
                new RunningInstance(
                    instance.InstanceId,
                    members[instance.InstanceId],
                    (instance.Tags ?? []).Find(tag => tag.Key == "charlie:image")?.Value)),
        ];
    }

    /// <summary>The image of the version that the group's next launch takes.</summary>
    public async Task<string?> ReadPinnedImageAsync()
    {
        var pin = (await ReadGroupAsync()).LaunchTemplate.Version;
        var response = await ec2.DescribeLaunchTemplateVersionsAsync(new DescribeLaunchTemplateVersionsRequest
        {
            LaunchTemplateId = TemplateId,
            Versions = [pin],
        });
        return response.LaunchTemplateVersions.Single().LaunchTemplateData.TagSpecifications
            .Single(specification => specification.ResourceType == ResourceType.Instance).Tags
            .Find(tag => tag.Key == "charlie:image")?.Value;
    }

    /// <summary>The record tags that Charlie wrote among the launch template's tags.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ReadRecordTagsAsync()
    {
        var response = await ec2.DescribeLaunchTemplatesAsync(new DescribeLaunchTemplatesRequest { LaunchTemplateIds = [TemplateId] });
        return (response.LaunchTemplates.Single().Tags ?? []).ToDictionary(tag => tag.Key, tag => tag.Value);
    }

    public void Dispose()
    {
        ec2.Dispose();
        autoScaling.Dispose();
    }

    private async Task<AutoScalingGroup> ReadGroupAsync() =>
        (await autoScaling.DescribeAutoScalingGroupsAsync(new DescribeAutoScalingGroupsRequest { AutoScalingGroupNames = [Name] }))
        .AutoScalingGroups.Single();
}
