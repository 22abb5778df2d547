using System.Globalization;

namespace Charlie.Machine.Tests;

/// <summary>A script that is killed at any moment of its boot leaves nothing that the next one trips over.</summary>
public sealed class ScriptRestartTests(ContainerHost host)
{
    private const string Parameter = "/charlie/charlie/machine";
    private const string StartOfApp = "*' start charlie-'*[0-9a-f]' '";

    [LongTheory]
    [InlineData("boot", "aws", "*' ssm get-parameter '*", ScriptCommands.Hold)]
    [InlineData("secrets", "aws", "*' secretsmanager get-secret-value '*", ScriptCommands.Hold)]
    [InlineData("pull", "docker", "*' pull '*", ScriptCommands.Hold)]
    [InlineData("prepare", "docker", "*' create '*", ScriptCommands.Hold)]
    [InlineData("prepare", "docker", "*' wait '*-preflight*", ScriptCommands.Hold)]
    [InlineData("lock", "aws", "*' describe-instances '*", ScriptCommands.Hold)]
    [InlineData("start", "docker", StartOfApp, ScriptCommands.Hold)]
    [InlineData("start", "docker", StartOfApp, "{ \"$real\" \"$@\"; exec sleep 600; }")]
    public async Task A_script_that_is_killed_comes_up_again_and_leaves_nothing_over(
        string phase, string command, string pattern, string instead)
    {
        using var commands = new ScriptCommands(command, pattern, instead);
        var image = await host.PushAsync(string.Create(CultureInfo.InvariantCulture, $"11.{phase}.{pattern.Length}.{instead.Length}"));
        var settings = new Dictionary<string, string> { ["CHARLIE_PARAMETER"] = Parameter, ["PATH"] = commands.Path };
        await using var machines = await MachineGroup.StartAsync(host, image, settings, (cloud, _) =>
        {
            cloud.Secrets.Put("registry", ContainerHost.Login);
            cloud.Secrets.Put("bot", """{"BROKER_ACCOUNT": "paper"}""");
            cloud.Secrets.PutParameter(
                Parameter, """{"registrySecret": "registry", "appSecret": "bot", "singleton": true, "lockSeconds": 500}""", "String");
        });
        var machine = await machines.FirstAsync();
        await machines.UntilAsync(() => Task.FromResult(commands.IsReached), $"the phase {phase}");
        // NGINX reads what the script wrote a moment later.
        var response = await machines.ResponseAsync(machine, it => it.Phase == phase, $"the phase {phase} to be shown");
        var folder = machines.FolderOf(machine);
        var script = ScriptProcess.Find(folder)!.Value;
        await ScriptProcess.SignalAsync(script, "KILL");

        Assert.Equal((null, phase == "lock" ? image : null), (response.Failure, response.Prepared));
        Assert.Equal(image, (await machines.HealthyAsync(machine)).Image);
        Assert.NotEqual(script, ScriptProcess.Find(folder));
        Assert.Equal([MachineGroup.ContainerOf(folder)], await host.ContainersAsync($"charlie-{machine.Id}-"));
        Assert.Empty(Directory.GetFiles(Path.Combine(folder, "run"), "app.env"));

        await machines.TerminateAsync(machine);
        await machines.UntilAsync(
            () => Task.FromResult(machines.Cloud.Timeline.From(0).Any(
                entry => entry.Kind == "MachineStopped" && entry.Subject == machine.Id)), "the machine to stop");
        Assert.Empty(await host.ContainersAsync($"charlie-{machine.Id}-"));
    }

    /// <summary>systemd stops the script: what it made and what runs of it goes with it.</summary>
    [LongTheory]
    [InlineData("prepare", "docker", "*' wait '*-preflight*")]
    [InlineData("lock", "aws", "*' describe-instances '*")]
    public async Task A_script_that_is_stopped_before_the_start_leaves_no_container(string phase, string command, string pattern)
    {
        using var commands = new ScriptCommands(command, pattern, ScriptCommands.Hold);
        var settings = new Dictionary<string, string> { ["CHARLIE_REGISTRY_SECRET"] = "registry", ["CHARLIE_APP_SECRET"] = "bot" };
        settings["PATH"] = commands.Path;
        await using var machines = await MachineGroup.StartAsync(host, await host.PushAsync($"12.{phase}"), settings, (cloud, _) =>
        {
            cloud.Secrets.Put("registry", ContainerHost.Login);
            cloud.Secrets.Put("bot", """{"BROKER_ACCOUNT": "paper"}""");
        });
        var machine = await machines.FirstAsync();
        await machines.UntilAsync(() => Task.FromResult(commands.IsReached), $"the phase {phase}");
        Assert.NotEmpty(await host.ContainersAsync($"charlie-{machine.Id}-"));
        var folder = machines.FolderOf(machine);
        await ScriptProcess.SignalAsync(ScriptProcess.Find(folder)!.Value, "TERM");
        await machines.UntilAsync(() => Task.FromResult(ScriptProcess.Find(folder) is null), "the script to end");

        Assert.Empty(await host.ContainersAsync($"charlie-{machine.Id}-"));
        Assert.Empty(Directory.GetFiles(Path.Combine(folder, "run"), "app.env"));
    }
}
