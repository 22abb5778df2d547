namespace Charlie.Deploy.Tests;

/// <summary>Whose fault the scripts of the machine say it is, and what they say runs, with a <c>docker</c> that answers as told.</summary>
public sealed class MachineFaultTests
{
    private const string Missing = "no such file or directory: unknown";
    private const string Image = "registry.example/bot@sha256:1111111111111111111111111111111111111111111111111111111111111111";
    private const string Other = "registry.example/bot@sha256:2222222222222222222222222222222222222222222222222222222222222222";

    [Theory]
    [InlineData($"Error response from daemon: failed to create task: stat /run/containerd/fifo: {Missing}", "machine")]
    [InlineData($"Error response from daemon: failed to mount /var/lib/docker/overlay2/x: {Missing}", "machine")]
    [InlineData($"Error response from daemon: failed to create shim: fork/exec /usr/bin/containerd-shim: {Missing}", "machine")]
    [InlineData($"Error response from daemon: runc create failed: exec: \"/nope\": stat /nope: {Missing}", "app")]
    [InlineData("Error response from daemon: exec: \"nope\": executable file not found in $PATH: unknown", "app")]
    [InlineData("Error response from daemon: runc create failed: exec: \"/app\": permission denied: unknown", "app")]
    [InlineData("Error response from daemon: runc create failed: exec: \"/app\": exec format error: unknown", "app")]
    [InlineData("Error response from daemon: no command specified", "app")]
    [InlineData("Error response from daemon: Conflict. The container name is in use", "machine")]
    [InlineData("permission denied while trying to connect to the Docker daemon socket: connect: permission denied", "machine")]
    [InlineData("write /var/lib/docker/tmp/x: no space left on device", "machine")]
    public async Task A_container_that_does_not_start_is_the_apps_fault_only_if_it_cannot_be_executed(string words, string fault)
    {
        // What "docker start" says last names the container only.
        var said = await RunAsync("container_failed", ("said", $"{words}\nError: failed to start containers: charlie-app"));
        Assert.StartsWith($"{fault}: ", said, StringComparison.Ordinal);
        Assert.Equal(
            words.Contains("no space", StringComparison.Ordinal), said == "machine: the disk is full: no space left for the container");
        Assert.Equal(words.StartsWith("Error response", StringComparison.Ordinal), said.EndsWith(words, StringComparison.Ordinal));
    }

    /// <summary>Words that another shell would read are no command here.</summary>
    [Theory]
    [InlineData("", "null", "")]
    [InlineData("", "{}", "")]
    [InlineData("", "{\"charlie.preflight\": \"/bin/check --now\"}", "/bin/check --now")]
    [InlineData("/bin/other", "{\"charlie.preflight\": \"/bin/check\"}", "/bin/other")]
    [InlineData("none", "{\"charlie.preflight\": \"/bin/check\"}", "")]
    [InlineData("", "{\"charlie.preflight\": \"check; rm\"}", "app: preflight: the image's label charlie.preflight must be words")]
    [InlineData("", "{\"charlie.preflight\": \"--privileged\"}", "app: preflight: the image's label charlie.preflight must be words")]
    [InlineData("", "nonsense", "machine: Docker names the image's labels in no way known here")]
    public async Task The_preflight_is_the_settings_command_else_the_images(string setting, string labels, string expected)
    {
        Tool.Need("jq");
        var said = await RunAsync(
            "command=; preflight_command; echo \"$command\"", ("CHARLIE_PREFLIGHT", setting), ("image", Image), ("LABELS", labels),
            ("FAKE", "echo \"$LABELS\""));
        Assert.Equal(expected, expected.Contains(": ", StringComparison.Ordinal) ? said[..expected.Length] : said);
    }

    [Theory]
    [InlineData($"{Other}\\n{Image}\\n", Image)]
    [InlineData($"docker.io/{Image}\\n", Image)]
    [InlineData($"{Other}\\n", Other)]
    [InlineData("\\n", "sha256:id")]
    public async Task The_image_is_the_one_whose_id_the_container_has(string digests, string named)
    {
        var said = await RunAsync(
            "container_image", ("image", Image),
            ("FAKE", $"case \"$*\" in 'image inspect '*' sha256:id') printf '{digests}';; *) echo sha256:id;; esac"));
        Assert.Equal(named, said);
    }

    [Theory]
    [InlineData("Error response from daemon: exec: \"docker-init\": executable file not found in $PATH", "init false log bot")]
    [InlineData("Error: container-init binary not found on the host: stat /usr/libexec/podman/catatonit", "init false log bot")]
    [InlineData("Error response from daemon: failed to initialize logging driver: AccessDenied", "init true log ")]
    [InlineData("Error response from daemon: exec: \"nope\": executable file not found in $PATH", "failed")]
    public async Task What_an_engine_cannot_do_and_the_app_can_do_without_is_left_out(string words, string expected) =>
        Assert.Equal(
            expected.TrimEnd(),
            (await RunAsync(
                "container_without 2> /dev/null && echo \"init $CHARLIE_INIT log $CHARLIE_LOG_GROUP\" || echo failed",
                ("said", words), ("CHARLIE_INIT", "true"), ("CHARLIE_LOG_GROUP", "bot"))).TrimEnd());

    [Theory]
    [InlineData("Error: No such object: app", "exited 0", "code=0")]
    [InlineData("Error: No such object: app", "running 0", "code=")]
    [InlineData("Error: No such object: app", "Error: No such object: app", "machine: the container is gone: somebody removed it")]
    [InlineData("Cannot connect to the Docker daemon", "running 0", "code=")]
    public async Task A_container_is_looked_for_twice_before_it_is_gone(string first, string then, string expected)
    {
        var said = await RunAsync(
            "docker_seen=$SECONDS; app_look; case $code in '') app_look;; esac; echo \"code=$code\"",
            ("FIRST", first), ("THEN", then),
            ("FAKE", "if [ -e looked ]; then set -- \"$THEN\"; else set -- \"$FIRST\"; : > looked; fi\n"
                + "echo \"$1\"; case $1 in *' '[0-9]) ;; *) exit 1;; esac"));
        Assert.Equal(expected, said);
    }

    /// <summary>A file of variables has a line for each: a private key comes to the container by the environment of the one call.</summary>
    [Theory]
    [InlineData("KEY", "[a \"b\" $c\n\n]", "[--env KEY]")]
    [InlineData("code", "machine: the secret bot: the value code has several lines, and needs another name", "")]
    public async Task A_value_of_several_lines_is_no_line_of_the_file(string name, string seen, string also)
    {
        Tool.Need("jq");
        var said = await RunAsync(
            "container_create app i; cat \"$CHARLIE_RUN/seen\"",
            ("CHARLIE_APP_SECRET", "bot"),
            ("app_secret", $$"""{"ACCOUNT": "1", "{{name}}": "a \"b\" $c\n\n"}"""),
            ("FAKE", "[ \"$1\" != create ] || { printf '[%s]' \"$KEY\" \"$(cat \"$CHARLIE_RUN/app.env\")\"; "
                + "echo \"$*\" | sed 's/.*\\(--env KEY\\).*/[\\1]/'; } > \"$CHARLIE_RUN/seen\""));
        Assert.Contains(seen, said, StringComparison.Ordinal);
        Assert.EndsWith(also, said, StringComparison.Ordinal);
        Assert.Equal(name == "KEY", said.Contains("[PORT=8080\nACCOUNT=1]", StringComparison.Ordinal));
    }

    /// <summary>A short line of a value must not hide whose fault it is, and a long one must not be shown.</summary>
    [Theory]
    [InlineData("MIIEvQIBADANBgkq is wrong", "machine: ***** is wrong")]
    [InlineData("the value a has several lines", "machine: the value a has several lines")]
    [InlineData("the account 4711 is closed", "machine: the account ***** is closed")]
    public async Task A_reason_is_masked_and_the_fault_before_it_is_not(string reason, string said)
    {
        Tool.Need("jq");
        var health = Repository.PathOf("instance/lib/health.sh");
        Assert.Equal(said, await RunAsync(
            $"said=$(. '{health}'; health_show() {{ :; }}; app_end() {{ :; }}; fail machine \"$REASON\" 2>&1) || :; "
                + "echo \"${said#charlie: }\"",
            ("REASON", reason),
            ("app_secret", """{"KEY": "a\nMIIEvQIBADANBgkq\n", "ACCOUNT": "4711"}""")));
    }

    /// <summary>What cannot be a variable at all is no secret.</summary>
    [Theory]
    [InlineData("""{"KEY": "a\nb"}""", "")]
    [InlineData("""{"KEY": "a\u0000b"}""", "machine: the secret bot must be a JSON object of names and texts")]
    [InlineData("""{"K-Y": "a"}""", "machine: the secret bot must be a JSON object of names and texts")]
    [InlineData("""{"KEY": 1}""", "machine: the secret bot must be a JSON object of names and texts")]
    public async Task A_secret_is_an_object_of_texts(string secret, string said)
    {
        Tool.Need("jq");
        Assert.Equal(said, await RunAsync(
            "secret_read() { printf '%s' \"$SECRET\"; }; secrets_fetch", ("CHARLIE_APP_SECRET", "bot"), ("SECRET", secret)));
    }

    private static async Task<string> RunAsync(string program, params (string Name, string Value)[] variables)
    {
        var folder = Directory.CreateTempSubdirectory("charlie-fault-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "docker"), "#!/bin/sh\neval \"$FAKE\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Combine(folder, "docker"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var environment = new Dictionary<string, string>
        {
            ["PATH"] = $"{folder}:{Environment.GetEnvironmentVariable("PATH")}",
            ["CHARLIE_RUN"] = folder,
            ["FAKE"] = "exit 1",
        };
        foreach (var (name, value) in variables)
        {
            environment[name] = value;
        }

        var sources = string.Concat(((string[])
            ["settings", "commands", "health", "systemd", "secrets", "limits", "logs", "container", "preflight", "app"])
            .Select(file => $". '{Repository.PathOf($"instance/lib/{file}.sh")}'; "));
        var ran = await Repository.Run(
            "/bin/bash",
            ["-c", $"set -euo pipefail; {sources} settings_read; fail() {{ echo \"$1: $2\"; exit 0; }}; {program}"],
            environment, folder);
        Directory.Delete(folder, recursive: true);
        Assert.True(ran.ExitCode == 0, ran.Error);
        return ran.Output.Trim();
    }
}
