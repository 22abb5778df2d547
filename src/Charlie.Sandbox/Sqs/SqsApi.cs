using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Sqs;

/// <summary>SQS's API, target prefix <c>AmazonSQS</c>, as far as it tells how many messages wait.</summary>
internal sealed class SqsApi(Queues queues) : IAwsApi
{
    private const string Count = "ApproximateNumberOfMessages";
    private const int MaxUrl = 2048;

    public string Service => "sqs";

    public PlayedOperations Operations { get; } = PlayedOperations.Of("GetQueueAttributes QueueUrl AttributeNames.n");

    public AwsProtocol Protocol => AwsProtocol.Json;

    public AwsResponse Respond(AwsRequest request)
    {
        var arguments = JsonArguments.Of(request);
        return new AwsResponse(200, "application/x-amz-json-1.0", JsonSerializer.SerializeToUtf8Bytes(Attributes(arguments)));
    }

    private JsonObject Attributes(JsonArguments arguments)
    {
        var url = arguments.Required("QueueUrl", MaxUrl);
        var name = url[(url.LastIndexOf('/') + 1)..];
        if (!queues.Names.Contains(name) || url != Queues.Url(name))
        {
            throw new AwsException("AWS.SimpleQueueService.NonExistentQueue", "The specified queue does not exist.");
        }

        var all = new Dictionary<string, string>
        {
            [Count] = queues.Messages(name).Count.ToString(CultureInfo.InvariantCulture),
            ["QueueArn"] = Queues.Arn(name),
        };
        var asked = arguments.Texts("AttributeNames") ?? [];
        var shown = all.Where(pair => asked.Contains(pair.Key) || asked.Contains("All"));
        return new JsonObject
        {
            ["Attributes"] = new JsonObject(shown.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
        };
    }
}
