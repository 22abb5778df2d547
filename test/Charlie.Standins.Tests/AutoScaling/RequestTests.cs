using Amazon;
using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;
using Amazon.Runtime;
using Charlie.Standins.Tests.Functions;
using Charlie.Standins.Tests.Runtime;

namespace Charlie.Standins.Tests.AutoScaling;

public sealed class RequestTests
{
    public static TheoryData<Call> AllCalls => [.. Calls.All, .. InstanceRefreshCalls.All];

    [Theory]
    [MemberData(nameof(AllCalls), DisableDiscoveryEnumeration = true)]
    public async Task Each_call_is_flattened_and_signed_as_the_Query_protocol_says(Call call)
    {
        await using var aws = await RecordingAws.StartAsync();
        using var client = aws.Client();

        await call.Send(client);

        var seen = Assert.Single(aws.Seen);
        Assert.Equal(call.Name.Replace("-", "", StringComparison.Ordinal), seen.Action, ignoreCase: true);
        Assert.Equal("2011-01-01", seen.Parameters["Version"]);
        Assert.Equivalent(call.Wire.ToDictionary(), seen.Parameters.Where(IsArgument).ToDictionary(), strict: true);
        Assert.StartsWith("application/x-www-form-urlencoded", seen.ContentType, StringComparison.Ordinal);
        Assert.Matches(
            @"^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/\d{8}/eu-west-1/autoscaling/aws4_request, "
            + @"SignedHeaders=[a-z0-9;-]*host[a-z0-9;-]*, Signature=[0-9a-f]{64}$",
            seen.Authorization);
    }

    [Theory]
    [MemberData(nameof(AllCalls), DisableDiscoveryEnumeration = true)]
    public async Task Each_call_sends_what_the_aws_command_sends(Call call)
    {
        await using var aws = await RecordingAws.StartAsync();
        using var client = aws.Client();
        var command = await Tool.RunAsync(
            "aws",
            ["autoscaling", call.Name, "--endpoint-url", aws.Url.ToString(), "--region", "eu-west-1", "--no-paginate",
                "--cli-input-json", call.Json],
            new Dictionary<string,
                string>
            { ["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE", ["AWS_SECRET_ACCESS_KEY"] = "secret", ["AWS_MAX_ATTEMPTS"] = "1" });

        await call.Send(client);

        Assert.True(aws.Seen.Count == 2, command.Error);
        Assert.Equivalent(aws.Seen[0].Parameters, aws.Seen[1].Parameters, strict: true);
    }

    [Fact]
    public async Task A_list_that_is_set_but_empty_is_sent_and_one_that_is_not_set_is_not()
    {
        await using var aws = await RecordingAws.StartAsync();
        using var client = aws.Client();

        await client.DescribeAutoScalingGroupsAsync(new DescribeAutoScalingGroupsRequest { AutoScalingGroupNames = [] });
        await client.DescribeAutoScalingGroupsAsync(TestContext.Current.CancellationToken);

        Assert.Equal("", aws.Seen[0].Parameters["AutoScalingGroupNames"]);
        Assert.DoesNotContain("AutoScalingGroupNames", aws.Seen[1].Parameters.Keys);
    }

    [Theory]
    [InlineData("AWS_ENDPOINT_URL")]
    [InlineData("AWS_ENDPOINT_URL_AUTO_SCALING")]
    public async Task A_client_without_arguments_takes_all_from_its_environment(string endpointVariable)
    {
        await using var aws = (await RecordingAws.StartAsync()).ThenExample("DescribeAutoScalingGroups");
        await using var runtimeApi = await FakeRuntimeApi.StartAsync();
        await using var function = new FunctionProcess(
            "groups",
            runtimeApi.Endpoint,
            (endpointVariable, aws.Url.ToString()),
            ("AWS_REGION", "ap-southeast-2"),
            ("AWS_ACCESS_KEY_ID", "AKIDENVIRONMENT"),
            ("AWS_SECRET_ACCESS_KEY", "secret"),
            ("AWS_SESSION_TOKEN", "session"));

        var post = await runtimeApi.InvokeAsync(new Invocation("1", "{}"));

        Assert.Equal("my-asg|other-asg", post.Body);
        Assert.Contains(
            "Credential=AKIDENVIRONMENT/", Assert.Single(aws.Seen).Authorization, StringComparison.Ordinal);
        Assert.Contains("/ap-southeast-2/autoscaling/aws4_request", aws.Seen[0].Authorization, StringComparison.Ordinal);
        Assert.Contains("x-amz-security-token", aws.Seen[0].Authorization, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("eu-west-1", false, false, "https://autoscaling.eu-west-1.amazonaws.com")]
    [InlineData("cn-north-1", false, false, "https://autoscaling.cn-north-1.amazonaws.com.cn")]
    [InlineData("us-east-1", true, false, "https://autoscaling.us-east-1.api.aws")]
    [InlineData("us-east-1", false, true, "https://autoscaling-fips.us-east-1.amazonaws.com")]
    [InlineData("us-gov-west-1", false, true, "https://autoscaling.us-gov-west-1.amazonaws.com")]
    public void Each_region_has_AWS_own_endpoint(string region, bool dualStack, bool fips, string expected)
    {
        using var client = new AmazonAutoScalingClient(new BasicAWSCredentials("a", "b"), new AmazonAutoScalingConfig
        {
            RegionEndpoint = RegionEndpoint.GetBySystemName(region),
            UseDualstackEndpoint = dualStack,
            UseFIPSEndpoint = fips,
            IgnoreConfiguredEndpointUrls = true,
        });

        var endpoint = client.DetermineServiceOperationEndpoint(new DescribeAutoScalingGroupsRequest());

        Assert.Equal(expected, endpoint.URL.TrimEnd('/'));
    }

    private static bool IsArgument(KeyValuePair<string, string> parameter) => parameter.Key is not ("Action" or "Version");
}
