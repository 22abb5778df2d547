using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Amazon.Runtime;
using Charlie.Operations.Access;

namespace Charlie.EndToEnd.Tests.Operating;

/// <summary>Every header that is sent is signed: the signature is worked out here again, from AWS's description of it alone.</summary>
public sealed partial class SignedClientTests : IDisposable
{
    private const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private readonly Recorder recorder = new();

    [Fact]
    public async Task A_JSON_call_is_signed_with_its_target()
    {
        using var client = Client(new BasicAWSCredentials("AKIAEXAMPLE", Secret));
        await client.JsonAsync(
            "events", "AWSEvents", "PutEvents", new JsonObject { ["Entries"] = new JsonArray() }, CancellationToken.None);
        Assert.Equal("content-type;host;x-amz-date;x-amz-target", ExpectSigned("events"));
    }

    [Fact]
    public async Task A_session_token_is_signed_too()
    {
        using var client = Client(new SessionAWSCredentials("ASIAEXAMPLE", Secret, "a+token/of=a-session"));
        await client.JsonAsync("sqs", "AmazonSQS", "GetQueueAttributes", [], CancellationToken.None);
        Assert.Equal("content-type;host;x-amz-date;x-amz-security-token;x-amz-target", ExpectSigned("sqs"));
    }

    [Fact]
    public async Task A_query_call_is_signed_without_a_target()
    {
        using var client = Client(new BasicAWSCredentials("AKIAEXAMPLE", Secret));
        var arguments = new Dictionary<string, string> { ["TopicArn"] = "arn:é" };
        await client.QueryAsync("sns", "2010-03-31", "ListSubscriptionsByTopic", arguments, CancellationToken.None);
        Assert.Equal("content-type;host;x-amz-date", ExpectSigned("sns"));
    }

    public void Dispose() => recorder.Dispose();

    private SignedClient Client(AWSCredentials credentials) =>
        new(new AwsAccess(credentials, "sa-east-1", null), TimeProvider.System, recorder);

    private string ExpectSigned(string service)
    {
        var sent = recorder.Sent;
        Assert.Equal($"{service}.sa-east-1.amazonaws.com", sent["host"]);
        var authorization = Authorization().Match(sent["authorization"]);
        Assert.True(authorization.Success, sent["authorization"]);
        var (scope, names) = (authorization.Groups["scope"].Value, authorization.Groups["names"].Value);
        Assert.Equal($"{sent["x-amz-date"][..8]}/sa-east-1/{service}/aws4_request", scope);
        Assert.Equal(
            sent.Keys.Where(name => name != "authorization").Order(StringComparer.Ordinal), names.Split(';'));

        var headers = string.Concat(names.Split(';').Select(name => $"{name}:{sent[name]}\n"));
        var request = $"POST\n/\n\n{headers}\n{names}\n{Hash(recorder.Body)}";
        var text = $"AWS4-HMAC-SHA256\n{sent["x-amz-date"]}\n{scope}\n{Hash(Encoding.UTF8.GetBytes(request))}";
        var key = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes("AWS4" + Secret), Mac);
        Assert.Equal(Convert.ToHexStringLower(Mac(key, text)), authorization.Groups["signature"].Value);
        return names;
    }

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hash(byte[] text) => Convert.ToHexStringLower(SHA256.HashData(text));

    [GeneratedRegex(
        @"\AAWS4-HMAC-SHA256 Credential=[A-Z]+/(?<scope>[^,]+), SignedHeaders=(?<names>[^,]+), Signature=(?<signature>[0-9a-f]{64})\z")]
    private static partial Regex Authorization();

    /// <summary>Keeps the headers and the body as they go over the wire, and responds with an empty document.</summary>
    private sealed class Recorder : HttpMessageHandler
    {
        public Dictionary<string, string> Sent { get; } = [];

        public byte[] Body { get; private set; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
            Sent["host"] = request.RequestUri!.Authority;
            foreach (var (name, values) in request.Headers.NonValidated.Concat(request.Content.Headers.NonValidated))
            {
                Sent[name.ToLowerInvariant()] = string.Join(',', values);
            }

            Sent.Remove("content-length");
            return new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent(request.Headers.Contains("x-amz-target") ? "{}" : "<Response/>"),
            };
        }
    }
}
