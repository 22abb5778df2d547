using System.Net;
using Charlie.Sandbox.Ec2;

namespace Charlie.Machine.Tests;

/// <summary>Who may start the app, and what a machine says and gives back that stops it.</summary>
public sealed class LockTests(ContainerHost host)
{
    [LongFact]
    public async Task A_machine_waits_for_EC2s_word_before_it_takes_a_free_address()
    {
        var address = "";
        await using var machines = await StartAsync("8.1", size: 2, cloud => address = cloud.Ec2.Addresses.Allocate().AllocationId);
        var (first, second) = await TraderAsync(machines);
        await machines.AwsAsync("ec2", "disassociate-address", "--association-id", AddressIn(machines, address).AssociationId!);
        await WaitsAsync(machines, second);

        Assert.Null(AddressIn(machines, address).InstanceId);
        Assert.DoesNotContain("ec2:AssociateAddress", machines.CallsOf(second));
        Assert.Equal(HttpStatusCode.OK, (await machines.ProbeAsync(first)).Status);
    }

    [LongFact]
    public async Task A_script_that_is_stopped_says_nothing_and_its_machine_still_counts()
    {
        await using var machines = await StartAsync("8.2", size: 2);
        var (first, second) = await TraderAsync(machines);
        var folder = machines.FolderOf(first);
        await ScriptProcess.SignalAsync(ScriptProcess.Find(folder)!.Value, "TERM");
        await machines.UntilAsync(() => Task.FromResult(ScriptProcess.Find(folder) is null), "the script to end");

        Assert.Empty((await host.DockerAsync("", "ps", "--quiet", "--filter", $"name={MachineGroup.ContainerOf(folder)}")).OutputOrThrow());
        Assert.Null(machines.TagOf(first, "charlie:app-stopped-at"));
        await WaitsAsync(machines, second);

        // The word of that machine is enough: it need not be gone.
        await machines.AwsAsync("ec2", "create-tags", "--resources", first.Id, "--tags", "Key=charlie:app-stopped-at,Value=now");
        await machines.HealthyAsync(second);
    }

    [LongFact]
    public async Task A_machine_that_boots_again_stopped_its_app_for_good()
    {
        var address = "";
        await using var machines = await StartAsync("8.3", size: 1, cloud => address = cloud.Ec2.Addresses.Allocate().AllocationId);
        var machine = await machines.FirstAsync();
        await machines.HealthyAsync(machine);
        Assert.Equal(machine.Id, AddressIn(machines, address).InstanceId);
        await machines.UntilAsync(
            () => Task.FromResult(machines.TagOf(machine, "charlie:app-started-at") is not null), "the tag of the start to be written");
        await machines.AwsAsync("ec2", "reboot-instances", "--instance-ids", machine.Id);
        var response = await machines.ResponseAsync(machine, it => it.Failure is not null, "the machine to come up again");

        Assert.Equal(("machine: app stopped for good", "boot"), (response.Failure, response.Phase));
        Assert.Matches("^[0-9-]{10}T[0-9:.]{12}Z$", machines.TagOf(machine, "charlie:app-stopped-at"));
        Assert.Matches("^[0-9-]{10}T[0-9:.]{12}Z$", machines.TagOf(machine, "charlie:app-started-at"));
        Assert.Null(AddressIn(machines, address).InstanceId);
    }

    [LongFact]
    public async Task A_machine_that_may_not_start_the_app_gives_the_address_back()
    {
        var address = "";
        await using var machines = await StartAsync(
            "8.4", size: 1, cloud => address = cloud.Ec2.Addresses.Allocate().AllocationId, "#!/bin/sh\nexec /no/such/program\n");
        var machine = await machines.FirstAsync();
        var response = await machines.ResponseAsync(machine, it => it.Failure is not null, "the failure");
        await machines.UntilAsync(() => Task.FromResult(AddressIn(machines, address).InstanceId is null), "the address to be free");

        Assert.StartsWith("app: exited with 127", response.Failure, StringComparison.Ordinal);
        Assert.Contains("ec2:AssociateAddress", machines.CallsOf(machine));
    }

    [LongFact]
    public async Task An_image_that_is_there_needs_no_registry()
    {
        await using var machines = await StartAsync("8.5", size: 1);
        var first = await machines.FirstAsync();
        await machines.HealthyAsync(first);
        lock (machines.Cloud.Gate)
        {
            machines.Cloud.Secrets.Put("registry", "away");
        }

        await machines.TerminateAsync(first);
        await machines.HealthyAsync(await machines.NextAsync(first));
    }

    // The second machine has called EC2 again since, and still waits.
    private static async Task WaitsAsync(MachineGroup machines, Ec2Instance machine)
    {
        var calls = Calls();
        await machines.UntilAsync(() => Task.FromResult(Calls() > calls + 2), $"{machine.Id} to call EC2 again");
        var response = await machines.ProbeAsync(machine);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "lock", null), (response.Status, response.Phase, response.Failure));

        int Calls() => machines.CallsOf(machine).Count(call => call == "ec2:DescribeInstances");
    }

    private static ElasticAddress AddressIn(MachineGroup machines, string id)
    {
        lock (machines.Cloud.Gate)
        {
            return machines.Cloud.Ec2.Addresses.All.Single(address => address.AllocationId == id);
        }
    }

    // The older one runs the app, the other waits.
    private static async Task<(Ec2Instance First, Ec2Instance Second)> TraderAsync(MachineGroup machines)
    {
        await machines.UntilAsync(() => Task.FromResult(machines.Instances.Count == 2), "two machines");
        var two = machines.Instances.OrderBy(machine => machine.LaunchTime).ThenBy(machine => machine.Id, StringComparer.Ordinal).ToList();
        await machines.ResponseAsync(
            two[0], it => it.Status == HttpStatusCode.OK || it.Phase == "lock", "the older machine to get on");
        await machines.UntilAsync(
            async () => (await Task.WhenAll(two.Select(machines.ProbeAsync))).Any(it => it.Status == HttpStatusCode.OK), "a trader");
        return (await machines.ProbeAsync(two[0])).Status == HttpStatusCode.OK ? (two[0], two[1]) : (two[1], two[0]);
    }

    private async Task<MachineGroup> StartAsync(
        string version, int size, Func<Charlie.Sandbox.Cloud, string>? address = null, string? program = null)
    {
        var settings = new Dictionary<string, string>
        {
            ["CHARLIE_REGISTRY_SECRET"] = "registry",
            ["CHARLIE_APP_SECRET"] = "bot",
            ["CHARLIE_LOCK_SECONDS"] = "500",
        };
        return await MachineGroup.StartAsync(host, await host.PushAsync(version, program), settings, (cloud, further) =>
        {
            cloud.Secrets.Put("registry", ContainerHost.Login);
            cloud.Secrets.Put("bot", """{"BROKER_ACCOUNT": "paper"}""");
            if (address is not null)
            {
                further["CHARLIE_ADDRESS"] = address(cloud);
            }
        }, size);
    }
}
