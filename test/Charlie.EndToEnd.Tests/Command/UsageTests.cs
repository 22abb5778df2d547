using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Charlie.Sandbox.Template;

namespace Charlie.EndToEnd.Tests.Command;

public sealed class UsageTests
{
    private const string Hint = "charlie --help shows what there is.";

    [Fact]
    public async Task Help_names_the_commands()
    {
        var end = await CharlieCommand.RunAsync("--help");

        Assert.Equal((0, ""), (end.ExitCode, end.Error));
        Assert.Contains("demo", end.Output, StringComparison.Ordinal);
        Assert.Contains("serve", end.Output, StringComparison.Ordinal);
        Assert.Contains("simulate", end.Output, StringComparison.Ordinal);
        Assert.Contains("drill", end.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_names_the_commit()
    {
        var end = await CharlieCommand.RunAsync("--version");

        Assert.Equal((0, ""), (end.ExitCode, end.Error));
        Assert.Matches(@"^[0-9]+\.[0-9]+\.[0-9]+(-[0-9a-z.-]+)?\+[0-9a-f]{40}\n$", end.Output);
    }

    [Theory]
    [InlineData("'--bogus'", "--bogus")]
    [InlineData("'deploy'", "deploy")]
    [InlineData("--port must be from 0 to 65535; it is 'x'.", "serve", "--port", "x")]
    [InlineData("--port must be from 0 to 65535; it is '65536'.", "serve", "--port", "65536")]
    [InlineData("--port must be from 0 to 65535; it is '-1'.", "serve", "--port", "-1")]
    [InlineData("--port", "serve", "--port")]
    [InlineData("--template: there is no file '/no/such/file'.", "serve", "--template", "/no/such/file")]
    [InlineData("--deployments must be a number from 1 to 1000; it is '0'.", "drill", "--deployments", "0")]
    [InlineData("--instances must be a number from 1 to 20; it is 'x'.", "drill", "--instances", "x")]
    [InlineData("--instances containers needs --image <repository>@sha256:", "serve", "--instances", "containers")]
    [InlineData("--image and --secret need --instances containers.", "serve", "--secret", "a=b")]
    [InlineData("--instances must be servers or containers; it is 'machines'.", "serve", "--instances", "machines")]
    [InlineData("--functions: there is no file '/no/such/file'.", "demo", "--functions", "/no/such/file")]
    public async Task A_wrong_call_is_one_line_and_a_hint(string says, params string[] arguments)
    {
        var end = await CharlieCommand.RunAsync(arguments);

        Assert.Equal((2, ""), (end.ExitCode, end.Output));
        Assert.Collection(
            end.ErrorLines,
            line =>
            {
                Assert.StartsWith("charlie: ", line, StringComparison.Ordinal);
                Assert.Contains(says, line, StringComparison.Ordinal);
            },
            line => Assert.Equal(Hint, line));
    }

    [Fact]
    public async Task A_port_in_use_is_one_line()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        await ExpectOneLineAsync($"Port {port} on 127.0.0.1 is in use", "serve", "--port", $"{port}");
    }

    [Theory]
    [InlineData("{ \"Resources\": ", "Template: is not JSON: line 1, column 16")]
    [InlineData("Resources:\n  A: 1\n B: 2\n", "Template: is not YAML: line 3, column 2")]
    public async Task A_template_that_cannot_be_read_is_one_line(string text, string says)
    {
        using var file = new TemporaryFile(text);

        await ExpectOneLineAsync(says, "serve", "--port", "0", "--template", file.Path);
    }

    [Theory]
    [InlineData("""{ "Resources": { "Point": { "Type": "AWS::S3::AccessPoint" } } }""", "Resources.Point.Type: the sandbox does not know AWS::S3::AccessPoint")]
    [InlineData("""{ "Parameters": { "BakeSeconds": { "MinValue": 100 } } }""", "Parameters.BakeSeconds: '3' is not allowed")]
    [InlineData("""{ "Parameters": { "GroupName": { "AllowedPattern": "(" } } }""", "Parameters.GroupName")]
    [InlineData("""{ "Resources": { "Lifecycle": { "Properties": { "Timeout": { "Ref": "Nobody" } } } } }""", "Nobody")]
    public async Task A_template_that_cannot_be_deployed_is_one_line(string change, string says)
    {
        var template = TemplateText.Parse(await File.ReadAllTextAsync(
            Path.Combine(AppContext.BaseDirectory, "serverless.template"), TestContext.Current.CancellationToken));
        Merge(template, JsonNode.Parse(change)!.AsObject());
        using var file = new TemporaryFile(template.ToJsonString());

        await ExpectOneLineAsync(says, "serve", "--port", "0", "--template", file.Path);
    }

    private static async Task ExpectOneLineAsync(string says, params string[] arguments)
    {
        var end = await CharlieCommand.RunAsync(arguments);
        Assert.Equal(2, end.ExitCode);
        var line = Assert.Single(end.ErrorLines);
        Assert.StartsWith($"charlie: ", line, StringComparison.Ordinal);
        Assert.Contains(says, line, StringComparison.Ordinal);
    }

    private static void Merge(JsonObject document, JsonObject change)
    {
        foreach (var (name, value) in change)
        {
            if (value is JsonObject inner && document[name] is JsonObject below)
            {
                Merge(below, inner);
            }
            else
            {
                document[name] = value?.DeepClone();
            }
        }
    }
}
