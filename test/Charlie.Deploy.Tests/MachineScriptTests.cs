namespace Charlie.Deploy.Tests;

/// <summary>The scripts of the machine as text: what a shell and NGINX say of them without running them.</summary>
public sealed class MachineScriptTests
{
    [Theory]
    [InlineData("instance/run_app.sh")]
    [InlineData("instance/run_nginx.sh")]
    [InlineData(".ci/run")]
    [InlineData("install")]
    [InlineData("example/bot.sh")]
    [InlineData("example/preflight.sh")]
    public async Task ShellCheck_says_nothing(string script)
    {
        var folder = Path.GetDirectoryName(Repository.PathOf(script))!;
        var ran = await Repository.Run("shellcheck", ["-x", Path.GetFileName(script)], directory: folder);
        Assert.Equal(new Ran(0, "", ""), ran);
    }

    [Fact]
    public async Task NGINX_takes_its_configuration()
    {
        Tool.Need("nginx");
        var folder = Directory.CreateTempSubdirectory("charlie-nginx-").FullName;
        var environment = new Dictionary<string, string>
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH")!,
            ["CHARLIE_RUN"] = folder,
            ["CHARLIE_LISTEN"] = "127.0.0.1:18080",
            ["CHARLIE_TRAFFIC"] = "127.0.0.1:18081",
        };
        var ran = await Repository.Run("/bin/bash", [Repository.PathOf("instance/run_nginx.sh"), "--check"], environment);
        Directory.Delete(folder, recursive: true);
        Assert.True(ran.ExitCode == 0 && ran.Error.Contains("test is successful", StringComparison.Ordinal), ran.Error);
    }

    [Theory]
    [InlineData("CHARLIE_LISTEN", "nonsense")]
    [InlineData("CHARLIE_APP_PORT", "80; rm")]
    [InlineData("CHARLIE_TRAFFIC", "8000")]
    [InlineData("CHARLIE_PARAMETER", "charlie machine")]
    [InlineData("CHARLIE_SINGLETON", "perhaps")]
    [InlineData("CHARLIE_ADDRESS", "203.0.113.1")]
    [InlineData("CHARLIE_NETWORK", "none")]
    [InlineData("CHARLIE_PREFLIGHT", "/bin/check; rm")]
    [InlineData("CHARLIE_PREFLIGHT", "two  spaces")]
    [InlineData("CHARLIE_PREFLIGHT", "--privileged")]
    [InlineData("CHARLIE_PREFLIGHT_SECONDS", "0")]
    [InlineData("CHARLIE_PREFLIGHT_SECONDS", "121")]
    [InlineData("CHARLIE_RUN", "relative")]
    public async Task A_wrong_setting_is_named_and_nothing_is_written(string name, string value)
    {
        var folder = Directory.CreateTempSubdirectory("charlie-setting-").FullName;
        var environment = new Dictionary<string,
            string>
        { ["PATH"] = Environment.GetEnvironmentVariable("PATH")!, ["CHARLIE_RUN"] = folder };
        environment[name] = value;
        foreach (var script in (string[])["run_app.sh", "run_nginx.sh"])
        {
            var ran = await Repository.Run("/bin/bash", [Repository.PathOf($"instance/{script}")], environment, folder);
            Assert.Equal(64, ran.ExitCode);
            Assert.Matches($"^charlie: {name} must be .*; it is \"{System.Text.RegularExpressions.Regex.Escape(value)}\"", ran.Error);
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>systemd orders them, and gives the app longer to stop than the template allows.</summary>
    [Fact]
    public void The_units_outlast_the_app()
    {
        var app = Repository.Read("instance/systemd/charlie-app.service");
        Assert.Contains("After=network-online.target cloud-init.service docker.service charlie-nginx.service", app,
            StringComparison.Ordinal);
        // A failure of the machine (1) is tried again, later and for ever; the others stay as they are.
        string[] lines = ["Restart=on-failure", "RestartSec=10", "RestartPreventExitStatus=3 4 64", "StartLimitIntervalSec=0"];
        foreach (var line in lines)
        {
            Assert.Contains($"\n{line}\n", app, StringComparison.Ordinal);
        }

        var stop = Number(app, "TimeoutStopSec=");
        var production = Repository.Read("infrastructure/production.template");
        var max = Number(production[production.IndexOf("  StopSeconds:", StringComparison.Ordinal)..], "MaxValue: ");
        var shortestLock = Number(production[production.IndexOf("  LockSeconds:", StringComparison.Ordinal)..], "MinValue: ");
        Assert.True(max < shortestLock && shortestLock < stop, $"{max} < {shortestLock} < {stop}");
    }

    private static int Number(string text, string before) =>
        int.Parse(new string(
            [.. text[(text.IndexOf(before, StringComparison.Ordinal) + before.Length)..].TakeWhile(char.IsAsciiDigit)]),
            System.Globalization.CultureInfo.InvariantCulture);
}
