using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Charlie.Sandbox.Ec2;

namespace Charlie.Machine.Tests;

/// <summary>The limits of the container hold: the app itself tries what it may not.</summary>
public sealed partial class LimitTests(ContainerHost host)
{
    // Tries each thing and serves what came of it beside the health answer.
    private const string Prober = """
        #!/bin/sh
        mkdir -p /tmp/www
        cp -r /app/www/. /tmp/www
        cd /tmp/www
        cat /proc/self/status > status
        tr '\0' ' ' < /proc/1/cmdline > one
        touch /app/bot.sh.new 2> root || true
        cp /bin/busybox /tmp/tool
        chmod +x /tmp/tool
        /tmp/tool true 2> executed || true
        df -k /tmp | tail -n 1 > size
        cat /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes 2> /dev/null > memory || true
        (head -c "$HOG" /dev/zero | tail -c "$HOG" > /dev/null) 2> /dev/null || true
        httpd -f -p "$PORT" -h /tmp/www &
        server=$!
        trap 'kill $server; exit 0' TERM
        (n=0; while [ "$n" -lt 60 ]; do sleep 2 & n=$((n + 1)); done) 2> forks || true
        echo done > done
        wait $server
        """;

    [LongFact]
    public async Task Without_a_setting_the_app_has_no_capability_a_read_only_root_and_bounds()
    {
        await using var machines = await StartAsync("11.1", ("CHARLIE_PIDS", "40"), ("CHARLIE_MEMORY_PERCENT", "1"));
        var machine = await machines.FirstAsync();
        await TriedAsync(machines, machine);
        var status = await machines.GetAsync(machine, "/status");

        Assert.All(
            new[] { "Inh", "Prm", "Eff", "Bnd", "Amb" },
            set => Assert.Matches($@"(?m)^Cap{set}:\t0{{16}}$", status));
        Assert.Matches(@"(?m)^NoNewPrivs:\t1$", status);
        Assert.Contains("Read-only file system", await machines.GetAsync(machine, "/root"), StringComparison.Ordinal);
        Assert.Contains("Permission denied", await machines.GetAsync(machine, "/executed"), StringComparison.Ordinal);
        Assert.Contains(" 65536 ", Spaces().Replace(await machines.GetAsync(machine, "/size"), " "), StringComparison.Ordinal);
        Assert.Contains("init", (await machines.GetAsync(machine, "/one")).Split(" -- ")[0], StringComparison.Ordinal);
        // Of one percent of the memory, to the page; a part that took more was ended, and the app was not.
        Assert.Equal(Bound(1), long.Parse((await machines.GetAsync(machine, "/memory")).Trim(), CultureInfo.InvariantCulture));
        Assert.Contains("can't fork", await machines.GetAsync(machine, "/forks"), StringComparison.Ordinal);
    }

    [LongFact]
    public async Task A_setting_loosens_one_limit_and_leaves_the_others()
    {
        await using var machines = await StartAsync(
            "11.2", ("CHARLIE_CAPABILITIES", "NET_BIND_SERVICE,SYS_NICE"), ("CHARLIE_TMP_MEGABYTES", "8"), ("CHARLIE_INIT", "false"));
        var machine = await machines.FirstAsync();
        await TriedAsync(machines, machine);
        var status = await machines.GetAsync(machine, "/status");

        // Bits 10 and 23. Whether a process that is not root begins with them is the engine's.
        Assert.Matches(@"(?m)^CapBnd:\t0000000000800400$", status);
        Assert.Matches(@"(?m)^NoNewPrivs:\t1$", status);
        Assert.Contains("Read-only file system", await machines.GetAsync(machine, "/root"), StringComparison.Ordinal);
        Assert.Contains(" 8192 ", Spaces().Replace(await machines.GetAsync(machine, "/size"), " "), StringComparison.Ordinal);
        Assert.StartsWith("/bin/sh /app/bot.sh", await machines.GetAsync(machine, "/one"), StringComparison.Ordinal);
        Assert.Equal("", await machines.GetAsync(machine, "/forks"));
        Assert.Equal(Bound(80), long.Parse((await machines.GetAsync(machine, "/memory")).Trim(), CultureInfo.InvariantCulture));
    }

    // Also after the last try has left room for the server's own processes.
    private static async Task TriedAsync(MachineGroup machines, Ec2Instance machine)
    {
        await machines.HealthyAsync(machine);
        await machines.UntilAsync(
            async () => (await machines.ProbeAsync(machines.TrafficOf(machine, "/done"))).Status == HttpStatusCode.OK,
            "the app to try all");
        await machines.HealthyAsync(machine);
    }

    // In bytes, whole pages of them.
    private static long Bound(int percent) => Total() * percent / 100 * 1024 / 4096 * 4096;

    // The machine's memory in KiB.
    private static long Total() =>
        long.Parse(MemTotal().Match(File.ReadAllText("/proc/meminfo")).Groups[1].Value, CultureInfo.InvariantCulture);

    private async Task<MachineGroup> StartAsync(string version, params (string Name, string Value)[] further)
    {
        var settings = new Dictionary<string, string> { ["CHARLIE_REGISTRY_SECRET"] = "registry", ["CHARLIE_APP_SECRET"] = "bot" };
        foreach (var (name, value) in further)
        {
            settings[name] = value;
        }

        // Twice as much as one percent.
        var hog = string.Create(CultureInfo.InvariantCulture, $"{Total() * 1024 / 50}");
        var image = await host.PushAsync(version, Prober.Replace("$HOG", hog, StringComparison.Ordinal));
        return await MachineGroup.StartAsync(host, image, settings, (cloud, _) =>
        {
            cloud.Secrets.Put("registry", ContainerHost.Login);
            cloud.Secrets.Put("bot", """{"BROKER_ACCOUNT": "paper"}""");
        });
    }

    [GeneratedRegex(@"^MemTotal:\s+(\d+) kB", RegexOptions.Multiline)]
    private static partial Regex MemTotal();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
