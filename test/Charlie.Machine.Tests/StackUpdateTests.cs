using System.Text.Json;
using System.Text.RegularExpressions;
using Charlie.Sandbox.Ec2;
using YamlDotNet.RepresentationModel;

namespace Charlie.Machine.Tests;

/// <summary>A change of the infrastructure stack reaches machines of versions that were made before it.</summary>
public sealed partial class StackUpdateTests(ContainerHost host)
{
    private const string Parameter = "/charlie/charlie/machine";

    private readonly Dictionary<string, string> stack = new()
    {
        ["RegistrySecretArn"] = "registry-1",
        ["AppSecretArn"] = "bot-1",
        ["AllocationId"] = "",
        ["Singleton"] = "true",
        ["StartSeconds"] = "60",
        ["LockSeconds"] = "500",
        ["StopSeconds"] = "10",
        ["Preflight"] = "/bin/sh -c exit",
        ["PreflightSeconds"] = "30",
        ["ReadOnlyRoot"] = "true",
        ["TmpMegabytes"] = "8",
        ["Capabilities"] = "",
        ["MaxProcesses"] = "100",
        ["MemoryPercent"] = "50",
        ["InitProcess"] = "true",
        // The engine of the tests has no such driver: the machines run all the same.
        ["LogGroup"] = "bot-logs",
    };

    [LongFact]
    public async Task The_running_and_the_fallback_release_boot_with_the_settings_of_today()
    {
        var (fallback, running) = (await host.PushAsync("9.1"), await host.PushAsync("9.2"));
        await using var machines = await MachineGroup.StartAsync(
            host, fallback, new Dictionary<string, string> { ["CHARLIE_PARAMETER"] = Parameter }, (cloud, _) =>
            {
                stack["AllocationId"] = cloud.Ec2.Addresses.Allocate().AllocationId;
                PutSecrets(cloud, "1");
                Update(cloud);
            });
        var first = await machines.FirstAsync();
        await machines.HealthyAsync(first);
        var template = machines.Cloud.Ec2.LaunchTemplates.All.Single().Id;
        await machines.AwsAsync(
            "ec2", "create-launch-template-version", "--launch-template-id", template, "--source-version", "1", "--launch-template-data",
            JsonSerializer.Serialize(new
            {
                TagSpecifications = new[]
                {
                    new { ResourceType = "instance", Tags = new[] { new { Key = "charlie:image", Value = running } } },
                },
            }));
        await PinAsync(machines, template, "2");

        // Other secrets and another address; what the first machine was made with is of no use any more.
        lock (machines.Cloud.Gate)
        {
            machines.Cloud.Secrets.Put("registry-1", "gone");
            machines.Cloud.Secrets.Put("bot-1", "gone");
            PutSecrets(machines.Cloud, "2");
            stack["RegistrySecretArn"] = "registry-2";
            stack["AppSecretArn"] = "bot-2";
            stack["AllocationId"] = machines.Cloud.Ec2.Addresses.Allocate().AllocationId;
            Update(machines.Cloud);
        }

        await machines.TerminateAsync(first);
        var second = await machines.NextAsync(first);
        Assert.Equal(running, (await machines.HealthyAsync(second)).Image);
        Assert.Equal("9.2\n", await machines.GetAsync(second, "/version"));
        Assert.Equal(second.Id, HolderOf(machines, stack["AllocationId"]));

        // No lock any more, and back to the version before.
        lock (machines.Cloud.Gate)
        {
            stack["AllocationId"] = "";
            stack["Singleton"] = "false";
            Update(machines.Cloud);
        }

        await PinAsync(machines, template, "1");
        await machines.TerminateAsync(second);
        var third = await machines.NextAsync(first, second);
        Assert.Equal(fallback, (await machines.HealthyAsync(third)).Image);
        Assert.Equal("9.1\n", await machines.GetAsync(third, "/version"));
        Assert.DoesNotContain(
            machines.CallsOf(third),
            call => call is "ec2:DescribeInstances" || call.Contains("Address", StringComparison.Ordinal));
    }

    private static void PutSecrets(Charlie.Sandbox.Cloud cloud, string number)
    {
        cloud.Secrets.Put($"registry-{number}", ContainerHost.Login);
        cloud.Secrets.Put($"bot-{number}", JsonSerializer.Serialize(new { BROKER_ACCOUNT = $"paper-{number}" }));
    }

    // What production.template makes of the stack's parameters.
    private void Update(Charlie.Sandbox.Cloud cloud)
    {
        var stream = new YamlStream();
        using var reader = new StreamReader(Path.Combine(AppContext.BaseDirectory, "infrastructure", "production.template"));
        stream.Load(reader);
        var text = stream.Documents[0].RootNode["Resources"]["MachineSettings"]["Properties"]["Value"][0].ToString();
        cloud.Secrets.PutParameter(Parameter, Reference().Replace(text, name => stack[name.Groups[1].Value]), "String");
    }

    private static Task PinAsync(MachineGroup machines, string template, string version) => machines.AwsAsync(
        "autoscaling", "update-auto-scaling-group", "--auto-scaling-group-name", "charlie",
        "--launch-template", $"LaunchTemplateId={template},Version={version}");

    private static string? HolderOf(MachineGroup machines, string id)
    {
        lock (machines.Cloud.Gate)
        {
            return machines.Cloud.Ec2.Addresses.All.Single(address => address.AllocationId == id).InstanceId;
        }
    }

    [GeneratedRegex(@"\$\{([A-Za-z]+)\}")]
    private static partial Regex Reference();
}
