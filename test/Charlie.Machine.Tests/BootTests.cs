using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Charlie.Sandbox;

namespace Charlie.Machine.Tests;

/// <summary>Each way a boot can end, by the real scripts, engine, registry and NGINX; docs/machine.md has the same table.</summary>
public sealed partial class BootTests(ContainerHost host)
{
    private static readonly Dictionary<string, string> Plain = new()
    {
        ["CHARLIE_REGISTRY_SECRET"] = "registry",
        ["CHARLIE_APP_SECRET"] = "bot",
        ["CHARLIE_LOCK_SECONDS"] = "3",
    };

    [Fact]
    public async Task An_app_that_comes_up_is_named_and_stands_behind_NGINX()
    {
        await using var machines = await StartAsync(await host.PushAsync("3.1"), Plain);
        var machine = await machines.FirstAsync();
        await machines.UntilAsync(async () => (await machines.AskAsync(machine)).Status == HttpStatusCode.OK, "the app to answer");

        Assert.Equal((HttpStatusCode.OK, machine.Tags["charlie:image"], null), await machines.AskAsync(machine));
        Assert.Equal("3.1\n", await machines.GetAsync(machine, "/version"));
    }

    public static TheoryData<string> Failures =>
    [
        "wrong registry password", "registry away", "image not in the registry", "app exits", "app cannot be executed", "metadata service away",
        "address with another machine", "address that does not exist", "secret missing", "secret malformed", "Docker away", "disk full",
    ];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_boot_that_fails_says_why_and_whose_fault_it_is(string way)
    {
        Assert.SkipWhen(Tools.Missing is not null, Tools.Missing ?? "");
        var (fault, reason) = Documented(way);
        await using var machines = await FailAsync(way);
        (HttpStatusCode? Status, string? Image, string? Failure) answer = default;
        await machines.UntilAsync(async () => (answer = await AnyFailureAsync(machines)).Failure is not null, $"the reason of: {way}");

        var (status, image, failure) = answer;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Null(image);
        Assert.Matches(Pattern($"{fault}: {reason}"), failure);
        // What was fetched for the boot is not left behind by one that failed.
        await machines.UntilAsync(() => Task.FromResult(!machines.Folders.Any(folder => Path.Exists(Path.Combine(folder, "docker")) || Path.Exists(Path.Combine(folder, "app.env")))), "the secrets to be gone");
    }

    [Fact]
    public async Task An_app_that_never_answers_is_neither_named_nor_failed()
    {
        await using var machines = await StartAsync(await host.PushAsync("3.2", "#!/bin/sh\ntrap 'exit 0' TERM\nwhile :; do sleep 0.1; done\n"), Plain);
        var machine = await machines.FirstAsync();
        await machines.UntilAsync(async () => (await machines.AskAsync(machine)).Status == HttpStatusCode.BadGateway, "NGINX to ask the app");

        Assert.Equal((HttpStatusCode.BadGateway, null, null), await machines.AskAsync(machine));
    }

    [Fact]
    public async Task An_app_that_stops_later_is_no_longer_named()
    {
        var program = "#!/bin/sh\nhttpd -f -p \"$PORT\" -h /app/www &\nsleep 2\necho margin call\nkill $!\nexit 7\n";
        await using var machines = await StartAsync(await host.PushAsync("3.3", program), Plain);
        var machine = await machines.FirstAsync();
        await machines.UntilAsync(async () => (await machines.AskAsync(machine)).Status == HttpStatusCode.OK, "the app to answer");
        await machines.UntilAsync(async () => (await machines.AskAsync(machine)).Failure is not null, "the app to be gone");

        Assert.Matches("^app: exited with 7: .*margin call", (await machines.AskAsync(machine)).Failure);
    }

    private async Task<MachineGroup> FailAsync(string way)
    {
        var good = await host.PushAsync("3.4");
        var missing = $"{host.Registry}/bot@sha256:{new string('1', 64)}";
        return way switch
        {
            "wrong registry password" => await StartAsync(good, Plain, (cloud, _) => cloud.Secrets.Put("registry", Login("wrong"))),
            "registry away" => await StartAsync($"localhost:{ContainerHost.FreePort()}/bot@{good.Split('@')[1]}", Without("CHARLIE_REGISTRY_SECRET")),
            "image not in the registry" => await StartAsync(missing, Plain),
            "app exits" => await StartAsync(good, Without("CHARLIE_APP_SECRET")),
            "app cannot be executed" => await StartAsync(await host.PushAsync("3.5", "#!/bin/sh\nexec /no/such/program\n"), Plain),
            "metadata service away" => await StartAsync(good, With("AWS_EC2_METADATA_SERVICE_ENDPOINT", $"http://127.0.0.1:{ContainerHost.FreePort()}")),
            "address with another machine" => await StartAsync(good, Plain, (cloud, settings) => settings["CHARLIE_ADDRESS"] = cloud.Ec2.Addresses.Allocate().AllocationId, size: 2),
            "address that does not exist" => await StartAsync(good, With("CHARLIE_ADDRESS", "eipalloc-0123456789abcdef0")),
            "secret missing" => await StartAsync(good, With("CHARLIE_APP_SECRET", "gone")),
            "secret malformed" => await StartAsync(good, Plain, (cloud, _) => cloud.Secrets.Put("bot", "[\"BROKER_ACCOUNT\"]")),
            "Docker away" => await StartAsync(good, With("DOCKER_HOST", "unix:///nowhere/docker.sock")),
            "disk full" => await StartAsync(good, With("DOCKER_HOST", await FullDiskAsync())),
            _ => throw new ArgumentOutOfRangeException(nameof(way), way, "No such way."),
        };
    }

    private static async Task<(HttpStatusCode? Status, string? Image, string? Failure)> AnyFailureAsync(MachineGroup machines)
    {
        foreach (var machine in machines.Instances)
        {
            if (await machines.AskAsync(machine) is { Failure: not null } answer)
            {
                return answer;
            }
        }

        return default;
    }

    private async Task<string> FullDiskAsync()
    {
        var engine = await host.StartAnotherEngineAsync("full", "1m");
        Assert.SkipWhen(engine is null, "No disk can be mounted here.");
        return engine!;
    }

    private Task<MachineGroup> StartAsync(
        string image, IReadOnlyDictionary<string, string> settings, Action<Cloud, IDictionary<string, string>>? prepare = null, int size = 1)
    {
        Assert.SkipWhen(Tools.Missing is not null, Tools.Missing ?? "");
        return MachineGroup.StartAsync(host, image, settings, (cloud, further) =>
        {
            cloud.Secrets.Put("registry", Login(ContainerHost.Password));
            cloud.Secrets.Put("bot", """{"BROKER_ACCOUNT": "a \"b\" $c"}""");
            prepare?.Invoke(cloud, further);
        }, size);
    }

    private static string Login(string password) => JsonSerializer.Serialize(new { username = ContainerHost.User, password });

    private static Dictionary<string, string> With(string name, string value) => new(Plain) { [name] = value };

    private static Dictionary<string, string> Without(string name) => Plain.Where(setting => setting.Key != name).ToDictionary();

    // | way | fault | reason |
    private static (string Fault, string Reason) Documented(string way)
    {
        var rows = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "docs", "machine.md"))
            .Select(line => line.Trim('|', ' ').Split(" | "))
            .Where(cells => cells.Length == 3 && cells[0] == way);
        var row = Assert.Single(rows);
        return (row[1], row[2].Trim('`'));
    }

    // In the table's reasons <...> stands for what differs.
    private static string Pattern(string documented) =>
        "^" + string.Join(".+", Placeholder().Split(documented).Select(Regex.Escape)) + "$";

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Placeholder();
}
