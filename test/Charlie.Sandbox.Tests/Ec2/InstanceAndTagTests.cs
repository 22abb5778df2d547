using Amazon.EC2;
using Amazon.EC2.Model;

namespace Charlie.Sandbox.Tests.Ec2;

public sealed class InstanceAndTagTests : IAsyncLifetime
{
    private Ec2Fixture fixture = null!;

    private AmazonEC2Client Client => fixture.Client;

    public async ValueTask InitializeAsync() => fixture = await Ec2Fixture.StartAsync();

    public ValueTask DisposeAsync() => fixture.DisposeAsync();

    [Fact]
    public async Task Instances_are_described_by_id_filter_and_page_and_terminated()
    {
        var template = await fixture.CreateTemplateAsync("app", data => data.TagSpecifications =
            [new LaunchTemplateTagSpecificationRequest { ResourceType = ResourceType.Instance,
                Tags = [new Tag("charlie:image", "repo@sha256:1")] }]);
        var ids = fixture.Launch(template.LaunchTemplateId, 7);

        var one = (await DescribeAsync(new DescribeInstancesRequest { InstanceIds = [ids[0]] })).Single();
        Assert.Equal("pending", one.State.Name.Value);
        Assert.Equal("charlie:image=repo@sha256:1", string.Join(",", one.Tags.Select(tag => $"{tag.Key}={tag.Value}")));
        Assert.Matches("^127\\.0\\.1\\.[0-9]+$", one.PrivateIpAddress);
        Assert.Equal([ids[0]],
            (await DescribeAsync(Filtered("private-ip-address", one.PrivateIpAddress))).Select(instance => instance.InstanceId));
        Assert.Equal(7, (await DescribeAsync(Filtered("tag:charlie:image", "repo@*"))).Count);
        Assert.Equal(7, (await DescribeAsync(Filtered("tag-key", "charlie:image"))).Count);
        Assert.Empty(await DescribeAsync(Filtered("instance-state-name", "running")));

        var paged = new List<string>();
        await foreach (var reservation in Client.Paginators.DescribeInstances(new DescribeInstancesRequest { MaxResults = 5 }).Reservations)
        {
            paged.AddRange(reservation.Instances.Select(instance => instance.InstanceId));
        }

        Assert.Equal(ids.Order(StringComparer.Ordinal), paged);

        var change = (await Client.TerminateInstancesAsync(new TerminateInstancesRequest { InstanceIds = [ids[0]] }))
            .TerminatingInstances.Single();
        Assert.Equal(("pending", "shutting-down"), (change.PreviousState.Name.Value, change.CurrentState.Name.Value));
        Assert.Equal([ids[0]],
            (await DescribeAsync(Filtered("instance-state-name", "shutting-down"))).Select(instance => instance.InstanceId));
    }

    [Fact]
    public async Task Wrong_instances_and_filters_get_the_codes_of_EC2()
    {
        Assert.Equal("InvalidInstanceID.Malformed",
            await Ec2Fixture.CodeOf(DescribeAsync(new DescribeInstancesRequest { InstanceIds = ["i-x"] })));
        Assert.Equal("InvalidInstanceID.NotFound",
            await Ec2Fixture.CodeOf(DescribeAsync(new DescribeInstancesRequest { InstanceIds = ["i-0123456789abcdef0"] })));
        Assert.Equal("InvalidInstanceID.NotFound",
            await Ec2Fixture.CodeOf(
            Client.TerminateInstancesAsync(new TerminateInstancesRequest { InstanceIds = ["i-0123456789abcdef0"] })));
        Assert.Equal("InvalidParameterValue", await Ec2Fixture.CodeOf(DescribeAsync(Filtered("colour", "red"))));
        Assert.Equal("InvalidID", await Ec2Fixture.CodeOf(TagAsync("what-1", new Tag("a", "b"))));
        Assert.Equal("InvalidInstanceID.NotFound", await Ec2Fixture.CodeOf(TagAsync("i-0123456789abcdef0", new Tag("a", "b"))));
    }

    [Fact]
    public async Task Tags_are_created_described_in_pages_and_deleted()
    {
        var template = await fixture.CreateTemplateAsync();
        var instance = fixture.Launch(template.LaunchTemplateId, 1)[0];
        await Client.CreateTagsAsync(new CreateTagsRequest
        {
            Resources = [template.LaunchTemplateId, instance],
            Tags = [.. Enumerable.Range(0, 6).Select(number => new Tag($"charlie:k{number}", $"v{number}"))],
        });

        var all = new List<string>();
        await foreach (var tag in Client.Paginators.DescribeTags(new DescribeTagsRequest { MaxResults = 5 }).Tags)
        {
            all.Add($"{tag.ResourceId}/{tag.Key}");
        }

        Assert.Equal(12, all.Distinct().Count());
        var filtered = await Client.DescribeTagsAsync(
            new DescribeTagsRequest
            {
                Filters =
            [new Filter("resource-type", ["instance"]), new Filter("key", ["charlie:k?"]), new Filter("value", ["v1", "v2"])]
            });
        Assert.Equal(["v1", "v2"], filtered.Tags.Select(tag => tag.Value));

        // A value that does not match keeps the tag; no value at all takes it.
        await Client.DeleteTagsAsync(
            new DeleteTagsRequest { Resources = [instance], Tags = [new Tag("charlie:k1", "other"), new Tag { Key = "charlie:k2" }] });
        var left = await Client.DescribeTagsAsync(new DescribeTagsRequest { Filters = [new Filter("resource-id", [instance])] });
        Assert.Equal(["charlie:k0", "charlie:k1", "charlie:k3", "charlie:k4", "charlie:k5"], left.Tags.Select(tag => tag.Key));
    }

    [Fact]
    public async Task Tags_have_limits_and_nothing_is_written_beyond_them()
    {
        var template = await fixture.CreateTemplateAsync();
        await TagAsync(template.LaunchTemplateId, [.. Enumerable.Range(0, 50).Select(number => new Tag($"k{number}", "v"))]);

        Assert.Equal("TagLimitExceeded", await Ec2Fixture.CodeOf(TagAsync(template.LaunchTemplateId, new Tag("k50", "v"))));
        await TagAsync(template.LaunchTemplateId, new Tag("k49", "overwritten"));
        Assert.Equal("InvalidParameterValue", await Ec2Fixture.CodeOf(TagAsync(template.LaunchTemplateId, new Tag("aws:k", "v"))));
        Assert.Equal("InvalidParameterValue",
            await Ec2Fixture.CodeOf(TagAsync(template.LaunchTemplateId, new Tag(new string('k', 129), "v"))));
        Assert.Equal("InvalidParameterValue",
            await Ec2Fixture.CodeOf(TagAsync(template.LaunchTemplateId, new Tag("k1", new string('v', 257)))));
        Assert.Equal(50, (await Client.DescribeTagsAsync(new DescribeTagsRequest())).Tags.Count);
    }

    private static DescribeInstancesRequest Filtered(string name, string value) => new() { Filters = [new Filter(name, [value])] };

    private async Task<List<Instance>> DescribeAsync(DescribeInstancesRequest request) =>
        [.. ((await Client.DescribeInstancesAsync(request)).Reservations ?? []).SelectMany(reservation => reservation.Instances)];

    private Task<CreateTagsResponse> TagAsync(string resource, params List<Tag> tags) =>
        Client.CreateTagsAsync(new CreateTagsRequest { Resources = [resource], Tags = tags });
}
