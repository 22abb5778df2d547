using System.Text;
using System.Xml.Linq;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Sns;

/// <summary>SNS's API, as far as topics are made, published to and looked at.</summary>
public sealed class SnsApi(Topics topics) : IAwsApi
{
    /// <summary>A message's greatest size in bytes of UTF-8, subject and all.</summary>
    private const int MaximumBytes = 256 * 1024;

    private static readonly PlayedOperations Played = PlayedOperations.Of("""
        CreateTopic Name Attributes.entry.n.key Attributes.entry.n.value
        DeleteTopic TopicArn
        ListTopics
        GetTopicAttributes TopicArn
        Publish TopicArn TargetArn Message Subject MessageAttributes.entry.n.Name MessageAttributes.entry.n.Value.DataType
          MessageAttributes.entry.n.Value.StringValue
        Subscribe TopicArn Protocol Endpoint
        ListSubscriptionsByTopic TopicArn
        """);

    private static readonly XNamespace Xmlns = "http://sns.amazonaws.com/doc/2010-03-31/";

    public string Service => "sns";

    public AwsProtocol Protocol => AwsProtocol.Query;

    public PlayedOperations Operations => Played;

    public AwsResponse Respond(AwsRequest request)
    {
        var result = request.Action switch
        {
            "CreateTopic" => CreateTopic(request),
            "DeleteTopic" => DeleteTopic(request),
            "ListTopics" => [new XElement(
                Xmlns + "Topics", topics.All.Select(topic => new XElement(Xmlns + "member", Text("TopicArn", topic.Arn))))],
            "GetTopicAttributes" => GetTopicAttributes(request),
            "Publish" => Publish(request),
            "Subscribe" => Subscribe(request),
            "ListSubscriptionsByTopic" => ListSubscriptionsByTopic(request),
            _ => throw WireErrors.Unsupported(Protocol, Service, request.Action),
        };
        var document = new XElement(
            Xmlns + $"{request.Action}Response",
            result is null ? null : new XElement(Xmlns + $"{request.Action}Result", result),
            new XElement(Xmlns + "ResponseMetadata", Text("RequestId", request.RequestId)));
        return new AwsResponse(200, "text/xml", Encoding.UTF8.GetBytes(document.ToString(SaveOptions.DisableFormatting)));
    }

    private XElement[] CreateTopic(AwsRequest request)
    {
        var name = Required(request, "Name");
        if (name.Length > 256 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
        {
            throw Invalid("Topic Name");
        }

        var topic = topics.Create(name);
        for (var at = 1; request.Parameters.TryGetValue($"Attributes.entry.{at}.key", out var key); at++)
        {
            topic.Attributes[key] = request.Parameters.GetValueOrDefault($"Attributes.entry.{at}.value", "");
        }

        return [Text("TopicArn", topic.Arn)];
    }

    private XElement[]? DeleteTopic(AwsRequest request)
    {
        if (topics.Find(Required(request, "TopicArn")) is { } topic)
        {
            topics.Delete(topic);
        }

        return null;
    }

    private XElement[] GetTopicAttributes(AwsRequest request)
    {
        var topic = Existing(request, "TopicArn");
        var attributes = new Dictionary<string, string>(topic.Attributes)
        {
            ["TopicArn"] = topic.Arn,
            ["Owner"] = Account.Id,
            ["SubscriptionsConfirmed"] = topic.Subscriptions.Count.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["SubscriptionsPending"] = "0",
            ["SubscriptionsDeleted"] = "0",
        };
        attributes.TryAdd("DisplayName", "");
        return [new XElement(
            Xmlns + "Attributes",
            attributes.Select(pair => new XElement(Xmlns + "entry", Text("key", pair.Key), Text("value", pair.Value))))];
    }

    private XElement[] Publish(AwsRequest request)
    {
        var topic = Existing(request, request.Parameters.ContainsKey("TopicArn") ? "TopicArn" : "TargetArn");
        var message = Required(request, "Message");
        var subject = request.Parameters.GetValueOrDefault("Subject");
        if (message.Length == 0)
        {
            throw new AwsException("InvalidParameter", "Invalid parameter: Empty message");
        }

        if (subject is not null && (subject.Length is 0 or > 100 || subject.Any(char.IsControl)))
        {
            throw Invalid("Subject");
        }

        return Encoding.UTF8.GetByteCount(message) + Encoding.UTF8.GetByteCount(subject ?? "") > MaximumBytes
            ? throw new AwsException("InvalidParameter", "Invalid parameter: Message too long")
            : [Text("MessageId", topics.Publish(topic, subject, message, AttributesOf(request)))];
    }

    private static Dictionary<string, string> AttributesOf(AwsRequest request)
    {
        var attributes = new Dictionary<string, string>();
        for (var at = 1; request.Parameters.TryGetValue($"MessageAttributes.entry.{at}.Name", out var name); at++)
        {
            var (type, value) = (ValueOf(at, "DataType"), ValueOf(at, "StringValue"));
            if (type is not "String" || value is not { Length: > 0 })
            {
                throw new AwsException(
                    "InvalidParameterValue", $"The message attribute '{name}' must contain non-empty message attribute value of type String.");
            }

            attributes[name] = value;
        }

        return attributes;

        string? ValueOf(int at, string part) => request.Parameters.GetValueOrDefault($"MessageAttributes.entry.{at}.Value.{part}");
    }

    private XElement[] Subscribe(AwsRequest request)
    {
        var topic = Existing(request, "TopicArn");
        var made = topics.Subscribe(topic, Required(request, "Protocol"), request.Parameters.GetValueOrDefault("Endpoint"));
        return [Text("SubscriptionArn", made.Arn)];
    }

    private XElement[] ListSubscriptionsByTopic(AwsRequest request)
    {
        var topic = Existing(request, "TopicArn");
        return
        [
            new XElement(Xmlns + "Subscriptions", topic.Subscriptions.Select(one => new XElement(
                Xmlns + "member",
                Text("TopicArn", topic.Arn),
                Text("Protocol", one.Protocol),
                Text("SubscriptionArn", one.Arn),
                Text("Owner", Account.Id),
                Text("Endpoint", one.Endpoint ?? "")))),
        ];
    }

    private Topic Existing(AwsRequest request, string name)
    {
        var arn = Required(request, name);
        return arn.StartsWith("arn:", StringComparison.Ordinal)
            ? topics.Find(arn) ?? throw new AwsException("NotFound", "Topic does not exist", 404)
            : throw new AwsException(
                "InvalidParameter", $"Invalid parameter: {name} Reason: An ARN must have at least 6 elements, not {arn.Split(':').Length}");
    }

    private static string Required(AwsRequest request, string name) =>
        request.Parameters.TryGetValue(name, out var value) ? value : throw Invalid(name);

    private static AwsException Invalid(string name) => new("InvalidParameter", $"Invalid parameter: {name}");

    private static XElement Text(string name, string value) =>
        new(Xmlns + name, new string([.. value.Where(System.Xml.XmlConvert.IsXmlChar)]));
}
