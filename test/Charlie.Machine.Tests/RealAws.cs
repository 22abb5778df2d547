using System.Net;
using Charlie.Sandbox;
using Charlie.Sandbox.AutoScaling;
using Charlie.Sandbox.Context;
using Charlie.Sandbox.Instances.Machines;
using Charlie.Simulation.Environments;
using Charlie.Simulation.Production;

namespace Charlie.Machine.Tests;

/// <summary>The stack with both functions as processes, on real machines.</summary>
internal static class RealAws
{
    public static LocalAwsOptions Options(ContainerHost host, string repository) => new()
    {
        ImageRepository = repository,
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
        Machines = new MachineOptions(
            Path.Combine(AppContext.BaseDirectory, "instance"), new Dictionary<string,
            string>(host.Environment.Where(variable => variable.Key is "DOCKER_HOST" or "SSL_CERT_FILE"))
            {
                ["CHARLIE_REGISTRY_SECRET"] = "registry",
                ["CHARLIE_APP_SECRET"] = "bot",
                ["CHARLIE_LOCK_SECONDS"] = "60",
            })
        { Folder = host.Folder },
        Secrets = new Dictionary<string, string>
        {
            ["registry"] = ContainerHost.Login,
            ["bot"] = """{"BROKER_ACCOUNT": "paper"}""",
        },
    };

    /// <summary>What the one in service says of itself, through its NGINX; nothing while there is none.</summary>
    public static async Task<string?> VersionAsync(LocalAws aws)
    {
        Uri? url;
        lock (aws.Cloud.Gate)
        {
            url = aws.Cloud.AutoScaling.Find(ProductionGroup.Name)!.Instances.FirstOrDefault(
                instance => instance.State == LifecycleState.InService) is { } one
                ? MachineGroup.TrafficOf(aws.Cloud, one.Machine, "/version") : null;
        }

        using var http = new HttpClient();
        try
        {
            return url is null ? null : await http.GetStringAsync(url, TestContext.Current.CancellationToken);
        }
        catch (HttpRequestException error) when (error.StatusCode is not HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
