using Amazon.EC2;
using Amazon.EC2.Model;

namespace Charlie.Sandbox.Tests.Ec2;

public sealed class LaunchTemplateTests : IAsyncLifetime
{
    private Ec2Fixture fixture = null!;

    private AmazonEC2Client Client => fixture.Client;

    public async ValueTask InitializeAsync() => fixture = await Ec2Fixture.StartAsync();

    public ValueTask DisposeAsync() => fixture.DisposeAsync();

    [Fact]
    public async Task A_template_is_created_found_by_name_and_id_modified_and_deleted()
    {
        var created = (await Client.CreateLaunchTemplateAsync(new CreateLaunchTemplateRequest
        {
            LaunchTemplateName = "charlie",
            VersionDescription = "base",
            LaunchTemplateData = new RequestLaunchTemplateData { ImageId = "ami-1" },
            TagSpecifications = [new TagSpecification { ResourceType = ResourceType.LaunchTemplate, Tags = [new Tag("a", "1")] }],
        })).LaunchTemplate;
        Assert.Matches("^lt-0[0-9a-f]{16}$", created.LaunchTemplateId);
        Assert.Equal((1, 1), (created.DefaultVersionNumber, created.LatestVersionNumber));

        await Client.CreateLaunchTemplateVersionAsync(
            new CreateLaunchTemplateVersionRequest
            {
                LaunchTemplateName = "charlie",
                LaunchTemplateData = new RequestLaunchTemplateData { ImageId = "ami-2" }
            });
        var modified = (await Client.ModifyLaunchTemplateAsync(
            new ModifyLaunchTemplateRequest { LaunchTemplateId = created.LaunchTemplateId, DefaultVersion = "2" })).LaunchTemplate;
        Assert.Equal((2, 2), (modified.DefaultVersionNumber, modified.LatestVersionNumber));

        var byName = (await Client.DescribeLaunchTemplatesAsync(
            new DescribeLaunchTemplatesRequest { LaunchTemplateNames = ["charlie"] })).LaunchTemplates.Single();
        Assert.Equal("a=1", string.Join(",", byName.Tags.Select(tag => $"{tag.Key}={tag.Value}")));
        var byTag = (await Client.DescribeLaunchTemplatesAsync(
            new DescribeLaunchTemplatesRequest { Filters = [new Filter("tag:a", ["1"])] })).LaunchTemplates.Single();
        Assert.Equal(created.LaunchTemplateId, byTag.LaunchTemplateId);

        await Client.DeleteLaunchTemplateAsync(new DeleteLaunchTemplateRequest { LaunchTemplateName = "charlie" });
        Assert.Equal("InvalidLaunchTemplateId.NotFound",
            await Ec2Fixture.CodeOf(
            Client.DescribeLaunchTemplatesAsync(new DescribeLaunchTemplatesRequest { LaunchTemplateIds = [created.LaunchTemplateId] })));
    }

    [Fact]
    public async Task A_derived_version_keeps_its_source_but_for_the_members_that_are_given()
    {
        var template = await fixture.CreateTemplateAsync("derive", data =>
        {
            data.UserData = "IyEvYmluL3No";
            data.SecurityGroupIds = ["sg-1", "sg-2"];
            data.EbsOptimized = true;
            data.IamInstanceProfile = new LaunchTemplateIamInstanceProfileSpecificationRequest { Name = "app" };
            data.BlockDeviceMappings =
                [new LaunchTemplateBlockDeviceMappingRequest { DeviceName = "/dev/xvda",
                Ebs = new LaunchTemplateEbsBlockDeviceRequest { VolumeSize = 8, Encrypted = true } }];
            data.NetworkInterfaces =
                [new LaunchTemplateInstanceNetworkInterfaceSpecificationRequest { DeviceIndex = 0, Groups = ["sg-3"],
                Ipv6Addresses = [new InstanceIpv6AddressRequest { Ipv6Address = "::1" }] }];
            data.LicenseSpecifications = [new LaunchTemplateLicenseConfigurationRequest { LicenseConfigurationArn = "arn:license" }];
            data.MetadataOptions =
                new LaunchTemplateInstanceMetadataOptionsRequest
                {
                    HttpTokens = LaunchTemplateHttpTokensState.Required,
                    InstanceMetadataTags = LaunchTemplateInstanceMetadataTagsState.Enabled
                };
            data.TagSpecifications = [InstanceTags(("Name", "app"), ("charlie:image", "old"))];
        });

        var derived = await CreateVersionAsync(
            template, "1", new RequestLaunchTemplateData { TagSpecifications = [InstanceTags(("charlie:image", "new"))] });
        var bare = await CreateVersionAsync(template, null, new RequestLaunchTemplateData { ImageId = "ami-9" });

        var data = derived.LaunchTemplateData;
        Assert.Equal("ami-0123456789abcdef0", data.ImageId);
        Assert.Equal("IyEvYmluL3No", data.UserData);
        Assert.Equal(["sg-1", "sg-2"], data.SecurityGroupIds);
        Assert.True(data.EbsOptimized);
        Assert.Equal("app", data.IamInstanceProfile.Name);
        Assert.Equal((8, true), (data.BlockDeviceMappings.Single().Ebs.VolumeSize, data.BlockDeviceMappings.Single().Ebs.Encrypted));
        Assert.Equal("sg-3", data.NetworkInterfaces.Single().Groups.Single());
        Assert.Equal("::1", data.NetworkInterfaces.Single().Ipv6Addresses.Single().Ipv6Address);
        Assert.Equal("arn:license", data.LicenseSpecifications.Single().LicenseConfigurationArn);
        Assert.Equal(LaunchTemplateInstanceMetadataTagsState.Enabled, data.MetadataOptions.InstanceMetadataTags);
        Assert.Equal("charlie:image=new", string.Join(",", data.TagSpecifications.Single().Tags.Select(tag => $"{tag.Key}={tag.Value}")));
        Assert.Equal((2, 3), (derived.VersionNumber, bare.VersionNumber));
        Assert.Null(bare.LaunchTemplateData.UserData);
        Assert.Null(bare.LaunchTemplateData.InstanceType);
    }

    [Fact]
    public async Task A_client_token_makes_a_version_once_and_refuses_other_parameters()
    {
        var template = await fixture.CreateTemplateAsync();
        var request = new CreateLaunchTemplateVersionRequest
        {
            LaunchTemplateId = template.LaunchTemplateId,
            ClientToken = "release-1",
            VersionDescription = "one",
            LaunchTemplateData = new RequestLaunchTemplateData { ImageId = "ami-1" },
        };

        var first = (await Client.CreateLaunchTemplateVersionAsync(request)).LaunchTemplateVersion.VersionNumber;
        var again = (await Client.CreateLaunchTemplateVersionAsync(request)).LaunchTemplateVersion.VersionNumber;
        request.VersionDescription = "two";

        Assert.Equal((2, 2), (first, again));
        Assert.Equal("IdempotentParameterMismatch", await Ec2Fixture.CodeOf(Client.CreateLaunchTemplateVersionAsync(request)));
    }

    [Fact]
    public async Task Versions_are_listed_newest_first_in_pages_and_by_alias_number_range_and_filter()
    {
        var template = await fixture.CreateTemplateAsync();
        for (var number = 2; number <= 7; number++)
        {
            await CreateVersionAsync(template, "1", new RequestLaunchTemplateData { KeyName = $"key-{number}" });
        }

        var pages = new List<long>();
        await foreach (var version in Client.Paginators.DescribeLaunchTemplateVersions(
            new DescribeLaunchTemplateVersionsRequest { LaunchTemplateId = template.LaunchTemplateId, MaxResults = 3 })
            .LaunchTemplateVersions)
        {
            pages.Add(version.VersionNumber!.Value);
        }

        Assert.Equal([7, 6, 5, 4, 3, 2, 1], pages);
        Assert.Equal([7, 1],
            await NumbersAsync(new DescribeLaunchTemplateVersionsRequest
            {
                LaunchTemplateName = "app",
                Versions = ["$Latest", "$Default"]
            }));
        Assert.Equal([4, 3],
            await NumbersAsync(new DescribeLaunchTemplateVersionsRequest
            {
                LaunchTemplateName = "app",
                MinVersion = "3",
                MaxVersion = "4"
            }));
        Assert.Equal([1], await NumbersAsync(
            new DescribeLaunchTemplateVersionsRequest
            {
                LaunchTemplateName = "app",
                Filters = [new Filter("is-default-version", ["true"])]
            }));
        Assert.Equal([1], await NumbersAsync(new DescribeLaunchTemplateVersionsRequest { Versions = ["$Default"] }));
        Assert.Equal("InvalidLaunchTemplateId.VersionNotFound",
            await Ec2Fixture.CodeOf(
            NumbersAsync(new DescribeLaunchTemplateVersionsRequest { LaunchTemplateName = "app", Versions = ["99"] })));
        Assert.Equal("InvalidParameterValue",
            await Ec2Fixture.CodeOf(
            NumbersAsync(new DescribeLaunchTemplateVersionsRequest { LaunchTemplateName = "app", MaxResults = 201 })));
        Assert.Equal("InvalidNextToken",
            await Ec2Fixture.CodeOf(
            NumbersAsync(new DescribeLaunchTemplateVersionsRequest { LaunchTemplateName = "app", NextToken = "nonsense" })));
    }

    [Fact]
    public async Task Deleting_versions_tells_of_each_whether_it_went_and_keeps_the_default()
    {
        var template = await fixture.CreateTemplateAsync();
        await CreateVersionAsync(template, "1", new RequestLaunchTemplateData { KeyName = "k" });

        var response = await Client.DeleteLaunchTemplateVersionsAsync(
            new DeleteLaunchTemplateVersionsRequest { LaunchTemplateId = template.LaunchTemplateId, Versions = ["1", "2", "3"] });

        Assert.Equal([2], response.SuccessfullyDeletedLaunchTemplateVersions.Select(version => version.VersionNumber!.Value));
        Assert.Equal(
            [(1, "unexpectedError"), (3, "launchTemplateVersionDoesNotExist")],
            response.UnsuccessfullyDeletedLaunchTemplateVersions.Select(
                version => (version.VersionNumber!.Value, version.ResponseError.Code.Value)));
        var next = await CreateVersionAsync(template, "1", new RequestLaunchTemplateData { KeyName = "k" });
        Assert.Equal(3, next.VersionNumber);
    }

    [Fact]
    public async Task Wrong_names_ids_and_data_get_the_codes_of_EC2()
    {
        await fixture.CreateTemplateAsync();
        Assert.Equal("InvalidLaunchTemplateName.AlreadyExistsException", await Ec2Fixture.CodeOf(fixture.CreateTemplateAsync()));
        Assert.Equal("InvalidLaunchTemplateName.MalformedException",
            await Ec2Fixture.CodeOf(fixture.CreateTemplateAsync("no spaces here")));
        Assert.Equal("InvalidLaunchTemplateName.NotFoundException",
            await Ec2Fixture.CodeOf(NumbersAsync(new DescribeLaunchTemplateVersionsRequest { LaunchTemplateName = "other" })));
        Assert.Equal("InvalidLaunchTemplateId.Malformed",
            await Ec2Fixture.CodeOf(NumbersAsync(new DescribeLaunchTemplateVersionsRequest { LaunchTemplateId = "lt-xyz" })));
        Assert.Equal("InvalidLaunchTemplateId.NotFound",
            await Ec2Fixture.CodeOf(NumbersAsync(new DescribeLaunchTemplateVersionsRequest { LaunchTemplateId = "lt-0123456789abcdef0" })));
        Assert.Equal("MissingParameter", await Ec2Fixture.CodeOf(NumbersAsync(new DescribeLaunchTemplateVersionsRequest())));
        Assert.Equal("InvalidParameterValue",
            await Ec2Fixture.CodeOf(
            fixture.CreateTemplateAsync("reserved", data => data.TagSpecifications = [InstanceTags(("aws:x", "y"))])));
        Assert.Equal("TagLimitExceeded", await Ec2Fixture.CodeOf(fixture.CreateTemplateAsync("many", data =>
            data.TagSpecifications = [InstanceTags([.. Enumerable.Range(0, 51).Select(number => ($"k{number}", "v"))])])));
        Assert.Equal("DryRunOperation",
            await Ec2Fixture.CodeOf(
            Client.ModifyLaunchTemplateAsync(
            new ModifyLaunchTemplateRequest { LaunchTemplateName = "app", DefaultVersion = "1", DryRun = true })));
    }

    private static LaunchTemplateTagSpecificationRequest InstanceTags(params (string Key, string Value)[] tags) =>
        new() { ResourceType = ResourceType.Instance, Tags = [.. tags.Select(tag => new Tag(tag.Key, tag.Value))] };

    private async Task<LaunchTemplateVersion> CreateVersionAsync(LaunchTemplate template, string? source, RequestLaunchTemplateData data) =>
        (await Client.CreateLaunchTemplateVersionAsync(
            new CreateLaunchTemplateVersionRequest
            {
                LaunchTemplateId = template.LaunchTemplateId,
                SourceVersion = source,
                LaunchTemplateData = data
            })).LaunchTemplateVersion;

    private async Task<IEnumerable<long>> NumbersAsync(DescribeLaunchTemplateVersionsRequest request) =>
        (await Client.DescribeLaunchTemplateVersionsAsync(request)).LaunchTemplateVersions.Select(version => version.VersionNumber!.Value);
}
