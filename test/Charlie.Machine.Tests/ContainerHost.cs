using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.RegularExpressions;
using Charlie.Machine.Tests;

[assembly: AssemblyFixture(typeof(ContainerHost))]

namespace Charlie.Machine.Tests;

/// <summary>
/// Two container engines, one that builds and one of all machines, with a registry behind TLS and a password, all of the
/// tests' own and on loopback: the docker command speaks to Podman's service. Whatever a test requests of it first skips the
/// test where it cannot run.
/// </summary>
public sealed partial class ContainerHost : IAsyncLifetime
{
    /// <summary>The example's base image.</summary>
    private const string Base = "busybox:1.37.0-musl";

    public const string User = "ci";
    public const string Password = "pa$$ w0rd\"of-the-registry";

    /// <summary>The text of the registry's secret.</summary>
    public static string Login => JsonSerializer.Serialize(new { username = User, password = Password });

    // Each step takes seconds; a step that takes this long on a busy machine hangs.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly List<Process> services = [];
    private readonly List<string> disks = [];
    private int built;

    /// <summary>What the host and the boot scripts run.</summary>
    private static readonly string[] Tools =
        ["bash", "podman", "catatonit", "runc", "docker", "docker-registry", "htpasswd", "nginx", "jq", "curl", "aws", "busybox"];

    private static readonly string? Missing =
        Tool.Missing(Tools) ?? (System.Environment.UserName == "root" ? null : "Containers are run as root here.");

    private readonly string folder = Directory.CreateTempSubdirectory("charlie-host-").FullName;
    private readonly Dictionary<string, string> environment = [];
    private string registry = "";

    public string Folder => Ready().folder;

    public string Registry => Ready().registry;

    /// <summary>What the docker command and the boot scripts need to get at both.</summary>
    public Dictionary<string, string> Environment => Ready().environment;

    private ContainerHost Ready()
    {
        Assert.SkipWhen(Missing is not null, Missing ?? "");
        return this;
    }

    private string At(string name) => Path.Combine(folder, name);

    public async ValueTask InitializeAsync()
    {
        if (Missing is not null || !LongTests.Run)
        {
            return;
        }

        var port = FreePort();
        registry = string.Create(CultureInfo.InvariantCulture, $"localhost:{port}");
        environment["SSL_CERT_FILE"] = At("cert.pem");
        environment["DOCKER_HOST"] = SocketIn(folder);
        environment["DOCKER_BUILDKIT"] = "0";
        environment["DOCKER_CONFIG"] = At("docker");
        WriteCertificate();
        await WriteRegistryAsync(port);
        EngineFiles.Write(folder, At("graph"));
        EngineFiles.Write(Directory.CreateDirectory(At("builder")).FullName, At("builder/graph"));
        services.Add(Start("docker-registry", ["serve", At("registry.yml")], new Dictionary<string, string>()));
        services.Add(StartEngine(folder));
        services.Add(StartEngine(At("builder")));
        await UntilAsync(
            async () => (await DockerAsync("", "version")).ExitCode == 0 && (await BuildAsync("version")).ExitCode == 0,
            "Podman's services to respond");
        await UntilAsync(
            async () => (await DockerAsync(Password, "login", "--username", User, "--password-stdin", Registry)).ExitCode == 0,
                "the registry to take the login");
        await MakeBaseAsync();
    }

    /// <summary>Builds the example with a version of its own, or with another program or preflight in it, and pushes it.</summary>
    /// <param name="label">Another text of the label that names the preflight's command.</param>
    /// <returns>The image: repository and digest.</returns>
    public async Task<string> PushAsync(string version, string? program = null, string? preflight = null, string? label = null)
    {
        Ready();
        var context = Directory.CreateTempSubdirectory("charlie-context-").FullName;
        var example = Path.Combine(AppContext.BaseDirectory, "example");
        foreach (var file in Directory.GetFiles(example, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(context, Path.GetRelativePath(example, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        await File.WriteAllTextAsync(Path.Combine(context, "VERSION"), version + "\n");
        foreach (var (file, text) in new[] { ("bot.sh", program), ("preflight.sh", preflight) })
        {
            if (text is not null)
            {
                await File.WriteAllTextAsync(Path.Combine(context, file), text);
            }
        }

        if (label is not null)
        {
            await File.AppendAllTextAsync(Path.Combine(context, "Dockerfile"), $"LABEL charlie.preflight=\"{label}\"\n");
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"{Registry}/bot:{Interlocked.Increment(ref built)}");
        (await BuildAsync("build", "--quiet", "--tag", name, context)).OutputOrThrow();
        var pushed = (await BuildAsync("push", name)).OutputOrThrow();
        Directory.Delete(context, recursive: true);
        return $"{Registry}/bot@{Digest().Match(pushed).Groups[1].Value}";
    }

    internal Task<Ran> DockerAsync(string input, params string[] arguments) => Tool.RunAsync("docker", arguments, Environment, input);

    /// <summary>The names of all containers of machines that have this in them, whether they run or not.</summary>
    public async Task<string[]> ContainersAsync(string name) =>
        (await DockerAsync("", "ps", "--all", "--format", "{{.Names}}", "--filter", $"name={name}")).OutputOrThrow()
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    // On an engine of its own: machines pull what was pushed, and nothing that they remove is missing here.
    private Task<Ran> BuildAsync(params string[] arguments) => Tool.RunAsync(
        "docker", arguments, new Dictionary<string, string>(environment) { ["DOCKER_HOST"] = SocketIn(At("builder")) });

    private static string SocketIn(string folder) => $"unix://{Path.Combine(folder, "docker.sock")}";

    /// <summary>An engine more, whose images are on a disk of their own.</summary>
    /// <param name="size">The disk's size, as <c>mount</c> reads it.</param>
    /// <returns>Its DOCKER_HOST; <c>null</c> where no disk can be mounted.</returns>
    public async Task<string?> StartAnotherEngineAsync(string name, string size)
    {
        var folder = Directory.CreateDirectory(At(name)).FullName;
        var images = Directory.CreateDirectory(Path.Combine(folder, "images")).FullName;
        if ((await Tool.RunAsync("mount", ["-t", "tmpfs", "-o", $"size={size}", "tmpfs", images], Environment)).ExitCode != 0)
        {
            return null;
        }

        disks.Add(images);
        EngineFiles.Write(folder, images);
        services.Add(StartEngine(folder));
        await UntilAsync(() => Task.FromResult(File.Exists(Path.Combine(folder, "docker.sock"))), "the other engine to listen");
        return SocketIn(folder);
    }

    public static async Task UntilAsync(Func<Task<bool>> isSo, string what)
    {
        var since = Stopwatch.GetTimestamp();
        while (!await isSo())
        {
            Assert.True(Stopwatch.GetElapsedTime(since) < Patience, $"Waited in vain for {what}.");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    public static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in Enumerable.Reverse(services))
        {
            service.Kill(entireProcessTree: true);
            await service.WaitForExitAsync();
            service.Dispose();
        }

        foreach (var disk in disks)
        {
            (await Tool.RunAsync("umount", ["--lazy", disk], cancellation: CancellationToken.None)).OutputOrThrow();
        }

        Directory.Delete(folder, recursive: true);
    }

    private void WriteCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddHours(-1), now.AddDays(1));
        File.WriteAllText(At("cert.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(At("key.pem"), key.ExportPkcs8PrivateKeyPem());
    }

    private async Task WriteRegistryAsync(int port)
    {
        var line = (await Tool.RunAsync("htpasswd", ["-niB", User], Environment, Password)).OutputOrThrow();
        await File.WriteAllTextAsync(At("htpasswd"), line.Trim() + "\n");
        await File.WriteAllTextAsync(At("registries.conf"), $"""
            [[registry]]
            prefix = "docker.io/library"
            location = "{Registry}/library"
            """);
        await File.WriteAllTextAsync(At("registry.yml"), $$"""
            version: 0.1
            log: { level: error }
            storage: { filesystem: { rootdirectory: "{{At("registry")}}" } }
            http: { addr: "127.0.0.1:{{port}}", tls: { certificate: "{{At("cert.pem")}}", key: "{{At("key.pem")}}" } }
            auth: { htpasswd: { realm: tests, path: "{{At("htpasswd")}}" } }
            """);
    }

    private Process StartEngine(string folder) => Start(
        "podman",
        ["system", "service", "--time", "0", $"unix://{Path.Combine(folder, "docker.sock")}"],
        new Dictionary<string, string>
        {
            ["CONTAINERS_CONF"] = Path.Combine(folder, "containers.conf"),
            ["CONTAINERS_STORAGE_CONF"] = Path.Combine(folder, "storage.conf"),
            ["CONTAINERS_REGISTRIES_CONF"] = At("registries.conf"),
            ["SSL_CERT_FILE"] = At("cert.pem"),
        });

    private static Process Start(string command, string[] arguments, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(
            command, arguments)
        { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Tool.Start(start);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    // No registry of the world is within reach: the engine looks here for Docker Hub's images, of which there is one, with
    // Debian's static busybox in it.
    private async Task MakeBaseAsync()
    {
        var context = Directory.CreateDirectory(At("base")).FullName;
        File.Copy(Tool.Find("busybox")!, Path.Combine(context, "busybox"));
        await File.WriteAllTextAsync(Path.Combine(context, "Dockerfile"), """
            FROM scratch
            COPY busybox /bin/busybox
            COPY busybox /bin/sh
            ENV PATH=/bin
            RUN ["/bin/busybox", "--install", "-s", "/bin"]
            """);
        (await BuildAsync("build", "--quiet", "--tag", $"{Registry}/library/{Base}", context)).OutputOrThrow();
        (await BuildAsync("push", $"{Registry}/library/{Base}")).OutputOrThrow();
    }

    [GeneratedRegex("digest: (sha256:[0-9a-f]{64})")]
    private static partial Regex Digest();
}
