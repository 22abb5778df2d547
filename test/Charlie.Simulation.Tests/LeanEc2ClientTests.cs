using Amazon.EC2;
using Amazon.EC2.Model;
using Charlie.Lambdas.Aws.Wire;
using Charlie.Simulation.Environments;
using Charlie.Simulation.Images;
using Charlie.Simulation.Plans;
using Charlie.Simulation.Production;

namespace Charlie.Simulation.Tests;

/// <summary>The functions' own client reads the same of each response as the official client.</summary>
public sealed class LeanEc2ClientTests : IDisposable
{
    private readonly SimulatedEnvironment environment = new(
        new Plan(1, GroupShape.Singleton, 12, new ImageBehaviour(BehaviourKind.Healthy, TimeSpan.Zero, TimeSpan.Zero, null),
            TimeSpan.Zero, []),
        Runs.Document,
        Plan.FirstImage.Name,
        new RunRecord(),
        Tier.Wire);

    private readonly InMemoryHttp http;
    private readonly LeanEc2Client lean;

    public LeanEc2ClientTests()
    {
        http = new InMemoryHttp(new AwsWire(environment.Cloud, environment.Path, new Random(1)), environment.Time, new Random(1));
        Official = InMemoryClients.Ec2(ProductionGroup.OperatorKey, http);
        lean = new LeanEc2Client(Official);
    }

    // It reads all, as the SDK does.
    private Ec2Pipeline Official { get; }

    private string TemplateId => environment.Operator.TemplateId;

    public void Dispose()
    {
        Official.Dispose();
        http.Dispose();
        environment.Dispose();
    }

    [Theory]
    [InlineData(200)]
    [InlineData(5)]
    public async Task Versions_have_their_numbers_and_tags_on_each_page(int pageSize)
    {
        var (seen, page) = (0, (string?)null);
        do
        {
            var request =
                new DescribeLaunchTemplateVersionsRequest { LaunchTemplateId = TemplateId, MaxResults = pageSize, NextToken = page };
            var expected = await Official.DescribeLaunchTemplateVersionsAsync(request);
            var actual = await lean.DescribeLaunchTemplateVersionsAsync(request);
            Assert.Equal(expected.LaunchTemplateVersions.Select(Show), actual.LaunchTemplateVersions.Select(Show));
            Assert.Equal(expected.NextToken, actual.NextToken);
            (seen, page) = (seen + actual.LaunchTemplateVersions.Count, actual.NextToken);
        }
        while (!string.IsNullOrEmpty(page));

        Assert.True(seen > 12, $"{seen} versions were read");
    }

    [Fact]
    public async Task Instances_have_their_address_time_and_tags()
    {
        environment.Time.RunUntil(SimulatedEnvironment.Start + TimeSpan.FromMinutes(5));
        var expected = await Official.DescribeInstancesAsync(new DescribeInstancesRequest());
        var actual = await lean.DescribeInstancesAsync(new DescribeInstancesRequest());

        Assert.NotEmpty(expected.Reservations);
        Assert.Equal(expected.Reservations.SelectMany(one => one.Instances).Select(Show),
            actual.Reservations.SelectMany(one => one.Instances).Select(Show));
        Assert.Equal(expected.NextToken, actual.NextToken);
    }

    [Fact]
    public async Task A_new_version_has_its_number_and_its_warnings()
    {
        // As EC2's API reference has it.
        using var response = new InMemoryHttp(
            new FixedResponse("""
                <CreateLaunchTemplateVersionResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
                  <requestId>4e4fb5f2-5e0b-4e0b-9b0a-EXAMPLE</requestId>
                  <launchTemplateVersion>
                    <launchTemplateId>lt-0a20c965061f64abc</launchTemplateId><versionNumber>7</versionNumber>
                    <launchTemplateData><instanceType>m0.huge</instanceType></launchTemplateData>
                  </launchTemplateVersion>
                  <warning><errorSet>
                    <item><code>InvalidInstanceType</code><message>There is no m0.huge.</message></item>
                  </errorSet></warning>
                </CreateLaunchTemplateVersionResponse>
                """),
            environment.Time,
            new Random(1));
        using var official = InMemoryClients.Ec2(ProductionGroup.OperatorKey, response);
        var client = new LeanEc2Client(official);
        var request =
            new CreateLaunchTemplateVersionRequest { LaunchTemplateId = TemplateId, LaunchTemplateData = new RequestLaunchTemplateData() };
        var expected = await official.CreateLaunchTemplateVersionAsync(request);
        var actual = await client.CreateLaunchTemplateVersionAsync(request);

        Assert.Equal(7, actual.LaunchTemplateVersion.VersionNumber);
        Assert.Equal(expected.LaunchTemplateVersion.VersionNumber, actual.LaunchTemplateVersion.VersionNumber);
        var warning = Assert.Single(actual.Warning.Errors);
        Assert.Equal(expected.Warning.Errors.Select(error => (error.Code, error.Message)), [(warning.Code, warning.Message)]);
    }

    [Fact]
    public async Task An_error_is_the_SDKs_own()
    {
        var request = new DescribeLaunchTemplateVersionsRequest { LaunchTemplateId = "lt-0123456789abcdef0" };
        var expected = await Assert.ThrowsAsync<AmazonEC2Exception>(() => Official.DescribeLaunchTemplateVersionsAsync(request));
        var actual = await Assert.ThrowsAsync<AmazonEC2Exception>(() => lean.DescribeLaunchTemplateVersionsAsync(request));

        Assert.Equal((expected.ErrorCode, expected.Message, expected.StatusCode), (actual.ErrorCode, actual.Message, actual.StatusCode));
    }

    private static string Show(LaunchTemplateVersion version) =>
        (version.LaunchTemplateData.TagSpecifications ?? [])
            .Aggregate(
                $"{version.VersionNumber} {version.CreateTime:O}",
                (text, tags) => $"{text}; {tags.ResourceType.Value}: {Show(tags.Tags)}");

    private static string Show(Instance instance) =>
        $"{instance.InstanceId} {instance.PrivateIpAddress} {instance.LaunchTime:O} {Show(instance.Tags)}";

    private static string Show(IEnumerable<Tag>? tags) => string.Join(", ", (tags ?? []).Select(tag => $"{tag.Key}={tag.Value}"));

    private sealed class FixedResponse(string xml) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage { Content = new StringContent(xml) });
    }
}
