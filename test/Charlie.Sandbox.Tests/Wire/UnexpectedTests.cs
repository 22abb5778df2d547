using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Charlie.Sandbox.Context;
using Charlie.Sandbox.EventBridge.Api;
using Charlie.Sandbox.Tests.EventBridge;
using Charlie.Sandbox.Wire;
using Microsoft.Extensions.Time.Testing;

namespace Charlie.Sandbox.Tests.Wire;

/// <summary>No request ends in an empty response, and what the sandbox did not expect is on its timeline.</summary>
public sealed class UnexpectedTests : IDisposable
{
    private readonly Cloud cloud = new(
        new FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 14, 0, 0, TimeSpan.Zero)), new AwsTimings(), seed: 1);

    public UnexpectedTests()
    {
        var plane = new EventPlane(cloud.Context, new ScriptedHost());
        cloud.Endpoint.Add(new EventsApi(plane.Router, plane.Destinations));
        Assert.Equal(200, Json("PutRule", """{"Name":"rule","EventPattern":"{\"source\":[\"s\"]}"}""").Status);
    }

    public void Dispose() => cloud.Dispose();

    [Theory]
    [InlineData("PutEvents", """{"Entries":[{"Source":"s","DetailType":"t","Detail":"{}","Time":-62135596801}]}""")]
    [InlineData("PutEvents", """{"Entries":[{"Source":"s","DetailType":"t","Detail":"{}","Time":253402300801}]}""")]
    [InlineData("PutEvents", """{"Entries":[{"Source":"s","DetailType":"t","Detail":"{}","Time":"\ud800"}]}""")]
    [InlineData("PutEvents", """{"Entries":[{"Source":"s","DetailType":"t","Detail":"{}","Resources":["\ud800"]}]}""")]
    [InlineData("RemoveTargets", """{"Rule":"rule","Ids":["\ud800"]}""")]
    [InlineData("PutTargets", """{"Rule":"rule","Targets":[{"Id":"a","Arn":"arn:aws:sns:us-east-1:123456789012:t","InputTransformer":{"InputPathsMap":{"a":"\ud800"},"InputTemplate":"x"}}]}""")]
    [InlineData("PutTargets", """{"Rule":"rule","Targets":[{"Id":"a","Arn":"arn:aws:sns:us-east-1:123456789012:t","InputTransformer":{"InputPathsMap":{"\udc00":"$.a"},"InputTemplate":"x"}}]}""")]
    public void What_is_no_text_or_no_time_is_refused_as_JSON_that_cannot_be_read(string action, string body)
    {
        var response = Json(action, body);
        Assert.Equal((400, "SerializationException"), (response.Status, (string?)JsonNode.Parse(response.Body.Span)!["__type"]));
    }

    [Fact]
    public void Of_two_equal_names_of_a_map_the_last_counts()
    {
        var put = Json("PutTargets", """{"Rule":"rule","Targets":[{"Id":"a","Arn":"arn:aws:sns:us-east-1:123456789012:t","InputTransformer":{"InputPathsMap":{"a":"$.b","a":"$.c"},"InputTemplate":"x"}}]}""");
        Assert.Equal(200, put.Status);
        var listed = JsonNode.Parse(Json("ListTargetsByRule", """{"Rule":"rule"}""").Body.Span)!;
        Assert.Equal("""{"a":"$.c"}""", listed["Targets"]![0]!["InputTransformer"]!["InputPathsMap"]!.ToJsonString());
    }

    [Theory]
    [InlineData(AwsProtocol.Json, "InternalFailure")]
    [InlineData(AwsProtocol.Query, "InternalFailure")]
    [InlineData(AwsProtocol.Ec2Query, "InternalError")]
    public void What_the_sandbox_did_not_expect_is_told_in_the_protocol_and_on_the_timeline(AwsProtocol protocol, string code)
    {
        cloud.Endpoint.Add(new BrokenApi(protocol));
        var response = protocol == AwsProtocol.Json
            ? Respond("broken", "Broken.Act", "{}") : Respond("broken", null, "Action=Act&Version=1");
        var text = Encoding.UTF8.GetString(response.Body.Span);
        var told = protocol == AwsProtocol.Json ? (string?)JsonNode.Parse(text)!["__type"]
            : XDocument.Parse(text).Descendants().First(element => element.Name.LocalName == "Code").Value;
        Assert.Equal((500, code), (response.Status, told));
        var entry = cloud.Timeline.From(0).Single(entry => entry.Kind == "UnexpectedError");
        Assert.Contains("InvalidOperationException: on purpose", entry.Text, StringComparison.Ordinal);
        Assert.Equal(500, cloud.Endpoint.Calls[^1].Status);
    }

    /// <summary>No timer of .NET waits longer than some fifty days.</summary>
    [Fact]
    public void Work_may_be_due_in_many_years()
    {
        using var real = new CloudContext(TimeProvider.System, new AwsTimings(), seed: 1);
        var ran = false;
        using var planned = real.Scheduler.After(TimeSpan.FromDays(3650), () => ran = true);
        Assert.False(ran);
    }

    private AwsResponse Json(string action, string body) => Respond("events", $"AWSEvents.{action}", body);

    private AwsResponse Respond(string service, string? target, string body) => cloud.Endpoint.Respond(new WireRequest(
        "/", string.Empty, $"AWS4-HMAC-SHA256 Credential=test/20261122/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=0",
        target, Encoding.UTF8.GetBytes(body))).Response!;

    private sealed class BrokenApi(AwsProtocol protocol) : IAwsApi
    {
        public string Service => "broken";

        public AwsProtocol Protocol => protocol;

        public PlayedOperations Operations { get; } = PlayedOperations.Of("Act");

        public AwsResponse Respond(AwsRequest request) => throw new InvalidOperationException("on purpose");
    }
}
