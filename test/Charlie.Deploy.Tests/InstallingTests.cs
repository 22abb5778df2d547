using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Charlie.Deploy.Tests;

/// <summary>The commands of docs/installing.md, each run as far as it goes without an account.</summary>
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

    public static TheoryData<string> Commands =>
        [.. Blocks().SelectMany(block => Continued().Replace(block, " ").Split('\n')).Where(line => line.Length > 0)];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_command_is_one(string command)
    {
        if (command.StartsWith("aws cloudformation deploy ", StringComparison.Ordinal))
        {
            CheckStack(command);
        }
        else if (command.StartsWith("aws s3 cp ", StringComparison.Ordinal))
        {
            await Succeeds($"touch instance.tar.gz && {command} --dryrun");
        }
        else if (command.StartsWith("aws ", StringComparison.Ordinal))
        {
            // The command checks its parameters before it calls, and nothing listens at the other end.
            await Succeeds(
                $"printf '{{}}' | tee registry.json > bot.json; {command} --endpoint-url http://127.0.0.1:9 2>&1 | tee said; "
                + "grep -q 'Could not connect to the endpoint URL' said");
        }
        else if (command.StartsWith("tar ", StringComparison.Ordinal))
        {
            await Succeeds($"{command} && tar --list --gzip --file instance.tar.gz | grep -q '^instance/run_app.sh$'", copy: "instance");
        }
        else if (command.StartsWith("dotnet lambda deploy-serverless ", StringComparison.Ordinal))
        {
            var given = Pairs(Between(command, "--template-parameters \"", "\"").Replace(" ", "", StringComparison.Ordinal).Split(';'));
            Assert.All(given, pair => Assert.Matches((string?)Template.Parameters[pair.Key]!["AllowedPattern"] ?? "", pair.Value));
            var needed = Template.Parameters.Where(parameter => parameter.Value!["Default"] is null).Select(parameter => parameter.Key);
            Assert.Empty(needed.Except(given.Keys));
        }
        else if (command.StartsWith("charlie init ", StringComparison.Ordinal))
        {
            var given = Pairs(command.Split("--set ")[1..].Select(pair => pair.Trim()));
            Assert.All(given, pair => Assert.Matches((string?)Template.Parameters[pair.Key]!["AllowedPattern"] ?? "", pair.Value));
        }
        else
        {
            Assert.Contains(command.Split(' ')[0], (string[])["export", "sha256sum", "docker", "dotnet"]);
            await Succeeds($"bash -nc '{command}'");
        }
    }

    private static void CheckStack(string command)
    {
        Assert.Equal(0, command.Count(character => character == '"') % 2);
        var stream = new YamlStream();
        using var reader = new StringReader(Repository.Read(Between(command + " ", "--template-file ", " ")));
        stream.Load(reader);
        var parameters = (YamlMappingNode)stream.Documents[0].RootNode["Parameters"];
        const string Overrides = "--parameter-overrides ";
        var overrides = command[(command.IndexOf(Overrides, StringComparison.Ordinal) + Overrides.Length)..];
        var given = Pairs(overrides.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.All(given, pair => Assert.Matches(Member(parameters[pair.Key], "AllowedPattern") ?? "", pair.Value));
        var needed = parameters.Where(parameter => Member(parameter.Value, "Default") is null)
            .Select(parameter => parameter.Key.ToString());
        Assert.Empty(needed.Except(given.Keys));
    }

    private static Dictionary<string, string> Pairs(IEnumerable<string> texts) =>
        texts.Select(text => text.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);

    private static string? Member(YamlNode node, string name) =>
        ((YamlMappingNode)node).Children.TryGetValue(name, out var value) ? value.ToString() : null;

    private static async Task Succeeds(string command, string? copy = null)
    {
        Tool.Need("aws");
        var folder = Directory.CreateTempSubdirectory("charlie-install-").FullName;
        if (copy is not null)
        {
            await Repository.Run("/bin/cp", ["-r", Repository.PathOf(copy), folder]);
        }

        var ran = await Repository.Run("/bin/bash", ["-euc", command], Account, folder);
        Directory.Delete(folder, recursive: true);
        Assert.True(ran.ExitCode == 0, $"{command}\n{ran.Output}{ran.Error}");
    }

    private static IEnumerable<string> Blocks() =>
        ShellBlock().Matches(Repository.Read("docs/installing.md")).Select(match => match.Groups[1].Value);

    private static string Between(string text, string before, string after)
    {
        var from = text.IndexOf(before, StringComparison.Ordinal) + before.Length;
        return text[from..text.IndexOf(after, from, StringComparison.Ordinal)];
    }

    [GeneratedRegex("^```sh\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex ShellBlock();

    [GeneratedRegex(@"\s*\\\n\s*")]
    private static partial Regex Continued();
}
