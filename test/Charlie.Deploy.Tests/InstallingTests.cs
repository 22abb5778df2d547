using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Charlie.Deploy.Tests;

/// <summary>The commands of docs/installing.md, each as far as it goes without an account; <c>RoadTests</c> plays the whole road.</summary>
public sealed partial class InstallingTests
{
    private static readonly Dictionary<string, string> Account = new()
    {
        ["PATH"] = Environment.GetEnvironmentVariable("PATH")!,
        ["HOME"] = "/nonexistent",
        ["AWS_REGION"] = "us-east-1",
        ["AWS_DEFAULT_REGION"] = "us-east-1",
        ["AWS_ACCESS_KEY_ID"] = "AKIAEXAMPLE",
        ["AWS_SECRET_ACCESS_KEY"] = "not-a-secret",
        ["AWS_EC2_METADATA_DISABLED"] = "true",
        ["AWS_MAX_ATTEMPTS"] = "1",
    };

    private static readonly string[] Steps = ["machine", "production", "charlie"];

    private static string Install => Repository.Read("install");

    public static TheoryData<string> Commands =>
        [.. Blocks().SelectMany(block => Continued().Replace(block, " ").Split('\n')).Where(line => line.Length > 0)];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_command_is_one(string command)
    {
        if (command.StartsWith("aws ", StringComparison.Ordinal))
        {
            // The command checks its parameters before it calls, and nothing listens at the other end.
            await Succeeds(
                $"printf '{{}}' > registry.json; {command} --endpoint-url http://127.0.0.1:9 2>&1 | tee said; "
                + "grep -q 'Could not connect to the endpoint URL' said");
        }
        else if (command.StartsWith("./install ", StringComparison.Ordinal))
        {
            Assert.Contains(command.Split(' ')[1], Steps);
        }
        else
        {
            Assert.Contains(command.Split(' ')[0], (string[])["export", "./charlie"]);
            await Succeeds($"bash -nc '{command}'");
        }
    }

    /// <summary>No parameter that a step gives is unknown to the template, and none that must be given is left out.</summary>
    [Theory]
    [InlineData("builder.template")]
    [InlineData("image.template")]
    [InlineData("gitlab.template")]
    [InlineData("operators.template")]
    [InlineData("production.template")]
    public void A_step_gives_a_template_what_it_needs(string template)
    {
        var command = Assert.Single(Deploys().Matches(Continued().Replace(Install, " ")).Select(match => match.Value), line =>
            line.Contains(template, StringComparison.Ordinal));
        var stream = new YamlStream();
        using var reader = new StringReader(Repository.Read($"infrastructure/{template}"));
        stream.Load(reader);
        var parameters = (YamlMappingNode)stream.Documents[0].RootNode["Parameters"];
        var declared = parameters.Children.Keys.Select(key => key.ToString()).ToList();
        var given = Given().Matches(command).Select(match => match.Groups[1].Value).ToList();
        Assert.Empty(given.Except(declared));
        var needed = parameters.Where(parameter => Member(parameter.Value, "Default") is null)
            .Select(parameter => parameter.Key.ToString());
        Assert.Empty(needed.Except(given));
    }

    [Fact]
    public async Task The_steps_are_named_where_none_is_given()
    {
        var ran = await Repository.Run(Repository.PathOf("install"), [], Account);
        Assert.Equal(2, ran.ExitCode);
        Assert.All(Steps, step => Assert.Contains($"./install {step}", ran.Error, StringComparison.Ordinal));
        var regionless = await Repository.Run(
            Repository.PathOf("install"),
            ["machine"],
            new Dictionary<string, string> { ["PATH"] = Account["PATH"], ["HOME"] = Account["HOME"] });
        Assert.Equal((1, "install: AWS_REGION must name the region\n"), (regionless.ExitCode, regionless.Error));
    }

    private static string? Member(YamlNode node, string name) =>
        ((YamlMappingNode)node).Children.TryGetValue(name, out var value) ? value.ToString() : null;

    private static async Task Succeeds(string command)
    {
        Tool.Need("aws");
        var folder = Directory.CreateTempSubdirectory("charlie-install-").FullName;
        var ran = await Repository.Run("/bin/bash", ["-euc", command], Account, folder);
        Directory.Delete(folder, recursive: true);
        Assert.True(ran.ExitCode == 0, $"{command}\n{ran.Output}{ran.Error}");
    }

    private static IEnumerable<string> Blocks() =>
        ShellBlock().Matches(Repository.Read("docs/installing.md")).Select(match => match.Groups[1].Value);

    [GeneratedRegex("^```sh\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex ShellBlock();

    [GeneratedRegex(@"\s*\\\n\s*")]
    private static partial Regex Continued();

    // deploy <stack> <template> ...: a line of the script
    [GeneratedRegex(@"^ *deploy .*\.template.*$", RegexOptions.Multiline)]
    private static partial Regex Deploys();

    [GeneratedRegex("\"([A-Z][A-Za-z0-9]+)=")]
    private static partial Regex Given();
}
