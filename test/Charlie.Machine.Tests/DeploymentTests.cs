using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Charlie.Cli.Production;
using Charlie.Sandbox;
using Charlie.Sandbox.AutoScaling;
using Charlie.Sandbox.Instances.Machines;

namespace Charlie.Machine.Tests;

/// <summary>The whole way behind the push: both functions as processes, and real machines that run real containers.</summary>
public sealed class DeploymentTests(ContainerHost host)
{
    [Fact]
    public async Task A_good_image_is_confirmed_and_one_that_crashes_is_rolled_back_with_its_last_line()
    {
        Assert.SkipWhen(Tools.Missing is not null, Tools.Missing ?? "");
        var cancellation = TestContext.Current.CancellationToken;
        var (first, good) = (await host.PushAsync("6.0"), await host.PushAsync("6.1"));
        var bad = await host.PushAsync("6.2", "#!/bin/sh\necho \"KeyError: 'BROKER_TOKEN'\" >&2\nexit 1\n");
        await using var aws = await LocalAws.StartAsync(Options(first), cancellation);
        await aws.InstallAsync(first);
        await StageAsync("the first machine", "0.0", "Confirmed");
        Assert.Equal("6.0\n", await VersionAsync(aws));

        await StageAsync("a good image", await aws.Pipeline.PushAsync(new BotImage("6.1") { Name = good }, cancellation), "Confirmed");
        Assert.Equal("6.1\n", await VersionAsync(aws));

        var release = await aws.Pipeline.PushAsync(new BotImage("6.2") { Name = bad }, cancellation);
        await StageAsync("an image that crashes", release, "RolledBack");
        Assert.Contains("app: exited with 1: KeyError: 'BROKER_TOKEN'", (string?)aws.Reports().Last(report => (string?)report["outcome"] == "RolledBack")["reason"], StringComparison.Ordinal);
        await LocalAws.UntilAsync("the good version to answer again", async () => await VersionAsync(aws) == "6.1\n", TimeSpan.FromMinutes(2), TimeProvider.System, cancellation);

        async Task StageAsync(string what, string of, string outcome)
        {
            var since = Stopwatch.GetTimestamp();
            await aws.UntilReportedAsync(of, outcome, TimeProvider.System, cancellation);
            TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {outcome} after {Stopwatch.GetElapsedTime(since).TotalSeconds:0.0} s"));
        }
    }

    private LocalAwsOptions Options(string first) => new()
    {
        ImageRepository = first.Split('@')[0],
        Timings = new AwsTimings
        {
            Launch = TimeSpan.FromMilliseconds(300),
            Termination = TimeSpan.FromMilliseconds(300),
            GroupCheck = TimeSpan.FromMilliseconds(200),
            LifecycleStep = TimeSpan.FromMilliseconds(100),
        },
        BootDelay = TimeSpan.Zero,
        BakeSeconds = 2,
        HealthDeadlineSeconds = 100,
        Machines = new MachineOptions(Path.Combine(AppContext.BaseDirectory, "instance"), new Dictionary<string, string>(host.Environment.Where(variable => variable.Key is "DOCKER_HOST" or "SSL_CERT_FILE"))
        {
            ["CHARLIE_REGISTRY_SECRET"] = "registry",
            ["CHARLIE_APP_SECRET"] = "bot",
            ["CHARLIE_LOCK_SECONDS"] = "60",
        }),
        Secrets = new Dictionary<string, string>
        {
            ["registry"] = JsonSerializer.Serialize(new { username = ContainerHost.User, password = ContainerHost.Password }),
            ["bot"] = """{"BROKER_ACCOUNT": "paper"}""",
        },
    };

    // What the one in service says of itself, through its NGINX; nothing while there is none.
    private static async Task<string?> VersionAsync(LocalAws aws)
    {
        string? address;
        lock (aws.Cloud.Gate)
        {
            address = aws.Cloud.AutoScaling.Find(ProductionGroup.Name)!.Instances.FirstOrDefault(instance => instance.State == LifecycleState.InService)?.Machine.PrivateIpAddress;
        }

        using var http = new HttpClient();
        try
        {
            return address is null ? null : await http.GetStringAsync($"http://{address}:{aws.HealthPort}/version", TestContext.Current.CancellationToken);
        }
        catch (HttpRequestException error) when (error.StatusCode is not HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
