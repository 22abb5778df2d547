using System.Text;
using System.Text.Json.Nodes;
using Charlie.Sandbox.Context;
using Charlie.Sandbox.EventBridge.Api;
using Charlie.Sandbox.Logs;
using Charlie.Sandbox.Sns;
using Charlie.Sandbox.Sqs;
using Charlie.Sandbox.Tests.EventBridge;
using Charlie.Sandbox.Wire;
using Microsoft.Extensions.Time.Testing;

namespace Charlie.Sandbox.Tests.Wire;

/// <summary>What is played, against AWS's models and the sources: nothing that a caller sends is taken and dropped.</summary>
public sealed class PlayedOperationsTests : IDisposable
{
    private static readonly Dictionary<string, string> Folders = new()
    {
        ["ec2"] = "Ec2",
        ["autoscaling"] = "AutoScaling",
        ["events"] = "EventBridge/Api",
        ["iam"] = "Iam",
        ["sns"] = "Sns",
        ["sqs"] = "Sqs",
        ["logs"] = "Logs",
        ["sts"] = "Sts",
        ["ssm"] = "Secrets",
        ["secretsmanager"] = "Secrets",
        ["cloudformation"] = "CloudFormation",
    };

    private readonly Cloud cloud = new(new FakeTimeProvider(), new AwsTimings(), seed: 1);

    public PlayedOperationsTests()
    {
        var plane = new EventPlane(cloud.Context, new ScriptedHost());
        cloud.Endpoint.Add(new EventsApi(plane.Router, plane.Destinations));
        cloud.Endpoint.Add(new SnsApi(plane.Topics));
        cloud.Endpoint.Add(new SqsApi(plane.Queues));
        cloud.Endpoint.Add(new LogsApi(plane.LogGroups));
    }

    public static TheoryData<string> Services => [.. Folders.Keys];

    public void Dispose() => cloud.Dispose();

    [Fact]
    public void Every_service_is_looked_at_here() => Assert.Equal(Folders.Keys.Order(), cloud.Endpoint.Played.Keys.Order());

    [Theory]
    [MemberData(nameof(Services))]
    public void Every_operation_that_is_said_to_be_played_answers(string service) =>
        Assert.All(cloud.Endpoint.Played[service].Names, operation =>
        {
            var (status, text) = Send(service, operation, []);
            Assert.True(status < 500 && !text.Contains("does not play", StringComparison.Ordinal), $"{operation}: {text}");
        });

    /// <summary>A member of AWS's model is played, or refused by its name with the service's validation error.</summary>
    [Theory]
    [MemberData(nameof(Services))]
    public async Task Every_member_of_the_models_is_played_or_refused(string service)
    {
        var played = cloud.Endpoint.Played[service];
        var members = await ServiceModels.MembersOf(played.Names.Select(operation => (service, operation)));
        Assert.All(members.Where(one => !played.Plays(one.Operation, one.Member)), one =>
        {
            var (status, text) = Send(service, one.Operation, [one.Member]);
            Assert.Equal(400, status);
            Assert.Contains("The sandbox does not play ", text, StringComparison.Ordinal);
            Assert.Contains($" of {one.Operation}.", text, StringComparison.Ordinal);
            Assert.Matches("ValidationError|ValidationException|UnknownParameter", text);
        });

        var known = members.Select(one => $"{one.Operation} {one.Member}").ToHashSet();
        var said = played.Names.SelectMany(operation => played.MembersOf(operation).Select(member => $"{operation} {member}"));
        Assert.DoesNotContain(said, one => !one.EndsWith("**", StringComparison.Ordinal) && !known.Contains(one));
    }

    /// <summary>What is said to be played is read somewhere by its name.</summary>
    [Theory]
    [MemberData(nameof(Services))]
    public void No_played_member_is_without_a_word_in_the_sources(string service)
    {
        var sources = Directory.GetFiles(Path.Combine(SourceTree.Root, "src", "Charlie.Sandbox", Folders[service]), "*.cs")
            .Append(Path.Combine(SourceTree.Root, "src", "Charlie.Sandbox", "EventBridge", "Api", "EventsPage.cs"))
            .Select(File.ReadAllText).ToList();
        var played = cloud.Endpoint.Played[service];
        var names = played.Names.SelectMany(played.MembersOf)
            .Select(member => member.Split('.').Last(step => step is not ("n" or "*" or "**" or "key" or "value"))).Distinct();
        Assert.DoesNotContain(names, name => !sources.Exists(text => text.Contains($"\"{name}\"", StringComparison.Ordinal)));
    }

    private (int Status, string Text) Send(string service, string operation, IReadOnlyList<string> members)
    {
        var isJson = service is "events" or "ssm" or "secretsmanager" or "sqs" or "logs";
        var body = isJson ? Json(members) : string.Join('&', members
            .Select(member => $"{member.Replace(".n", ".1", StringComparison.Ordinal)}=x").Prepend($"Action={operation}"));
        var response = cloud.Endpoint.Respond(new WireRequest(
            "/", "", $"AWS4-HMAC-SHA256 Credential=test/20261122/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=0",
            isJson ? $"Any.{operation}" : null, Encoding.UTF8.GetBytes(body))).Response!;
        return (response.Status, Encoding.UTF8.GetString(response.Body.Span));
    }

    private static string Json(IReadOnlyList<string> members) =>
        members is [var member] ? new JsonObject { [member.Split('.')[0]] = Node(member.Split('.').AsSpan(1)) }.ToJsonString() : "{}";

    private static JsonNode Node(ReadOnlySpan<string> path) =>
        path.IsEmpty ? JsonValue.Create("x")
            : path[0] == "n" ? new JsonArray(Node(path[1..]))
            : new JsonObject { [path[0]] = Node(path[1..]) };
}
