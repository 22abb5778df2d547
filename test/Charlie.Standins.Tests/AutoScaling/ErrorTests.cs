using System.Net;
using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;
using Amazon.Runtime;

namespace Charlie.Standins.Tests.AutoScaling;

public sealed class ErrorTests
{
    private static readonly CreateAutoScalingGroupRequest Create = new() { AutoScalingGroupName = "bot", MinSize = 0, MaxSize = 1 };

    private static readonly DeleteAutoScalingGroupRequest Delete = new() { AutoScalingGroupName = "bot" };

    public static TheoryData<string, Type, Func<IAmazonAutoScaling, Task>> Typed => new()
    {
        { "AlreadyExists", typeof(AlreadyExistsException), aws => aws.CreateAutoScalingGroupAsync(Create) },
        { "LimitExceeded", typeof(LimitExceededException), aws => aws.CreateAutoScalingGroupAsync(Create) },
        { "ServiceLinkedRoleFailure", typeof(ServiceLinkedRoleFailureException), aws => aws.CreateAutoScalingGroupAsync(Create) },
        { "ResourceContention", typeof(ResourceContentionException), aws => aws.CreateAutoScalingGroupAsync(Create) },
        { "ResourceInUse", typeof(ResourceInUseException), aws => aws.DeleteAutoScalingGroupAsync(Delete) },
        { "ScalingActivityInProgress", typeof(ScalingActivityInProgressException), aws => aws.DeleteAutoScalingGroupAsync(Delete) },
        { "InvalidNextToken", typeof(InvalidNextTokenException), aws => aws.DescribeAutoScalingGroupsAsync() },
        { "AlreadyExists", typeof(AmazonAutoScalingException), aws => aws.DescribeAutoScalingGroupsAsync() },
        { "ValidationError", typeof(AmazonAutoScalingException), aws => aws.DeleteAutoScalingGroupAsync(Delete) },
    };

    [Theory]
    [MemberData(nameof(Typed), DisableDiscoveryEnumeration = true)]
    public async Task An_error_code_has_the_type_that_its_operation_is_documented_with(
        string code, Type type, Func<IAmazonAutoScaling, Task> call)
    {
        await using var aws = (await RecordingAws.StartAsync()).Then(400, RecordingAws.Error(code, "it is <![CDATA[so & so]]>"));
        using var client = aws.Client();

        var thrown = await Assert.ThrowsAnyAsync<AmazonAutoScalingException>(() => call(client));

        Assert.Equal(type, thrown.GetType());
        Assert.Equal(
            (code, "it is so & so", "7c6e177f-f082-11e1-ac58-3714bEXAMPLE", HttpStatusCode.BadRequest, ErrorType.Sender),
            (thrown.ErrorCode, thrown.Message, thrown.RequestId, thrown.StatusCode, thrown.ErrorType));
        Assert.Single(aws.Seen);
    }

    [Theory]
    [InlineData(400, "Throttling")]
    [InlineData(400, "ThrottlingException")]
    [InlineData(500, "InternalFailure")]
    [InlineData(503, "ServiceUnavailable")]
    public async Task What_may_pass_is_tried_again(int status, string code)
    {
        await using var aws = (await RecordingAws.StartAsync())
            .Then(status, RecordingAws.Error(code, "Rate exceeded", "Receiver"))
            .ThenExample("DescribeAutoScalingGroups");
        using var client = aws.Client();

        var response = await client.DescribeAutoScalingGroupsAsync(TestContext.Current.CancellationToken);

        Assert.Equal(2, response.AutoScalingGroups.Count);
        Assert.Equal(2, aws.Seen.Count);
    }

    [Theory]
    [InlineData(503, "<html>no AWS here</html>")]
    [InlineData(502, "no XML either")]
    [InlineData(500, "")]
    public async Task A_response_that_is_not_of_AWS_still_tells_its_status(int status, string body)
    {
        await using var aws = (await RecordingAws.StartAsync()).Then(status, body);
        using var client = new AmazonAutoScalingClient(
            new BasicAWSCredentials("a", "b"),
            new AmazonAutoScalingConfig { ServiceURL = aws.Url.ToString(), AuthenticationRegion = "eu-west-1", MaxErrorRetry = 0 });

        var thrown = await Assert.ThrowsAnyAsync<AmazonServiceException>(
            () => client.DescribeAutoScalingGroupsAsync(TestContext.Current.CancellationToken));

        Assert.Equal(status, (int)thrown.StatusCode);
    }
}
