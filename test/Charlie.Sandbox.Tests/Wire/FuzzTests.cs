using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Charlie.Sandbox.EventBridge.Api;
using Charlie.Sandbox.Logs;
using Charlie.Sandbox.Sns;
using Charlie.Sandbox.Sqs;
using Charlie.Sandbox.Tests.AutoScaling;
using Charlie.Sandbox.Tests.EventBridge;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Tests.Wire;

/// <summary>Raw requests at random, good and broken: each gets a response that can be read, and none surprises the sandbox.</summary>
public sealed class FuzzTests
{
    private const int Requests = 50_000;

    private static readonly string[] Services =
        ["ec2", "autoscaling", "events", "sns", "sts", "ssm", "secretsmanager", "s3", "lambda", "route53", "monitoring", "iam", ""];

    private static readonly string[] Paths =
        ["/", "/", "/", "", "/bucket/key", "/2015-03-31/functions", "/service/Any/operation/PutMetricData", "//", "/%00"];

    private static readonly string[] Pieces =
    [
        "charlie", "app", "rule", "1", "-1", "0", "99999999999999999999", "1e400", "-62135596801", "true", "",
        "$Latest", "\0", "\u0001", "\ud83d\ude80", "i-0123456789abcdef0", "lt-0123456789abcdef0",
        "arn:aws:sns:us-east-1:123456789012:t", "2026-11-22T14:00:00Z", "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z", "* * * * *", "rate(1 minute)", "{\"source\":[\"s\"]}", "{", "[", "null", "{}", "\n",
        "charlie\n", "<a>", "%", "&amp;",
    ];

    [LongFact]
    public void Fifty_thousand_requests_are_answered_in_their_protocol()
    {
        using var simulated = new SimulatedCloud();
        var cloud = simulated.Cloud;
        var plane = new EventPlane(cloud.Context, new ScriptedHost(), groups: cloud.AutoScaling);
        cloud.Endpoint.Add(new EventsApi(plane.Router, plane.Destinations));
        cloud.Endpoint.Add(new SnsApi(plane.Topics));
        cloud.Endpoint.Add(new SqsApi(plane.Queues));
        cloud.Endpoint.Add(new LogsApi(plane.LogGroups));
        simulated.CreateGroup(1);
        var random = new Random(20261122);
        var played = cloud.Endpoint.Played;
        for (var number = 0; number < Requests; number++)
        {
            var request = Draw(random, played);
            var response = cloud.Endpoint.Respond(request).Response!;
            Assert.True(Reads(response), $"{number}: {Describe(request)} got {Describe(response)}");
            if (number % 500 == 0)
            {
                simulated.Advance(TimeSpan.FromSeconds(5));
            }
        }

        Assert.DoesNotContain(cloud.Timeline.From(0), entry => entry.Kind == "UnexpectedError");
        Assert.True(cloud.Endpoint.Calls.Count(call => call.Status == 200) > Requests / 50, "hardly any request was good");
    }

    private static WireRequest Draw(Random random, IReadOnlyDictionary<string, PlayedOperations> played)
    {
        var service = Pick(random, Services);
        var operations = played.GetValueOrDefault(service);
        var operation = operations is null || random.Next(50) == 0 ? Piece(random) : Pick(random, [.. operations.Names]);
        var members = operations is not null && operations.Has(operation) ? operations.MembersOf(operation).ToArray() : [];
        var isJson = service is "events" or "ssm" or "secretsmanager" || (operations is null && random.Next(4) == 0);
        var body = Encoding.UTF8.GetBytes(isJson ? Json(random, members) : Form(random, operation, members));
        if (random.Next(20) == 0)
        {
            Break(random, body);
        }

        var authorization = random.Next(50) == 0 ? Piece(random)
            : $"AWS4-HMAC-SHA256 Credential=test/20261122/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=0";
        return new WireRequest(
            random.Next(30) == 0 || operations is null ? Pick(random, Paths) : "/", random.Next(50) == 0 ? Piece(random) : string.Empty,
            random.Next(50) == 0 ? null : authorization, isJson ? $"Any.{operation}" : null, body,
            Pick(random, ["POST", "GET", "PUT", "DELETE"]));
    }

    private static string Form(Random random, string operation, string[] members) => string.Join('&', Some(random, members)
        .Select(member => member.Replace(".n", random.Next(2) == 0 ? ".1" : ".member.1", StringComparison.Ordinal))
        .Select(member => member.Replace("**", "ImageId", StringComparison.Ordinal))
        .Select(name => $"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(Piece(random))}")
        .Prepend($"Action={Uri.EscapeDataString(operation)}"));

    private static string Json(Random random, string[] members)
    {
        var document = new JsonObject();
        foreach (var member in Some(random, members))
        {
            var path = member.Split('.');
            document[path[0]] = Node(random, path.AsSpan(1));
        }

        var odd = Pick(random, ["\"\\ud800\"", "1e999", "[[[[]]]]", """{"a":1,"a":2}"""]);
        return document.ToJsonString().Replace("\"~\"", odd, StringComparison.Ordinal);
    }

    private static JsonNode? Node(Random random, ReadOnlySpan<string> path) => path.IsEmpty
        ? random.Next(6) switch
        {
            0 => JsonValue.Create(random.Next(-2, 100)),
            1 => JsonValue.Create(random.Next(2) == 0),
            2 => JsonValue.Create("~"),
            3 => null,
            _ => JsonValue.Create(Piece(random)),
        }
        : path[0] == "n" ? new JsonArray(Node(random, path[1..]))
        : new JsonObject { [path[0] == "*" ? Piece(random) : path[0]] = Node(random, path[1..]) };

    private static IEnumerable<string> Some(Random random, string[] members) =>
        members.Length == 0 ? [] : Enumerable.Range(0, random.Next(7)).Select(_ => Pick(random, members)).Distinct();

    private static void Break(Random random, byte[] body)
    {
        for (var count = random.Next(4); count > 0 && body.Length > 0; count--)
        {
            body[random.Next(body.Length)] = (byte)random.Next(256);
        }
    }

    private static string Piece(Random random) => random.Next(10) == 0 ? Pick(random, Pieces) + Pick(random, Pieces) : Pick(random, Pieces);

    private static string Pick(Random random, string[] of) => of[random.Next(of.Length)];

    /// <summary>No server error, and a body that is what its type says; an error's is never empty.</summary>
    private static bool Reads(AwsResponse response)
    {
        if (response.Status is >= 500 and not 501 || (response.Status != 200 && response.Body.IsEmpty))
        {
            return false;
        }

        switch (response.ContentType)
        {
            case WireErrors.Cbor:
                return response.Body.Span[0] == 0xa2;
            case var type when type.StartsWith("text/xml", StringComparison.Ordinal):
                using (var stream = new MemoryStream(response.Body.ToArray()))
                using (var reader = System.Xml.XmlReader.Create(stream, new System.Xml.XmlReaderSettings { CheckCharacters = false }))
                {
                    XElement.Load(reader);
                }

                return true;
            default:
                return response.Body.IsEmpty || JsonNode.Parse(response.Body.Span) is JsonObject;
        }
    }

    private static string Describe(AwsResponse response) =>
        $"{response.Status} {response.ContentType} {Encoding.UTF8.GetString(response.Body.Span)}";

    private static string Describe(WireRequest request) =>
        $"{request.Method} {request.Path} {request.Target} {Encoding.UTF8.GetString(request.Body!.Value.Span)}";
}
