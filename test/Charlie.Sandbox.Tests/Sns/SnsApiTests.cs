using System.Text;
using System.Xml.Linq;
using Charlie.Sandbox.Sns;
using Charlie.Sandbox.Tests.EventBridge;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Tests.Sns;

public sealed class SnsApiTests
{
    private const string Arn = "arn:aws:sns:us-east-1:123456789012:alerts";

    [Fact]
    public void Topic_is_made_published_to_and_read()
    {
        using var world = new EventsWorld();
        Assert.Contains(Arn,
            Call(world, "CreateTopic", ("Name", "alerts"), ("Attributes.entry.1.key", "DisplayName"),
            ("Attributes.entry.1.value", "Alerts")), StringComparison.Ordinal);
        Assert.Contains(Arn, Call(world, "CreateTopic", ("Name", "alerts")), StringComparison.Ordinal);
        Assert.Contains("<DisplayName",
            Call(world, "GetTopicAttributes", ("TopicArn", Arn))
            .Replace("<key>DisplayName", "<DisplayName", StringComparison.Ordinal), StringComparison.Ordinal);
        Call(world, "Subscribe", ("TopicArn", Arn), ("Protocol", "email"), ("Endpoint", "a@b.example"));
        Assert.Contains("a@b.example", Call(world, "ListSubscriptionsByTopic", ("TopicArn", Arn)), StringComparison.Ordinal);
        var id = XElement.Parse(
            Call(world, "Publish", ("TopicArn", Arn), ("Subject", "s"), ("Message", "<bad> \u0001 & \"text\""))).Descendants()
            .Single(element => element.Name.LocalName == "MessageId").Value;
        var messages = MessagesDocument.Write(world.Topics, world.Queues);
        Assert.Equal((id, "<bad> \u0001 & \"text\""),
            ((string?)messages["topics"]!["alerts"]![0]!["messageId"], (string?)messages["topics"]!["alerts"]![0]!["message"]));
        Assert.Contains(Arn, Call(world, "ListTopics"), StringComparison.Ordinal);
        Call(world, "DeleteTopic", ("TopicArn", Arn));
        Assert.DoesNotContain(Arn, Call(world, "ListTopics"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Publish", "TopicArn", "arn:aws:sns:us-east-1:123456789012:none", "NotFound", 404)]
    [InlineData("Publish", "TopicArn", "none", "InvalidParameter", 400)]
    [InlineData("CreateTopic", "Name", "a b", "InvalidParameter", 400)]
    [InlineData("CreateTopic", "Other", "a", "InvalidParameter", 400)]
    [InlineData("Unsubscribe", "Name", "a", "InvalidAction", 400)]
    public void Wrong_request_gets_AWSs_error(string action, string name, string value, string code, int status)
    {
        using var world = new EventsWorld();
        var refused = Assert.Throws<AwsException>(() => Call(world, action, (name, value), ("Message", "m")));
        Assert.Equal((code, status), (refused.Code, refused.Status));
    }

    private static string Call(EventsWorld world, string action, params (string Name, string Value)[] parameters)
    {
        var request = new AwsRequest("sns", action, "request", null, parameters.ToDictionary(one => one.Name, one => one.Value), null);
        return Encoding.UTF8.GetString(new SnsApi(world.Topics).Respond(request).Body.Span);
    }
}
