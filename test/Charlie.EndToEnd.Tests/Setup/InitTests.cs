using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Charlie.EndToEnd.Tests.Command;
using Charlie.EndToEnd.Tests.Operating;
using Charlie.EndToEnd.Tests.Serve;
using Charlie.Sandbox.Template;

namespace Charlie.EndToEnd.Tests.Setup;

/// <summary><c>charlie init</c> against an embedded account; what it writes is taken by the template itself.</summary>
public sealed class InitTests : IDisposable
{
    private static readonly string[] Project =
    [
        "--set", "ImageRepository=registry.gitlab.com/example/charlie",
        "--set", "ProjectId=4242",
        "--set", "ProjectUrl=https://gitlab.com/example/charlie",
    ];

    private readonly string folder = Directory.CreateTempSubdirectory("charlie-init-").FullName;

    private string Path => System.IO.Path.Combine(folder, "deploy.json");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_parameters_of_a_stack_that_is_there_are_kept()
    {
        await using var served = await ServedAws.StartAsync();
        var first = await InitAsync(served, 0);
        Assert.Contains($"dotnet lambda deploy-serverless --config-file \"{Path}\"", first.Output, StringComparison.Ordinal);
        Assert.Contains("GroupName=charlie  (stack charlie)", first.Output, StringComparison.Ordinal);
        var written = Written();
        Assert.Equal(("4242", "3"), (written["ProjectId"], written["BakeSeconds"]));

        var text = await File.ReadAllTextAsync(Path, TestContext.Current.CancellationToken);
        var refused = await InitAsync(served, 2, "--set", "BakeSeconds=60");
        Assert.Contains("is there already: --force", refused.Error, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(Path, TestContext.Current.CancellationToken));
        await InitAsync(served, 0, "--set", "BakeSeconds=60", "--force");
        Assert.Equal("60", Written()["BakeSeconds"]);
    }

    [Fact]
    public async Task A_new_stack_takes_the_outputs_of_those_that_the_infrastructure_made()
    {
        await using var served = await ServedAws.StartAsync();
        await TellInfrastructureAsync(served);
        var missing = await InitAsync(served, 2, "--stack", "new");
        Assert.Contains(
            "GroupName (charlie-production and other-production differ), ImageRepository, ProjectId, ProjectUrl, OpsRoleArns.",
            missing.Error,
            StringComparison.Ordinal);
        string[] from = ["--stack", "new", "--from", "charlie-gitlab", "--from", "charlie-production", .. Project];
        Assert.Contains(
            "OpsRoleArns: '*' is not allowed; allowed is ARNs of IAM roles, separated by commas",
            (await InitAsync(served, 2, [.. from, "--set", "OpsRoleArns=*"])).Error,
            StringComparison.Ordinal);
        Assert.Contains(
            "a pipeline must not be able to request a rollback",
            (await InitAsync(served, 2, [.. from, "--set", "OpsRoleArns=arn:aws:iam::123456789012:role/charlie-ci"])).Error,
            StringComparison.Ordinal);
        Assert.Contains("There is no stack x here", (await InitAsync(served, 2, "--from", "x")).Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path));

        await InitAsync(served, 0, [.. from, "--set", "OpsRoleArns=arn:aws:iam::123456789012:role/a,arn:aws:iam::123456789012:role/b"]);
        var written = Written();
        Assert.Equal("charlie", written["App"]);
        Assert.Equal("subnet-0123456789abcdef0,subnet-0fedcba9876543210", written["SubnetIds"]);
        Assert.DoesNotContain("Url", written.Keys);
    }

    [Fact]
    public async Task A_terminal_is_asked_for_what_is_not_known_until_the_template_takes_the_answer()
    {
        Tool.Need("script");
        await using var served = await ServedAws.StartAsync();
        await TellInfrastructureAsync(served);
        using var terminal = TerminalCommand.Start(served, ["init", "--output", Path, "--stack", "new", .. Project[..2], .. Project[4..]]);
        await AnswerAsync(terminal, "GroupName (charlie-production and other-production differ):", "charlie");
        await AnswerAsync(terminal, "ProjectId:", "gitlab.com");
        await terminal.ExpectAsync("ProjectId: 'gitlab.com' is not allowed");
        await AnswerAsync(terminal, "ProjectId:", "4242");
        await AnswerAsync(terminal, "OpsRoleArns:", "");
        await terminal.ExpectAsync("OpsRoleArns needs a value");
        await AnswerAsync(terminal, "OpsRoleArns:", "arn:aws:iam::123456789012:role/charlie-ops");
        await AnswerAsync(terminal, "AlertEmail:", "ops@example.com");
        Assert.True(await terminal.EndAsync() == 0, terminal.Shown);
        var written = Written();
        Assert.Equal(
            ["charlie", "4242", "arn:aws:iam::123456789012:role/charlie-ops", "ops@example.com"],
            ((string[])["GroupName", "ProjectId", "OpsRoleArns", "AlertEmail"]).Select(name => written[name]));
    }

    [Fact]
    public async Task A_terminal_keeps_a_default_with_Enter_and_Ctrl_C_writes_nothing()
    {
        const int Interrupt = 2;
        Tool.Need("script");
        Assert.SkipWhen(ProcessTree.Ignores(Interrupt), "this test was started to ignore Ctrl-C");
        await using var served = await ServedAws.StartAsync();
        using (var interrupted = TerminalCommand.Start(served, "init", "--output", Path, "--stack", "new"))
        {
            await interrupted.ExpectAsync("GroupName:");
            await interrupted.TypeAsync(TerminalCommand.CtrlC);
            Assert.Equal(130, await interrupted.EndAsync());
        }

        Assert.False(File.Exists(Path));
        await TellInfrastructureAsync(served);
        using var terminal = TerminalCommand.Start(
            served,
            [
                "init", "--output", Path, "--stack", "new", .. Project, "--set", "GroupName=charlie",
                "--set", "OpsRoleArns=arn:aws:iam::123456789012:role/charlie-ops",
            ]);
        await AnswerAsync(terminal, "AlertEmail:", "");
        Assert.True(await terminal.EndAsync() == 0, terminal.Shown);
        Assert.Equal("", Written()["AlertEmail"]);
    }

    private static async Task AnswerAsync(TerminalCommand terminal, string question, string answer)
    {
        await terminal.ExpectAsync(question);
        await terminal.TypeAsync(answer + TerminalCommand.Enter);
    }

    /// <summary>The file's parameters as the deploy tool reads them; the template takes them.</summary>
    private Dictionary<string, string> Written()
    {
        var file = JsonNode.Parse(File.ReadAllText(Path))!;
        Assert.Equal(
            ["serverless.template", "Release", "us-east-1"],
            ((string[])["template", "configuration", "region"]).Select(name => (string)file[name]!));
        var parameters = ((string)file["template-parameters"]!).Split(';')
            .Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        var template = TemplateDocument.Parse(File.ReadAllText(System.IO.Path.Combine(Golden.Root(), "serverless.template")));
        Assert.NotEmpty(template.Resolve((string)file["stack-name"]!, parameters).Functions);
        return parameters;
    }

    private async Task<CommandEnd> InitAsync(ServedAws served, int code, params string[] arguments)
    {
        await using var command = new OperatingCommand(served, 240).Start(["init", "--output", Path, .. arguments]);
        var end = await command.EndAsync();
        Assert.True(end.ExitCode == code, end.Output + end.Error);
        return end;
    }

    private static async Task TellInfrastructureAsync(ServedAws served)
    {
        await TellAsync(served, "charlie-gitlab", new() { ["CiRoleArn"] = "arn:aws:iam::123456789012:role/charlie-ci" });
        await TellAsync(served, "charlie-production", new()
        {
            ["GroupName"] = "charlie",
            ["LaunchTemplateId"] = "lt-0123456789abcdef0",
            ["VpcId"] = "vpc-0123456789abcdef0",
            ["SubnetIds"] = "subnet-0123456789abcdef0,subnet-0fedcba9876543210",
            ["Url"] = "https://charlie.example",
        });
        await TellAsync(served, "other-production", new() { ["GroupName"] = "other" });
    }

    private static async Task TellAsync(ServedAws served, string name, Dictionary<string, string> outputs)
    {
        using var http = new HttpClient();
        using var response = await http.PutAsJsonAsync(
            new Uri(served.Endpoint, "/_sandbox/stacks"), new { name, outputs }, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
