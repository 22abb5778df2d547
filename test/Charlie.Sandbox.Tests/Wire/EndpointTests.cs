using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Charlie.Sandbox.Server;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Tests.Wire;

public sealed class EndpointTests : IAsyncLifetime
{
    private readonly HttpClient client = new();
    private SandboxServer server = null!;

    public async ValueTask InitializeAsync() =>
        server = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    [Theory]
    [InlineData("ec2", "Action=Nonsense&Version=2016-11-15", 400, "InvalidAction")]
    [InlineData("autoscaling", "Action=Nonsense&Version=2011-01-01", 400, "InvalidAction")]
    [InlineData(null, "Action=DescribeInstances&Version=2016-11-15&MaxResults=x", 400, "InvalidParameterValue")]
    [InlineData(null, "Action=DescribeAutoScalingGroups&Version=2011-01-01&MaxRecords=101", 400, "ValidationError")]
    [InlineData(null, "Action=DescribeInstances&Version=1999-01-01", 400, "InvalidAction")]
    [InlineData("ec2", "", 400, "MissingAction")]
    [InlineData("ec2", "Action=DescribeInstances&Action=DescribeTags", 400, "MalformedQueryString")]
    [InlineData("ec2", "Action=DescribeInstances&a..b=1", 400, "MalformedQueryString")]
    [InlineData("ec2", "Action=%ff%fe", 400, "InvalidAction")]
    [InlineData("iam", "Action=ListUsers&Version=2010-05-08", 400, "InvalidAction")]
    public async Task Query_requests_that_make_no_sense_get_the_error_of_AWS(string? service, string form, int status, string code)
    {
        using var response = await SendAsync(service, new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded"));
        var document = XDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal((status, code),
            ((int)response.StatusCode, document.Descendants().First(element => element.Name.LocalName == "Code").Value));
        var id = document.Descendants().First(element => element.Name.LocalName is "RequestID" or "RequestId").Value;
        Assert.Equal(id, response.Headers.GetValues("x-amzn-RequestId").Single());
    }

    [Theory]
    [InlineData("DynamoDB_20120810.ListTables", "{}", "UnknownOperationException")]
    [InlineData("nothing", "{}", "UnknownOperationException")]
    [InlineData("AWSEvents.PutEvents", "{", "SerializationException")]
    [InlineData("AWSEvents.PutEvents", "[]", "SerializationException")]
    public async Task JSON_requests_that_make_no_sense_get_the_error_of_AWS(string target, string body, string code)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/x-amz-json-1.1");
        content.Headers.Add("X-Amz-Target", target);
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Endpoint) { Content = content };
        request.Headers.Add("X-Amz-Target", target);
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var error = await response.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken);
        Assert.Equal((400, code), ((int)response.StatusCode, (string?)error!["__type"]));
    }

    [Fact]
    public async Task Unknown_paths_broken_signatures_and_huge_bodies_are_no_server_error()
    {
        using var path = await client.GetAsync(new Uri(server.Endpoint, "/2015-03-31/functions"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, path.StatusCode);
        using var huge = await SendAsync("ec2", new ByteArrayContent(new byte[3 * 1024 * 1024]));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, huge.StatusCode);
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Endpoint);
        request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=only/one");
        using var broken = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, broken.StatusCode);
    }

    [Fact]
    public async Task A_request_may_come_in_the_query_string()
    {
        var response = await client.GetStringAsync(
            new Uri(server.Endpoint, "/?Action=DescribeInstances&Version=2016-11-15"), TestContext.Current.CancellationToken);
        Assert.Contains("<reservationSet", response, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_busy_port_is_told_in_one_line()
    {
        var error = await Assert.ThrowsAsync<PortInUseException>(
            () => SandboxServer.StartAsync(new SandboxOptions { Port = server.Endpoint.Port }, TestContext.Current.CancellationToken));
        Assert.Equal($"Port {server.Endpoint.Port} on 127.0.0.1 is in use: stop what listens there, or take another port (0 takes a free one).", error.Message);
    }

    [Theory]
    [InlineData("before", 0)]
    [InlineData("after", 1)]
    public async Task A_killed_caller_gets_no_response_and_its_call_has_or_has_not_happened(string when, int created)
    {
        var killed = new List<string>();
        server.Cloud.Callers.NameOf = key => key == "AKIAREFRESH" ? "Refresh" : null;
        server.Cloud.Callers.Kill = killed.Add;
        await ArmAsync($$"""{"caller":"Refresh","call":2,"when":"{{when}}","action":"kill"}""");

        await CreateTemplateAsync("one", "AKIAREFRESH");
        await CreateTemplateAsync("other", "AKIASOMEONE");
        await Assert.ThrowsAsync<HttpRequestException>(() => CreateTemplateAsync("two", "AKIAREFRESH"));

        Assert.Equal(["AKIAREFRESH"], killed);
        Assert.Equal(2 + created, server.Cloud.Ec2.LaunchTemplates.All.Count);
        var calls = await client.GetFromJsonAsync<JsonObject>(
            new Uri(server.Endpoint, "/_sandbox/calls?from=2"), TestContext.Current.CancellationToken);
        var call = calls!["entries"]!.AsArray().Single()!;
        Assert.Equal(("Refresh", "ec2", "CreateLaunchTemplate", null),
            ((string?)call["caller"], (string?)call["service"], (string?)call["action"], (int?)call["status"]));
    }

    [Fact]
    public async Task Throttling_and_failures_strike_once_and_events_are_dropped_as_often_as_armed()
    {
        await ArmAsync("""{"caller":"AKIA1","action":"throttle"}""");
        await ArmAsync("""{"caller":"AKIA1","call":2,"when":"after","action":"error500"}""");
        await ArmAsync("""{"action":"drop-event","detailType":"EC2 Instance-launch Lifecycle Action","times":2}""");
        Assert.Equal((HttpStatusCode)503, await CreateTemplateAsync("one", "AKIA1"));
        Assert.Equal((HttpStatusCode)500, await CreateTemplateAsync("one", "AKIA1"));
        Assert.Equal((HttpStatusCode)400, await CreateTemplateAsync("one", "AKIA1"));
        string[] types = ["other", "EC2 Instance-launch Lifecycle Action", "EC2 Instance-launch Lifecycle Action",
            "EC2 Instance-launch Lifecycle Action"];
        Assert.Equal([false, true, true, false], types.Select(server.Cloud.Faults.DropsEvent));

        await ArmAsync("""{"caller":"AKIA1","action":"throttle"}""");
        using var cleared = await client.DeleteAsync(new Uri(server.Endpoint, "/_sandbox/faults"), TestContext.Current.CancellationToken);
        Assert.Empty(server.Cloud.Faults.Waiting);
    }

    [Theory]
    [InlineData("POST", "faults", """{"action":"explode"}""")]
    [InlineData("POST", "faults", """{"action":"kill"}""")]
    [InlineData("POST", "faults", """{"action":"drop-event"}""")]
    [InlineData("POST", "faults", "null")]
    [InlineData("GET", "timeline?from=x", "")]
    public async Task Wrong_controls_are_refused_with_a_reason(string method, string path, string body)
    {
        using var response = await ControlAsync(method, path, body);
        var error = await response.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.False(string.IsNullOrEmpty((string?)error!["error"]));
    }

    private Task<HttpResponseMessage> SendAsync(string? service, HttpContent content, string key = "AKIA")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, server.Endpoint) { Content = content };
        if (service is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"AWS4-HMAC-SHA256 Credential={key}/20261122/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=0");
        }

        return client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private async Task<HttpStatusCode> CreateTemplateAsync(string name, string key)
    {
        using var content = new StringContent($"Action=CreateLaunchTemplate&Version=2016-11-15&LaunchTemplateName={name}x&LaunchTemplateData.ImageId=ami-1");
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        using var response = await SendAsync("ec2", content, key);
        return response.StatusCode;
    }

    private async Task ArmAsync(string fault)
    {
        using var response = await ControlAsync("POST", "faults", fault);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private Task<HttpResponseMessage> ControlAsync(string method, string path, string body) => client.SendAsync(
        new HttpRequestMessage(
            new HttpMethod(method), new Uri(server.Endpoint, $"/_sandbox/{path}"))
        {
            Content = body.Length == 0 ? null
            : new StringContent(body, Encoding.UTF8, "application/json")
        },
        TestContext.Current.CancellationToken);
}
