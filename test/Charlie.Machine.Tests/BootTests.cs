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
        ["CHARLIE_START_SECONDS"] = "3",
    };

    [LongFact]
    public async Task An_app_that_comes_up_is_named_and_stands_behind_NGINX()
    {
        await using var machines = await StartAsync(await host.PushAsync("3.1"), Plain);
        var machine = await machines.FirstAsync();
        var response = await machines.HealthyAsync(machine);

        Assert.Equal(
            ["Healthy-Since", "Image", "Now", "Restarts", "Run-Since"],
            response.Headers.Keys.Select(name => name["X-Charlie-".Length..]).Order(StringComparer.Ordinal));
        Assert.Equal((machine.Tags["charlie:image"], 0), (response.Image, response.Restarts));
        Assert.True(
            response.RunSince <= response.HealthySince && response.HealthySince <= response.Now, string.Join('\n', response.Headers));
        Assert.Equal("3.1\n", await machines.GetAsync(machine, "/version"));
        // The app's start does not wait for AWS.
        await machines.UntilAsync(
            () => Task.FromResult(machines.TagOf(machine, "charlie:app-started-at") is not null), "the tag of the start to be written");
    }

    public static TheoryData<string> Failures =>
    [
        "wrong registry password", "registry away", "image not in the registry", "app cannot be executed", "metadata service away",
        "address with another machine", "older machine there", "address that does not exist", "secret missing", "secret malformed",
        "parameter missing", "parameter malformed", "secret with a name of the scripts' own", "Docker away", "disk full",
        "preflight fails", "preflight takes too long", "preflight cannot be executed", "preflight malformed",
    ];

    [LongTheory]
    [MemberData(nameof(Failures))]
    public async Task A_boot_that_fails_says_why_and_whose_fault_it_is(string way)
    {
        var (fault, phase, reason) = Documented(way);
        await using var machines = await FailAsync(way);
        var response = MachineResponse.None;
        await machines.UntilAsync(async () => (response = await AnyFailureAsync(machines)).Failure is not null, $"the reason of: {way}");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, null), (response.Status, response.Image));
        Assert.Matches(Pattern($"{fault}: {reason}"), response.Failure);
        Assert.Equal(phase == "none" ? null : phase, response.Phase);
        // What was fetched for the boot is not left behind by one that failed.
        await machines.UntilAsync(
            () => Task.FromResult(
            !machines.Folders.Any(
            folder => Path.Exists(Path.Combine(folder, "run", "docker")) || Path.Exists(Path.Combine(folder, "run", "app.env")))),
            "the secrets to be gone");
    }

    private async Task<MachineGroup> FailAsync(string way)
    {
        var good = await host.PushAsync($"3.4 {way}");
        var missing = $"{host.Registry}/bot@sha256:{new string('1', 64)}";
        return way switch
        {
            "wrong registry password" => await StartAsync(good, Plain, (cloud, _) => cloud.Secrets.Put("registry", Login("wrong"))),
            "registry away" => await StartAsync(
                $"localhost:{ContainerHost.FreePort()}/bot@{good.Split('@')[1]}", Without("CHARLIE_REGISTRY_SECRET")),
            "image not in the registry" => await StartAsync(missing, Plain),
            "app cannot be executed" => await StartAsync(await host.PushAsync("3.5", "#!/bin/sh\nexec /no/such/program\n"), Plain),
            "metadata service away" =>
                await StartAsync(good, With("AWS_EC2_METADATA_SERVICE_ENDPOINT", $"http://127.0.0.1:{ContainerHost.FreePort()}")),
            "address with another machine" => await StartAsync(good, Plain, (cloud, settings) =>
                settings["CHARLIE_ADDRESS"] = AddressOfAnother(cloud)),
            "older machine there" => await StartAsync(good, Plain, size: 2),
            "parameter missing" => await StartAsync(good, With("CHARLIE_PARAMETER", "/charlie/bot/machine")),
            "parameter malformed" => await StartAsync(
                good, With("CHARLIE_PARAMETER", "/charlie/bot/machine"),
                (cloud, _) => cloud.Secrets.PutParameter("/charlie/bot/machine", """{"lockSeconds": "long"}""", "String")),
            "address that does not exist" => await StartAsync(good, With("CHARLIE_ADDRESS", "eipalloc-0123456789abcdef0")),
            "secret missing" => await StartAsync(good, With("CHARLIE_APP_SECRET", "gone")),
            "secret malformed" => await StartAsync(good, Plain, (cloud, _) => cloud.Secrets.Put("bot", "[\"BROKER_ACCOUNT\"]")),
            "secret with a name of the scripts' own" => await StartAsync(
                good, Plain, (cloud, _) => cloud.Secrets.Put("bot", """{"BROKER_ACCOUNT": "4711", "PATH": "a\nb"}""")),
            "Docker away" => await StartAsync(good, With("DOCKER_HOST", "unix:///nowhere/docker.sock")),
            "disk full" => await StartAsync(good, With("DOCKER_HOST", await FullDiskAsync())),
            "preflight fails" => await StartAsync(await host.PushAsync("3.6", preflight: "#!/bin/sh\necho no account\nexit 3\n"), Plain),
            "preflight takes too long" => await StartAsync(
                await host.PushAsync("3.8", preflight: "#!/bin/sh\necho asks the broker\nsleep 600\n"),
                With("CHARLIE_PREFLIGHT_SECONDS", "1")),
            // With an init of the engine's own it begins, and the init ends with an exit code.
            "preflight cannot be executed" => await StartAsync(
                good, new Dictionary<string, string>(With("CHARLIE_PREFLIGHT", "/no/such/program")) { ["CHARLIE_INIT"] = "false" }),
            "preflight malformed" => await StartAsync(await host.PushAsync("3.7", label: "check; rm -rf /"), Plain),
            _ => throw new ArgumentOutOfRangeException(nameof(way), way, "No such way."),
        };
    }

    private static async Task<MachineResponse> AnyFailureAsync(MachineGroup machines)
    {
        foreach (var machine in machines.Instances)
        {
            if (await machines.ProbeAsync(machine) is { Failure: not null } response)
            {
                return response;
            }
        }

        return MachineResponse.None;
    }

    private async Task<string> FullDiskAsync()
    {
        var engine = await host.StartAnotherEngineAsync("full", "1m");
        Assert.SkipWhen(engine is null, "No disk can be mounted here.");
        return engine!;
    }

    private Task<MachineGroup> StartAsync(
        string image, IReadOnlyDictionary<string, string> settings, Action<Cloud, IDictionary<string, string>>? prepare = null,
            int size = 1) =>
        MachineGroup.StartAsync(host, image, settings, (cloud, further) =>
        {
            cloud.Secrets.Put("registry", ContainerHost.Login);
            cloud.Secrets.Put("bot", """{"BROKER_ACCOUNT": "a \"b\" $c"}""");
            prepare?.Invoke(cloud, further);
        }, size);

    // An address that an instance of somebody else's has.
    private static string AddressOfAnother(Cloud cloud)
    {
        var address = cloud.Ec2.Addresses.Allocate();
        (address.InstanceId, address.AssociationId) = ("i-0123456789abcdef0", "eipassoc-0123456789abcdef0");
        return address.AllocationId;
    }

    private static string Login(string password) => JsonSerializer.Serialize(new { username = ContainerHost.User, password });

    private static Dictionary<string, string> With(string name, string value) => new(Plain) { [name] = value };

    private static Dictionary<string, string> Without(string name) => Plain.Where(setting => setting.Key != name).ToDictionary();

    // | way | fault | phase | reason |
    private static (string Fault, string Phase, string Reason) Documented(string way)
    {
        var rows = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "docs", "machine.md"))
            .Select(line => line.Trim('|', ' ').Split(" | "))
            .Where(cells => cells.Length == 4 && cells[0] == way);
        var row = Assert.Single(rows);
        return (row[1], row[2], row[3].Trim('`'));
    }

    // In the table's reasons <...> stands for what differs.
    private static string Pattern(string documented) =>
        "^" + string.Join(".+", Placeholder().Split(documented).Select(Regex.Escape)) + "$";

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Placeholder();
}
