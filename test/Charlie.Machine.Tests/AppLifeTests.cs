using System.Net;
using System.Text.Json;

namespace Charlie.Machine.Tests;

/// <summary>What the machine does and says while the app runs, ends and comes again. It never decides that this is a failure.</summary>
public sealed class AppLifeTests(ContainerHost host)
{
    private const string Account = "account-4711";

    [LongFact]
    public async Task An_app_that_ends_again_and_again_is_started_again_and_is_no_failure()
    {
        await using var machines = await StartAsync("7.1", "#!/bin/sh\necho \"$BROKER_ACCOUNT refused\"\nexit 7\n");
        var machine = await machines.FirstAsync();
        var first = await machines.ResponseAsync(machine, it => it.Phase == "run", "the app to run");
        var later = await machines.ResponseAsync(machine, it => it.Restarts >= 3, "three restarts");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "run", null, null), (later.Status, later.Phase, later.Failure, later.Image));
        Assert.Equal((first.RunSince, first.RunSince, null), (later.RunSince, later.UnhealthySince, later.HealthySince));
        // 1, 2 and 4 seconds lie between the starts.
        Assert.True(later.Now - later.RunSince > 7, string.Join('\n', later.Headers));
        Assert.StartsWith("exited with 7: ***** refused", later.Last, StringComparison.Ordinal);
        Assert.DoesNotContain(Account, string.Join('\n', later.Headers), StringComparison.Ordinal);
        Assert.DoesNotContain(
            machines.Cloud.Timeline.From(0), entry => entry.Text.Contains(Account, StringComparison.Ordinal));
    }

    [LongFact]
    public async Task An_app_that_is_healthy_again_has_a_new_age_and_the_old_start()
    {
        await using var machines = await StartAsync(
            "7.2", "#!/bin/sh\nhttpd -f -p \"$PORT\" -h /app/www &\nsleep 4\nkill $!\nexit 127\n");
        var machine = await machines.FirstAsync();
        var healthy = await machines.HealthyAsync(machine);
        var ended = await machines.ResponseAsync(machine, it => it.UnhealthySince > healthy.HealthySince, "the app to end");
        var again = await machines.ResponseAsync(
            machine, it => it.Status == HttpStatusCode.OK && it.Restarts > 0, "the app to be healthy again");

        Assert.Equal((0, "run", null), (healthy.Restarts, ended.Phase, ended.Image));
        // An app that was healthy here can be executed, whatever its exit code says.
        Assert.Null(ended.Failure);
        Assert.True(again.HealthySince > ended.UnhealthySince, string.Join('\n', again.Headers));
        Assert.Equal((healthy.RunSince, healthy.Image, null), (again.RunSince, again.Image, again.UnhealthySince));
    }

    [LongFact]
    public async Task An_app_that_never_answers_is_neither_named_nor_failed()
    {
        await using var machines = await StartAsync("7.3", "#!/bin/sh\ntrap 'exit 0' TERM\nwhile :; do sleep 0.1; done\n");
        var machine = await machines.FirstAsync();
        var response = await machines.ResponseAsync(
            machine, it => it.Phase == "run" && it.Now - it.UnhealthySince > 3, "the app to stay unhealthy");

        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, null, null, 0), (response.Status, response.Image, response.Failure, response.Restarts));
    }

    [LongFact]
    public async Task An_app_without_a_health_answer_is_healthy_while_it_runs()
    {
        await using var machines = await StartAsync(
            "7.4", "#!/bin/sh\ntrap 'exit 0' TERM\nwhile :; do sleep 0.1; done\n", ("CHARLIE_APP_HEALTH", ""));
        var machine = await machines.FirstAsync();

        Assert.Equal(machine.Tags["charlie:image"], (await machines.HealthyAsync(machine)).Image);
    }

    [LongFact]
    public async Task A_script_that_starts_again_adopts_its_container_without_a_call()
    {
        await using var machines = await StartAsync("7.5");
        var machine = await machines.FirstAsync();
        var before = await machines.HealthyAsync(machine);
        var folder = machines.FolderOf(machine);
        var script = ScriptProcess.Find(folder)!.Value;
        await machines.UntilAsync(() => Task.FromResult(File.Exists(Path.Combine(folder, "run", "started"))), "the tag to be written");
        var (started, calls) = (await StartedAsync(folder), machines.CallsOf(machine).Count());
        await ScriptProcess.SignalAsync(script, "KILL");
        await machines.UntilAsync(
            () => Task.FromResult(ScriptProcess.Find(folder) is { } now && now != script && ScriptProcess.Watches(now)),
            "the script to start again and adopt the container");
        (await host.DockerAsync("", "kill", MachineGroup.ContainerOf(folder))).OutputOrThrow();
        await machines.ResponseAsync(machine, it => it.Restarts == 1, "the second script to start the app again");

        Assert.Equal(before.RunSince, (await machines.HealthyAsync(machine)).RunSince);
        Assert.NotEqual(started, await StartedAsync(folder));
        // Only the secret, so that the app's last lines can be masked.
        Assert.Equal(["secretsmanager:GetSecretValue"], machines.CallsOf(machine).Skip(calls));
    }

    [LongFact]
    public async Task A_container_that_somebody_removed_is_a_failure_of_the_machine_and_comes_again()
    {
        await using var machines = await StartAsync("7.6");
        var machine = await machines.FirstAsync();
        await machines.HealthyAsync(machine);
        await host.DockerAsync("", "rm", "--force", MachineGroup.ContainerOf(machines.FolderOf(machine)));
        var failed = await machines.ResponseAsync(machine, it => it.Failure is not null, "the failure");

        Assert.Equal(("machine: the container is gone: somebody removed it", "run"), (failed.Failure, failed.Phase));
        await machines.HealthyAsync(machine);
    }

    [LongFact]
    public async Task Only_Lifecycle_sees_what_the_machine_says_and_only_others_reach_the_app()
    {
        await using var machines = await StartAsync("7.7");
        var machine = await machines.FirstAsync();
        await machines.HealthyAsync(machine);
        var ours = await machines.ProbeAsync(machines.HealthUrlOf(machine, "/version"));
        var theirs = await machines.ProbeAsync(machines.TrafficOf(machine, "/health"));

        Assert.Equal(HttpStatusCode.NotFound, ours.Status);
        Assert.Equal(HttpStatusCode.OK, theirs.Status);
        Assert.Empty(theirs.Headers);
        Assert.Equal("7.7\n", await machines.GetAsync(machine, "/version"));

        // An app that is away fills no disk of memory with NGINX's complaints.
        var folder = machines.FolderOf(machine);
        await ScriptProcess.SignalAsync(ScriptProcess.Find(folder)!.Value, "STOP");
        await host.DockerAsync("", "kill", MachineGroup.ContainerOf(folder));
        for (var times = 0; times < 100; times++)
        {
            Assert.Equal(HttpStatusCode.BadGateway, (await machines.ProbeAsync(machines.TrafficOf(machine, "/version"))).Status);
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await machines.ProbeAsync(machine)).Status);
        var written = Directory.GetFiles(Path.Combine(folder, "run"), "*", SearchOption.AllDirectories)
            .Sum(file => new FileInfo(file).Length);
        await ScriptProcess.SignalAsync(ScriptProcess.Find(folder)!.Value, "CONT");
        Assert.True(written < 20_000, $"{written} bytes");
    }

    private async Task<string> StartedAsync(string folder) => (await host.DockerAsync(
        "", "inspect", "--format", "{{.State.StartedAt}}", MachineGroup.ContainerOf(folder))).OutputOrThrow();

    private async Task<MachineGroup> StartAsync(string version, string? program = null, params (string Name, string Value)[] further)
    {
        var settings = new Dictionary<string, string> { ["CHARLIE_REGISTRY_SECRET"] = "registry", ["CHARLIE_APP_SECRET"] = "bot" };
        foreach (var (name, value) in further)
        {
            settings[name] = value;
        }

        return await MachineGroup.StartAsync(host, await host.PushAsync(version, program), settings, (cloud, _) =>
        {
            cloud.Secrets.Put("registry", ContainerHost.Login);
            cloud.Secrets.Put("bot", JsonSerializer.Serialize(new { BROKER_ACCOUNT = Account }));
        });
    }
}
