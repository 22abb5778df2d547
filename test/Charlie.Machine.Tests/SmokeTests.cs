using System.Globalization;

namespace Charlie.Machine.Tests;

/// <summary>What a build job finds out about an image before anything is replaced by it.</summary>
public sealed class SmokeTests(ContainerHost host)
{
    // It answers, and does not hear SIGTERM.
    private const string Deaf = "#!/bin/sh\ntrap '' TERM\nexec httpd -f -p \"$PORT\" -h /app/www\n";

    // Ends where it has more than a machine's container.
    private const string Limited = """
        #!/bin/sh
        grep -q '^CapBnd:.0*$' /proc/self/status || exit 11
        grep -q '^NoNewPrivs:.1$' /proc/self/status || exit 12
        grep ' / ' /proc/mounts | grep -q '[ ,]ro,' || exit 13
        grep ' /tmp ' /proc/mounts | grep -q 'noexec.*size=65536k' || exit 14
        tr '\0' ' ' < /proc/1/cmdline | grep -q init || exit 15
        httpd -f -p "$PORT" -h /app/www &
        trap 'kill $!; exit 0' TERM
        wait $!

        """;

    [LongTheory]
    [InlineData("limited", Limited, "/health", 0, "smoke-image: healthy after ")]
    [InlineData("good", null, "/health", 0, "smoke-image: healthy after ")]
    [InlineData("without its secret", null, "/health", 1, "smoke-image: the app ended with 1 before it was healthy")]
    [InlineData("never healthy", null, "/nothing", 1, "/nothing did not become healthy in 3 s; its last answer: HTTP 404")]
    [InlineData("deaf", Deaf, "/health", 1, "smoke-image: the app did not end within 60 s of SIGTERM")]
    public async Task An_image_has_to_become_healthy_and_to_end(string which, string? program, string path, int exitCode, string says)
    {
        Tool.Need("python3");
        var image = await host.PushAsync("1", program);
        var variables = Path.Combine(host.Folder, $"smoke-{Guid.NewGuid():N}");
        await File.WriteAllTextAsync(
            variables, which == "without its secret" ? "" : "BROKER_ACCOUNT=42\n", TestContext.Current.CancellationToken);
        var ran = await Tool.RunAsync(
            "python3",
            [Path.Combine(AppContext.BaseDirectory, "runner", "smoke_image.py"), image],
            new Dictionary<string, string>(host.Environment)
            {
                ["CHARLIE_SMOKE_PORT"] = string.Create(CultureInfo.InvariantCulture, $"{ContainerHost.FreePort()}"),
                ["CHARLIE_SMOKE_PATH"] = path,
                ["CHARLIE_SMOKE_SECONDS"] = path == "/nothing" ? "3" : "60",
                ["CHARLIE_SMOKE_VARIABLES"] = variables,
            });
        Assert.Contains(says, ran.Output + ran.Error, StringComparison.Ordinal);
        Assert.Equal(exitCode, ran.ExitCode);
        Assert.Equal(which == "without its secret", ran.Error.Contains("bot 1: KeyError: 'BROKER_ACCOUNT'", StringComparison.Ordinal));
        Assert.DoesNotContain(
            image, (await host.DockerAsync("", "ps", "--all", "--format", "{{.Image}}")).OutputOrThrow(), StringComparison.Ordinal);
    }
}
