using System.Net;
using System.Text.Json;
using Charlie.Sandbox.Ec2;

namespace Charlie.Machine.Tests;

/// <summary>Before it waits at the lock, a machine has all that it needs to start the app at once, and says so then only.</summary>
public sealed class PrepareTests(ContainerHost host)
{
    private const string Account = "account-4711";

    [LongFact]
    public async Task A_machine_at_the_lock_names_what_it_prepared_and_does_not_run_it()
    {
        var image = await host.PushAsync("10.1");
        await using var machines = await StartAsync(image, size: 2);
        await machines.UntilAsync(() => Task.FromResult(machines.Instances.Count == 2), "two machines");
        var seen = new List<MachineResponse>();
        Ec2Instance? waits = null;
        await machines.UntilAsync(
            async () =>
            {
                var responses = new Dictionary<Ec2Instance, MachineResponse>();
                foreach (var machine in machines.Instances)
                {
                    responses[machine] = await machines.ProbeAsync(machine);
                }

                seen.AddRange(responses.Values);
                waits = responses.FirstOrDefault(one => one.Value.Prepared is not null).Key;
                return waits is not null && responses.Values.Any(response => response.Status == HttpStatusCode.OK);
            },
            "one machine to trade and the other to wait");

        Assert.All(seen.Where(response => response.Prepared is not null), response => Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, "lock", image, null),
            (response.Status, response.Phase, response.Prepared, response.Failure)));
        Assert.Equal("created", await StateOfAsync(machines, waits!));
        var trader = machines.Instances.Single(machine => machine.Id != waits!.Id);
        Assert.Equal("running", await StateOfAsync(machines, trader));
        Assert.Empty((await machines.ProbeAsync(machines.TrafficOf(waits!, "/health"))).Headers);

        await machines.TerminateAsync(trader);
        var healthy = await machines.HealthyAsync(waits!);
        Assert.Equal((image, null, 0), (healthy.Image, healthy.Prepared, healthy.Restarts));
    }

    [LongFact]
    public async Task Nothing_is_prepared_before_the_container_exists()
    {
        using var commands = new ScriptCommands("docker", "*' create '*", ScriptCommands.Hold);
        await using var machines = await StartAsync(await host.PushAsync("10.2"), settings: ("PATH", commands.Path));
        var machine = await machines.FirstAsync();
        await machines.UntilAsync(() => Task.FromResult(commands.IsReached), "the container to be made");
        var response = await machines.ResponseAsync(machine, it => it.Phase == "prepare", "the phase to be shown");

        Assert.Equal((null, null), (response.Prepared, response.Failure));
        Assert.Empty(await ContainersAsync(machines, machine));
    }

    [LongFact]
    public async Task A_machine_that_gives_up_at_the_lock_has_prepared_nothing()
    {
        await using var machines = await StartAsync(
            await host.PushAsync("10.3"), settings: ("CHARLIE_ADDRESS", "eipalloc-0123456789abcdef0"));
        var response = await machines.ResponseAsync(await machines.FirstAsync(), it => it.Failure is not null, "the failure");

        Assert.Equal(("lock", null), (response.Phase, response.Prepared));
    }

    [LongFact]
    public async Task A_preflight_that_fails_is_tried_again_and_says_why_without_the_secret()
    {
        var image = await host.PushAsync("10.4", preflight: "#!/bin/sh\necho \"$BROKER_ACCOUNT is closed\" >&2\nexit 3\n");
        await using var machines = await StartAsync(image);
        var machine = await machines.FirstAsync();
        var response = await machines.ResponseAsync(machine, it => it.Failure is not null, "the failure");

        Assert.Equal(("app: preflight: exited with 3: ***** is closed", null), (response.Failure, response.Phase));
        Assert.DoesNotContain("ec2:DescribeInstances", machines.CallsOf(machine));
        Assert.Null(machines.TagOf(machine, "charlie:app-started-at"));
        Assert.Contains(Said(machines), line => line.Contains("preflight, try 2: exited with 3", StringComparison.Ordinal));
        Assert.DoesNotContain(Said(machines), line => line.Contains(Account, StringComparison.Ordinal));
        await machines.UntilAsync(async () => await ContainersAsync(machines, machine) is [], "the containers to be gone");
    }

    [LongFact]
    public async Task A_preflight_that_takes_too_long_is_ended()
    {
        await using var machines = await StartAsync(
            await host.PushAsync("10.5", preflight: "#!/bin/sh\necho asks the broker\nsleep 600\n"),
            settings: ("CHARLIE_PREFLIGHT_SECONDS", "1"));
        var machine = await machines.FirstAsync();
        var response = await machines.ResponseAsync(machine, it => it.Failure is not null, "the failure");

        Assert.Equal("app: preflight: timed out after 1 s: asks the broker", response.Failure);
        await machines.UntilAsync(async () => await ContainersAsync(machines, machine) is [], "the containers to be gone");
    }

    /// <summary>The setting's command wins over the label's, and gets its words as they are.</summary>
    [LongFact]
    public async Task A_preflight_that_passes_at_its_second_try_lets_the_app_start()
    {
        var image = await host.PushAsync(
            "10.6", preflight: "#!/bin/sh\necho \"$*\"\n[ \"$*\" = 'the account' ] && [ \"$BROKER_ACCOUNT\" = account-4711 ]\n");
        using var commands = new ScriptCommands("docker", "*' create '*-preflight*", "exec \"$real\" \"$@\" wrong");
        await using var machines = await StartAsync(
            image, 1, ("PATH", commands.Path), ("CHARLIE_PREFLIGHT", "/bin/sh /app/preflight.sh the account"),
            ("CHARLIE_START_SECONDS", "300"));
        var machine = await machines.FirstAsync();

        Assert.Equal(image, (await machines.HealthyAsync(machine)).Image);
        Assert.Equal(
            "preflight, try 1: exited with 1: the account wrong",
            Assert.Single(Said(machines), line => line.Contains("preflight, try", StringComparison.Ordinal)).Split("charlie: ")[^1]);
        Assert.Equal([MachineGroup.ContainerOf(machines.FolderOf(machine))], await ContainersAsync(machines, machine));
    }

    [LongFact]
    public async Task The_setting_none_leaves_out_the_preflight_of_the_image()
    {
        await using var machines = await StartAsync(
            await host.PushAsync("10.7", preflight: "#!/bin/sh\nexit 3\n"), settings: ("CHARLIE_PREFLIGHT", "none"));
        await machines.HealthyAsync(await machines.FirstAsync());
    }

    /// <summary>Its container is looked at while it runs.</summary>
    [LongFact]
    public async Task A_preflight_publishes_no_port_and_is_not_on_the_network_of_its_machine()
    {
        using var commands = new ScriptCommands("docker", "*' wait '*-preflight*", ScriptCommands.Hold);
        await using var machines = await StartAsync(await host.PushAsync("10.8"), settings: ("PATH", commands.Path));
        var machine = await machines.FirstAsync();
        await machines.UntilAsync(() => Task.FromResult(commands.IsReached), "the preflight to run");
        var response = await machines.ResponseAsync(machine, it => it.Phase == "prepare", "the phase to be shown");
        var name = MachineGroup.ContainerOf(machines.FolderOf(machine));
        using var its = JsonDocument.Parse((await host.DockerAsync("", "inspect", $"{name}-preflight")).OutputOrThrow());
        using var apps = JsonDocument.Parse((await host.DockerAsync("", "inspect", name)).OutputOrThrow());
        var (preflight, app) = (its.RootElement[0].GetProperty("HostConfig"), apps.RootElement[0].GetProperty("HostConfig"));

        Assert.Null(response.Prepared);
        Assert.Equal(("bridge", "host"), (Text(preflight, "NetworkMode"), Text(app, "NetworkMode")));
        Assert.DoesNotContain(
            preflight.GetProperty("PortBindings").EnumerateObject(), port => port.Value is { ValueKind: JsonValueKind.Array });
        string[] same = ["CapAdd", "CapDrop", "SecurityOpt", "ReadonlyRootfs", "Privileged", "PidsLimit", "Memory", "Init"];
        Assert.Equal(same.Select(option => Text(app, option)), same.Select(option => Text(preflight, option)));
        Assert.Contains("no-new-privileges", Text(preflight, "SecurityOpt"), StringComparison.Ordinal);
        Assert.Equal(apps.RootElement[0].GetProperty("Image").GetString(), its.RootElement[0].GetProperty("Image").GetString());
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.ToString() : "";

    private static IEnumerable<string> Said(MachineGroup machines) =>
        machines.Cloud.Timeline.From(0).Where(entry => entry.Kind == "MachineSaid").Select(entry => entry.Text);

    private async Task<string> StateOfAsync(MachineGroup machines, Ec2Instance machine) => (await host.DockerAsync(
        "", "inspect", "--format", "{{.State.Status}}", MachineGroup.ContainerOf(machines.FolderOf(machine)))).OutputOrThrow().Trim();

    private Task<string[]> ContainersAsync(MachineGroup machines, Ec2Instance machine) =>
        host.ContainersAsync(MachineGroup.ContainerOf(machines.FolderOf(machine)));

    private Task<MachineGroup> StartAsync(string image, int size = 1, params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string>
        {
            ["CHARLIE_REGISTRY_SECRET"] = "registry",
            ["CHARLIE_APP_SECRET"] = "bot",
            ["CHARLIE_LOCK_SECONDS"] = "500",
            ["CHARLIE_START_SECONDS"] = "3",
        };
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        return MachineGroup.StartAsync(host, image, all, (cloud, _) =>
        {
            cloud.Secrets.Put("registry", ContainerHost.Login);
            cloud.Secrets.Put("bot", JsonSerializer.Serialize(new { BROKER_ACCOUNT = Account }));
        }, size);
    }
}
