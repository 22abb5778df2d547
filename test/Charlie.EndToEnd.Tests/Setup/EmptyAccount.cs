using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Charlie.EndToEnd.Tests.Command;
using Charlie.EndToEnd.Tests.Operating;
using Charlie.EndToEnd.Tests.Serve;

namespace Charlie.EndToEnd.Tests.Setup;

/// <summary>
/// An embedded account with nothing on it, and a clone of the repository beside it, in which lines of the docs are run as a person
/// types them. Of the tools only two are played: Docker, of which the first image's digest is told, and the deploy tool, whose part is
/// to hand template and parameters to CloudFormation.
/// </summary>
internal sealed partial class EmptyAccount : IAsyncDisposable
{
    private const string Docker = """
        #!/bin/sh
        case $1 in
          login) cat > /dev/null ;;
          build | push) ;;
          image) echo "registry.gitlab.com/example/charlie@sha256:$(printf first | sha256sum | cut -d ' ' -f 1)" ;;
          *) exit 2 ;;
        esac
        """;

    private const string Dotnet = """
        #!/usr/bin/env bash
        set -euo pipefail
        case "$*" in
          'lambda help') exit ;;
          'lambda deploy-serverless --config-file '*) ;;
          *) exit 2 ;;
        esac
        stack=$(sed -n 's/.*"stack-name": "\(.*\)".*/\1/p' "$4")
        IFS=';' read -ra parameters <<< "$(sed -n 's/.*"template-parameters": "\(.*\)".*/\1/p' "$4")"
        exec aws cloudformation deploy --no-fail-on-empty-changeset --stack-name "$stack" --template-file serverless.template \
          --s3-bucket charlie-123456789012-us-east-1 --capabilities CAPABILITY_IAM --parameter-overrides "${parameters[@]}"
        """;

    private static readonly string[] Copied = ["install", "infrastructure", "instance", "example", "serverless.template"];

    private readonly string folder = Directory.CreateTempSubdirectory("charlie-road-").FullName;

    private EmptyAccount(ServedAws served, int healthPort) => (Served, HealthPort) = (served, healthPort);

    public ServedAws Served { get; }

    /// <summary>Where the instances respond: on an account port 80, here a free one.</summary>
    public int HealthPort { get; }

    /// <summary>Skips the test where a tool of the road is missing.</summary>
    public static async Task<EmptyAccount> StartAsync()
    {
        Tool.Need("aws", "bash", "git", "tar", "gzip", "sha256sum", "sed");
        var port = FreePort();
        var account = new EmptyAccount(await ServedAws.StartAsync("--empty", "--health-port", $"{port}"), port);
        await account.CloneAsync();
        return account;
    }

    /// <summary>Runs lines in the clone.</summary>
    /// <param name="lines">As a shell reads them.</param>
    /// <param name="input">What is typed.</param>
    /// <param name="variables">Beside those that every line has.</param>
    public Task<Ran> RunAsync(string lines, string input = "", params (string Name, string Value)[] variables)
    {
        var environment = new Dictionary<string, string>
        {
            ["PATH"] = $"{Path.Combine(folder, "bin")}:{Environment.GetEnvironmentVariable("PATH")}",
            ["COLUMNS"] = "80",
            ["LC_ALL"] = "C.UTF-8",
            ["AWS_ENDPOINT_URL"] = Served.Endpoint.ToString().TrimEnd('/'),
            ["AWS_ACCESS_KEY_ID"] = OperatingCommand.AccessKey,
            ["AWS_SECRET_ACCESS_KEY"] = "not-a-secret",
            ["AWS_CONFIG_FILE"] = "/dev/null",
            ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
            ["AWS_REGION"] = "",
            ["AWS_DEFAULT_REGION"] = "",
            ["HOME"] = folder,
            // The published command, which CI names, has no init: it belongs to a clone.
            ["CHARLIE_COMMAND"] = "./charlie",
            ["PROJECT_URL"] = "https://gitlab.com/example/charlie",
            ["PRODUCTION_PARAMETERS"] = $"HealthPort={HealthPort}",
        };
        foreach (var (name, value) in variables)
        {
            environment[name] = value;
        }

        return Tool.RunAsync("bash", ["-euo", "pipefail", "-c", "unset AWS_PROFILE\n" + lines], environment, input, folder);
    }

    /// <summary>The same; it must succeed.</summary>
    public async Task<string> SucceedAsync(string lines, string input = "", params (string Name, string Value)[] variables)
    {
        var ran = await RunAsync(lines, input, variables);
        Assert.True(ran.ExitCode == 0, $"{lines}\nended with {ran.ExitCode}\n{ran.Output}\n{ran.Error}");
        return ran.Output;
    }

    /// <summary>What there is on the account, by kind; without the end that CloudFormation makes up for a name.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> NamesAsync() =>
        (await Served.ReadAsync("account")).AsObject().ToDictionary(
            kind => kind.Key,
            IReadOnlyList<string> (kind) => [.. kind.Value!.AsArray().Select(name => MadeUpEnd().Replace((string)name!, ""))]);

    public async ValueTask DisposeAsync()
    {
        await Served.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task CloneAsync()
    {
        foreach (var name in Copied)
        {
            (await Tool.RunAsync("cp", ["-r", Path.Combine(Golden.Root(), name), folder])).OutputOrThrow();
        }

        Directory.CreateDirectory(Path.Combine(folder, "bin"));
        await WriteAsync("bin/docker", Docker);
        await WriteAsync("bin/dotnet", Dotnet);
        await WriteAsync("charlie", $"#!/bin/sh\nexec {CharlieCommand.LineOf()} \"$@\"\n");
    }

    private async Task WriteAsync(string name, string text)
    {
        var path = Path.Combine(folder, name);
        await File.WriteAllTextAsync(path, text + "\n", TestContext.Current.CancellationToken);
        (await Tool.RunAsync("chmod", ["0755", path])).OutputOrThrow();
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    [GeneratedRegex("-[0-9A-F]{12}$")]
    private static partial Regex MadeUpEnd();
}
