using Amazon.EC2;
using Amazon.EC2.Model;
using Charlie.Sandbox.Ec2;
using Charlie.Sandbox.Wire;
using LaunchTemplate = Charlie.Sandbox.Ec2.LaunchTemplate;
using LaunchTemplateVersion = Charlie.Sandbox.Ec2.LaunchTemplateVersion;
using SdkTemplate = Amazon.EC2.Model.LaunchTemplate;
using SdkVersion = Amazon.EC2.Model.LaunchTemplateVersion;

namespace Charlie.Simulation.Deep;

/// <summary>EC2's responses as the functions' client reads them from the wire: as <c>LeanResponses</c>, and as the SDK.</summary>
internal sealed class Ec2Shapes
{
    // A version never changes, and a response is only read.
    private readonly Dictionary<LaunchTemplateVersion, SdkVersion> versions = new(ReferenceEqualityComparer.Instance);

    // A response is only read, so the same one serves until something of the template changes.
    private (LaunchTemplate Template, int TagWrites, int Default, int Latest, SdkTemplate Made)? last;

    public DescribeLaunchTemplatesResponse Templates(Page<LaunchTemplate> page) => new()
    {
        LaunchTemplates = Sdk.List(page.Items.Select(Known)),
        NextToken = page.NextToken,
    };

    public DescribeLaunchTemplateVersionsResponse Versions(Page<LaunchTemplateVersion> page) => new()
    {
        LaunchTemplateVersions = [.. page.Items.Select(Version)],
        NextToken = page.NextToken,
    };

    public static DescribeInstancesResponse Instances(Page<Ec2Instance> page) => new()
    {
        Reservations = [.. page.Items.Select(instance => new Reservation { Instances = [Instance(instance)] })],
        NextToken = page.NextToken,
    };

    public CreateLaunchTemplateVersionResponse NewVersion(LaunchTemplateVersion version) =>
        new() { LaunchTemplateVersion = Version(version) };

    public static CreateLaunchTemplateResponse NewTemplate(LaunchTemplate template) => new() { LaunchTemplate = Template(template) };

    private SdkTemplate Known(LaunchTemplate template)
    {
        if (last is not { } known || known.Template != template || known.TagWrites != template.Tags.Writes
            || known.Default != template.DefaultVersion || known.Latest != template.LatestVersion)
        {
            last = known = (template, template.Tags.Writes, template.DefaultVersion, template.LatestVersion, Template(template));
        }

        return known.Made;
    }

    private static SdkTemplate Template(LaunchTemplate template) => new()
    {
        LaunchTemplateId = template.Id,
        LaunchTemplateName = template.Name,
        DefaultVersionNumber = template.DefaultVersion,
        LatestVersionNumber = template.LatestVersion,
        CreateTime = Sdk.Time(template.CreateTime),
        Tags = Sdk.List(template.Tags.All.Select(tag => new Tag(tag.Key, tag.Value))),
    };

    private SdkVersion Version(LaunchTemplateVersion version) =>
        versions.TryGetValue(version, out var made) ? made : versions[version] = Make(version);

    private static SdkVersion Make(LaunchTemplateVersion version) => new()
    {
        VersionNumber = version.Number,
        CreateTime = Sdk.Time(version.CreateTime),
        LaunchTemplateData = new ResponseLaunchTemplateData
        {
            TagSpecifications =
            [
                .. (version.Data["TagSpecification"]?.Items ?? []).Select(specification => new LaunchTemplateTagSpecification
                {
                    ResourceType = new ResourceType(specification["ResourceType"]?.Value),
                    Tags = [.. (specification["Tag"]?.Items ?? []).Select(tag => new Tag(tag["Key"]?.Value, tag["Value"]?.Value ?? ""))],
                }),
            ],
        },
    };

    private static Instance Instance(Ec2Instance instance) => new()
    {
        InstanceId = instance.Id,
        PrivateIpAddress = instance.PrivateIpAddress,
        LaunchTime = Sdk.Time(instance.LaunchTime),
        Tags = [.. instance.Tags.All.Select(tag => new Tag(tag.Key, tag.Value))],
    };
}
