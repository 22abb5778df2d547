using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Charlie.Cli.Commands.Operating;
using Charlie.EndToEnd.Tests.Command;
using Charlie.Operations.Fitting;

namespace Charlie.EndToEnd.Tests.Operating;

/// <summary><c>charlie check-image</c> with real containers, and its rules beside those of the job's own trial.</summary>
public sealed partial class CheckImageTests : IDisposable
{
    private const string Good = """
        #!/bin/sh
        httpd -f -p "$PORT" -h /www &
        trap 'kill $!; exit 0' TERM
        wait $!
        """;

    // Ends where it has more than a machine's container.
    private const string Limited = """
        #!/bin/sh
        grep -q '^CapBnd:.0*$' /proc/self/status || exit 11
        grep -q '^NoNewPrivs:.1$' /proc/self/status || exit 12
        grep ' / ' /proc/mounts | grep -q '[ ,]ro,' || exit 13
        grep ' /tmp ' /proc/mounts | grep -q 'noexec.*size=65536k' || exit 14
        tr '\0' ' ' < /proc/1/cmdline | grep -q init || exit 15

        """;

    private readonly string folder = Directory.CreateTempSubdirectory("charlie-check-").FullName;

    /// <summary>The program, further lines of the Dockerfile, what is found, and words of it.</summary>
    public static TheoryData<string, string, string, string, string> Images => new()
    {
        { "good", Good, "USER 65534:65534", "", "It fits: healthy after " },
        { "root", Good, "", "RunsAsRoot", "Its process is root's." },
        { "deaf", "#!/bin/sh\ntrap '' TERM\nexec httpd -f -p \"$PORT\" -h /www", "USER 65534", "IgnoresTerm", "within 2 s of SIGTERM" },
        { "ends", "#!/bin/sh\necho \"no BROKER\"\nexit 3", "USER 65534", "Ends", "It ended with 3" },
        { "never", Good.Replace("/www", "/", StringComparison.Ordinal), "USER 65534", "NotHealthy", "the last was: 404" },
        { "writes", "#!/bin/sh\necho x > /data/orders\n" + Good[10..], "USER 65534", "WritesRoot", "Read-only file system" },
        {
            "leaves", "#!/bin/sh\necho x > /data/orders\n" + Good[10..],
            "USER 65534", "WritesRoot", "It writes to its own file system: /data/orders"
        },
        { "executed", "no program", "ENTRYPOINT [\"/bot.sh\"]\nUSER 65534", "CannotRun", "cannot be" },
        { "limited", Limited + Good[10..], "USER 65534", "", "It fits: healthy after " },
        { "checked", Good, "LABEL charlie.preflight=\"/bin/test -d /www\"\nUSER 65534", "", "It fits: healthy after " },
        {
            "unready", Good,
            "LABEL charlie.preflight=\"/bin/test -d /no\"\nUSER 65534", "PreflightFails", "/bin/test -d /no, exited with 1"
        },
        { "unstartable", Good, "LABEL charlie.preflight=\"/bin/nothing\"\nUSER 65534", "PreflightFails", "Its preflight, /bin/nothing, " },
        { "shell", Good, "LABEL charlie.preflight=\"check; rm -rf /\"\nUSER 65534", "BadPreflight", "it is \"check; rm -rf /\"" },
        {
            "port", "#!/bin/sh\ntrap 'kill $!; exit 0' TERM\nhttpd -f -p OTHER -h /www &\nwait $!",
            "EXPOSE OTHER\nUSER 65534", "WrongPort", "It listens on OTHER"
        },
    };

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [LongTheory]
    [MemberData(nameof(Images))]
    public async Task An_image_is_run_and_what_does_not_fit_is_named(string which, string program, string lines, string rule, string says)
    {
        Tool.Need("podman", "runc", "busybox");
        Assert.SkipUnless(Environment.UserName == "root", "Containers are run as root here.");
        var (port, other) = (FreePort(), FreePort().ToString(CultureInfo.InvariantCulture));
        EngineFiles.Write(folder, Path.Combine(folder, "graph"));
        var image = await BuildAsync(which, With(program), With(lines));
        string[] arguments =
        [
            "check-image", image, "--engine", "podman", "--port", $"{port}", "--stop-time", "2s",
            "--health-time", which is "never" or "port" ? "10s" : "60s",
            .. which == "leaves" ? (string[])["--read-only-root", "false"] : [],
        ];
        var told = await RunAsync(arguments);
        var document = JsonSerializer.Deserialize<FittingDocument>((await RunAsync([.. arguments, "--json"])).Output, Documents.Options)!;
        Assert.Contains(With(says), Spaces().Replace(told.Output, " "), StringComparison.Ordinal);
        Assert.Equal(rule.Length == 0 ? [] : [rule], document.Misfits.Select(misfit => misfit.Rule));
        Assert.Equal(rule.Length == 0 ? 0 : 1, told.ExitCode);
        Assert.Equal(which == "ends", told.Output.Contains("no BROKER", StringComparison.Ordinal));
        Assert.Equal("", (await PodmanAsync("ps", "--all", "--quiet")).Output.Trim());

        string With(string text) => text.Replace("OTHER", other, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--path must begin with /", "--path", "health")]
    [InlineData("there is no file '/nowhere'", "--variables", "/nowhere")]
    [InlineData("--stop-time must be a length", "--stop-time", "soon")]
    [InlineData("--pids must be 1 to 99999", "--pids", "0")]
    [InlineData("--capabilities must be names such as", "--capabilities", "SYS_ADMIN")]
    [InlineData("--preflight must be words of", "--preflight", "check; rm -rf /")]
    [InlineData("cannot be run", "--engine", "/nowhere/docker")]
    public async Task What_cannot_be_tried_is_said_in_one_line(string says, params string[] options)
    {
        var end = await RunAsync(["check-image", "bot", .. options]);
        Assert.Equal(2, end.ExitCode);
        Assert.Contains(says, Assert.Single(end.ErrorLines), StringComparison.Ordinal);
    }

    /// <summary>The two ways to try an image start from the same values, and the page lists every rule.</summary>
    [Fact]
    public void The_jobs_own_trial_has_the_same_values_and_the_page_every_rule()
    {
        var script = File.ReadAllText(Path.Combine(Golden.Root(), "runner", "smoke_image.py"));
        Assert.Contains($"STOP_SECONDS = {FittingOptions.UsualStopSeconds}\n", script, StringComparison.Ordinal);
        Assert.Contains($"\"CHARLIE_SMOKE_PATH\": (\"{FittingOptions.UsualPath}\"", script, StringComparison.Ordinal);
        Assert.Contains($"\"CHARLIE_SMOKE_PORT\": (\"{FittingOptions.UsualPort}\"", script, StringComparison.Ordinal);
        Assert.Contains($"\"CHARLIE_SMOKE_SECONDS\": (\"{FittingOptions.UsualHealthSeconds}\"", script, StringComparison.Ordinal);

        var folder = Path.Combine(Golden.Root(), "src", "Charlie.Operations", "Fitting");
        var sources = Directory.GetFiles(folder, "*.cs").Select(File.ReadAllText);
        var rules = sources.SelectMany(text => Rule().Matches(text).Select(match => match.Groups[1].Value)).Distinct().Order();
        var page = File.ReadAllText(Path.Combine(Golden.Root(), "docs", "fitting.md"));
        var listed = Row().Matches(page).Select(match => match.Groups[1].Value);
        Assert.Equal(rules, listed.Order());
    }

    private async Task<CommandEnd> RunAsync(string[] arguments)
    {
        await using var command = CharlieCommand.Start(Engine(), arguments);
        return await command.EndAsync();
    }

    private Task<Ran> PodmanAsync(params string[] arguments) => Tool.RunAsync("podman", arguments, Engine());

    private Dictionary<string, string> Engine() => new()
    {
        ["CONTAINERS_CONF"] = Path.Combine(folder, "containers.conf"),
        ["CONTAINERS_STORAGE_CONF"] = Path.Combine(folder, "storage.conf"),
        ["COLUMNS"] = "80",
    };

    /// <summary>Builds an image from nothing but Debian's static busybox; returns its name with its digest.</summary>
    private async Task<string> BuildAsync(string which, string program, string lines)
    {
        var context = Directory.CreateDirectory(Path.Combine(folder, "context")).FullName;
        File.Copy(Tool.Find("busybox")!, Path.Combine(context, "busybox"));
        await File.WriteAllTextAsync(Path.Combine(context, "bot.sh"), program + "\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(context, "health"), "good\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(context, "Dockerfile"),
            $"""
            FROM scratch
            COPY busybox /bin/busybox
            COPY busybox /bin/sh
            ENV PATH=/bin
            RUN ["/bin/busybox", "--install", "-s", "/bin"]
            RUN ["/bin/busybox", "mkdir", "-m", "777", "/data"]
            COPY health /www/health
            COPY bot.sh /bot.sh
            ENTRYPOINT ["/bin/sh", "/bot.sh"]
            {lines}
            """,
            TestContext.Current.CancellationToken);
        var name = $"localhost/check-{which}";
        (await PodmanAsync("build", "--quiet", "--isolation", "chroot", "--network", "host", "--tag", name, context)).OutputOrThrow();
        return $"{name}@{(await PodmanAsync("image", "inspect", "--format", "{{.Digest}}", name)).OutputOrThrow().Trim()}";
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    [GeneratedRegex(@"new Misfit\(\s*""([A-Za-z]+)""")]
    private static partial Regex Rule();

    [GeneratedRegex(@"^\| `([A-Za-z]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
