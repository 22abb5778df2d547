using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Charlie.Machine.Tests;

[assembly: AssemblyFixture(typeof(ContainerHost))]

namespace Charlie.Machine.Tests;

/// <summary>
/// A container engine with a registry behind TLS and a password, both of the tests' own and on loopback: the docker
/// command speaks to Podman's service.
/// </summary>
public sealed partial class ContainerHost : IAsyncLifetime
{
    /// <summary>The example's base image.</summary>
    private const string Base = "busybox:1.37.0-musl";

    public const string User = "ci";
    public const string Password = "pa$$ w0rd\"of-the-registry";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly List<Process> services = [];
    private readonly List<string> disks = [];
    private int built;

    public string Folder { get; } = Directory.CreateTempSubdirectory("charlie-host-").FullName;

    public string Registry { get; private set; } = "";

    /// <summary>What the docker command and the boot scripts need to get at both.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    private string At(string name) => Path.Combine(Folder, name);

    public async ValueTask InitializeAsync()
    {
        if (Tools.Missing is not null)
        {
            return;
        }

        var port = FreePort();
        Registry = string.Create(CultureInfo.InvariantCulture, $"localhost:{port}");
        Environment["SSL_CERT_FILE"] = At("cert.pem");
        Environment["DOCKER_HOST"] = $"unix://{At("docker.sock")}";
        Environment["DOCKER_BUILDKIT"] = "0";
        Environment["DOCKER_CONFIG"] = At("docker");
        WriteCertificate();
        await WriteRegistryAsync(port);
        WriteEngine(Folder, At("graph"));
        services.Add(Start("docker-registry", ["serve", At("registry.yml")], new Dictionary<string, string>()));
        services.Add(StartEngine(Folder));
        await UntilAsync(async () => (await DockerAsync("", "version")).ExitCode == 0, "Podman's service to answer");
        await UntilAsync(
            async () => (await DockerAsync(Password, "login", "--username", User, "--password-stdin", Registry)).ExitCode == 0, "the registry to take the login");
        await MakeBaseAsync();
    }

    /// <summary>Builds the example with a version of its own, or with another program in it, and pushes it.</summary>
    /// <returns>The image: repository and digest.</returns>
    public async Task<string> PushAsync(string version, string? program = null)
    {
        var context = Directory.CreateTempSubdirectory("charlie-context-").FullName;
        var example = Path.Combine(AppContext.BaseDirectory, "example");
        foreach (var file in Directory.GetFiles(example, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(context, Path.GetRelativePath(example, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        await File.WriteAllTextAsync(Path.Combine(context, "VERSION"), version + "\n");
        if (program is not null)
        {
            await File.WriteAllTextAsync(Path.Combine(context, "bot.sh"), program);
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"{Registry}/bot:{Interlocked.Increment(ref built)}");
        (await DockerAsync("", "build", "--quiet", "--tag", name, context)).OutputOrThrow();
        var pushed = (await DockerAsync("", "push", name)).OutputOrThrow();
        Directory.Delete(context, recursive: true);
        return $"{Registry}/bot@{Digest().Match(pushed).Groups[1].Value}";
    }

    public Task<Ran> DockerAsync(string input, params string[] arguments) => Tools.RunAsync("docker", arguments, Environment, input);

    /// <summary>An engine more, whose images are on a disk of their own.</summary>
    /// <param name="size">The disk's size, as <c>mount</c> reads it.</param>
    /// <returns>Its DOCKER_HOST; <c>null</c> where no disk can be mounted.</returns>
    public async Task<string?> StartAnotherEngineAsync(string name, string size)
    {
        var folder = Directory.CreateDirectory(At(name)).FullName;
        var images = Directory.CreateDirectory(Path.Combine(folder, "images")).FullName;
        if ((await Tools.RunAsync("mount", ["-t", "tmpfs", "-o", $"size={size}", "tmpfs", images], Environment)).ExitCode != 0)
        {
            return null;
        }

        disks.Add(images);
        WriteEngine(folder, images);
        services.Add(StartEngine(folder));
        var socket = Path.Combine(folder, "docker.sock");
        await UntilAsync(() => Task.FromResult(File.Exists(socket)), "the other engine to listen");
        return $"unix://{socket}";
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
            (await Tools.RunAsync("umount", ["--lazy", disk], Environment)).OutputOrThrow();
        }

        Directory.Delete(Folder, recursive: true);
    }

    private static void WriteEngine(string folder, string images)
    {
        File.WriteAllText(Path.Combine(folder, "containers.conf"), """
            [containers]
            netns = "host"
            default_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]
            log_driver = "k8s-file"
            [engine]
            runtime = "runc"
            cgroup_manager = "cgroupfs"
            events_logger = "file"
            """);
        File.WriteAllText(Path.Combine(folder, "storage.conf"), $"""
            [storage]
            driver = "vfs"
            graphroot = "{images}"
            runroot = "{folder}/run"
            """);
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
        var line = (await Tools.RunAsync("htpasswd", ["-niB", User], Environment, Password)).OutputOrThrow();
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
        var start = new ProcessStartInfo(command, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    // No registry of the world is within reach: the engine looks here for Docker Hub's images, of which there is one, with
    // Debian's static busybox in it.
    private async Task MakeBaseAsync()
    {
        var context = Directory.CreateDirectory(At("base")).FullName;
        var busybox = (System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "busybox")).First(File.Exists);
        File.Copy(busybox, Path.Combine(context, "busybox"));
        await File.WriteAllTextAsync(Path.Combine(context, "Dockerfile"), """
            FROM scratch
            COPY busybox /bin/busybox
            COPY busybox /bin/sh
            ENV PATH=/bin
            RUN ["/bin/busybox", "--install", "-s", "/bin"]
            """);
        (await DockerAsync("", "build", "--quiet", "--tag", $"{Registry}/library/{Base}", context)).OutputOrThrow();
        (await DockerAsync("", "push", $"{Registry}/library/{Base}")).OutputOrThrow();
    }

    [GeneratedRegex("digest: (sha256:[0-9a-f]{64})")]
    private static partial Regex Digest();
}
