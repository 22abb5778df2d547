using System.Net;
using Amazon.Runtime;
using Charlie.Lambdas.Aws;
using Charlie.Lambdas.Aws.Wire;

namespace Charlie.Lambdas.Tests.Aws;

/// <summary>The one call of SNS: its bytes and its signature, and what is tried again.</summary>
public sealed class SnsTopicTests
{
    private const string Arn = "arn:aws:sns:us-east-1:123456789012:charlie-AlertTopic-1";
    private const string Body = "Linhas, ç & mais\n";
    private const string Throttled = "<ErrorResponse><Error><Code>Throttling</Code></Error></ErrorResponse>";

    private readonly List<(Uri? Url, string Form, Dictionary<string, string> Headers)> sent = [];

    /// <summary>The form and the signature that botocore 1.43.11 makes of the same call.</summary>
    [Fact]
    public async Task A_publish_is_signed_as_by_another_SDK()
    {
        await Topic([HttpStatusCode.OK]).PublishAsync("[bot] CONFIRMED 1.1: fine", Body, isToAct: false);

        var (url, form, headers) = Assert.Single(sent);
        Assert.Equal(new Uri("https://sns.us-east-1.amazonaws.com/"), url);
        Assert.Equal(
            "Action=Publish&Version=2010-03-31&TopicArn=arn%3Aaws%3Asns%3Aus-east-1%3A123456789012%3Acharlie-AlertTopic-1"
            + "&Subject=%5Bbot%5D%20CONFIRMED%201.1%3A%20fine&Message=Linhas%2C%20%C3%A7%20%26%20mais%0A"
            + "&MessageAttributes.entry.1.Name=severity&MessageAttributes.entry.1.Value.DataType=String"
            + "&MessageAttributes.entry.1.Value.StringValue=info",
            form);
        Assert.Equal(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261122/us-east-1/sns/aws4_request,"
            + " SignedHeaders=content-type;host;x-amz-date;x-amz-security-token,"
            + " Signature=43e1b4d64e5be13031fbd87d4378411f62e614b028c27ced28d2bd39c5527389",
            headers["Authorization"]);
        Assert.Equal(("20261122T120000Z", "TOKEN"), (headers["x-amz-date"], headers["x-amz-security-token"]));
    }

    [Theory]
    [InlineData("arn:aws-cn:sns:cn-north-1:123456789012:t", null, "https://sns.cn-north-1.amazonaws.com.cn/")]
    [InlineData("arn:aws:sns:sa-east-1:123456789012:t", null, "https://sns.sa-east-1.amazonaws.com/")]
    [InlineData(Arn, "http://127.0.0.1:4566", "http://127.0.0.1:4566/")]
    public async Task It_is_called_where_the_topic_is(string arn, string? endpoint, string url)
    {
        await Topic([HttpStatusCode.OK], arn, endpoint).PublishAsync("subject", Body, isToAct: true);

        Assert.Equal(new Uri(url), Assert.Single(sent).Url);
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError, 2)]
    [InlineData(HttpStatusCode.ServiceUnavailable, 2)]
    [InlineData(HttpStatusCode.TooManyRequests, 1)]
    [InlineData(HttpStatusCode.BadRequest, 1)]
    [InlineData((HttpStatusCode)0, 2)]
    public async Task What_may_pass_is_tried_again(HttpStatusCode first, int times)
    {
        await Topic([.. Enumerable.Repeat(first, times), HttpStatusCode.OK]).PublishAsync("subject", Body, isToAct: true);

        Assert.Equal(times + 1, sent.Count);
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError, "SNS answered 500: <ErrorResponse>")]
    [InlineData((HttpStatusCode)0, "SNS did not respond: ")]
    public async Task What_does_not_pass_is_an_error_after_three_attempts(HttpStatusCode status, string message)
    {
        var error = await Assert.ThrowsAsync<CallException>(
            () => Topic([status, status, status]).PublishAsync("subject", Body, isToAct: true));

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(3, sent.Count);
    }

    [Fact]
    public async Task What_is_refused_is_an_error_at_once()
    {
        var error = await Assert.ThrowsAsync<CallException>(
            () => Topic([HttpStatusCode.Forbidden]).PublishAsync("subject", Body, isToAct: true));

        Assert.StartsWith("SNS answered 403: ", error.Message, StringComparison.Ordinal);
        Assert.Single(sent);
    }

    private SnsTopic Topic(HttpStatusCode[] statuses, string arn = Arn, string? endpoint = null) =>
        new(
            new SignedCalls(
                new HttpMessageInvoker(new Answers(this, new Queue<HttpStatusCode>(statuses))),
                new SessionAWSCredentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "TOKEN"),
                endpoint is null ? null : new Uri(endpoint),
                new PassingTime(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero))),
            arn);

    private sealed class Answers(SnsTopicTests test, Queue<HttpStatusCode> statuses) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            test.sent.Add((
                request.RequestUri,
                await request.Content!.ReadAsStringAsync(cancellationToken),
                request.Headers.NonValidated.ToDictionary(header => header.Key, header => header.Value.ToString())));
            var status = statuses.Dequeue();
            return status == 0
                ? throw new HttpRequestException("The connection was broken.")
                : new HttpResponseMessage(status)
                {
                    Content = new StringContent(status is HttpStatusCode.OK or HttpStatusCode.Forbidden ? "<no/>" : Throttled),
                };
        }
    }

    /// <summary>A clock that stands, and whose waits of seconds are over at once; a timeout of ten never comes.</summary>
    private sealed class PassingTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, dueTime < ClientLimits.CallTimeout ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, period);
    }
}
