using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Charlie.Deploy.Tests;

/// <summary>The limits of the container, as the machine's script reads them and the template hands them over.</summary>
public sealed class LimitSettingsTests
{
    private const string Safe = "--cap-drop ALL --security-opt no-new-privileges --pids-limit 512 --memory 800k --memory-swap 800k "
        + "--init --read-only --tmpfs /tmp:rw,noexec,nosuid,nodev,mode=1777,size=64m";

    [Theory]
    [InlineData("", "", Safe)]
    [InlineData("CHARLIE_READ_ONLY_ROOT", "maybe", null)]
    [InlineData("CHARLIE_TMP_MEGABYTES", "0", null)]
    [InlineData("CHARLIE_TMP_MEGABYTES", "64m,exec", null)]
    [InlineData("CHARLIE_CAPABILITIES", "SYS_ADMIN", null)]
    [InlineData("CHARLIE_CAPABILITIES", "ALL", null)]
    [InlineData("CHARLIE_CAPABILITIES", "CHOWN,", null)]
    [InlineData("CHARLIE_CAPABILITIES", "CHOWN --privileged", null)]
    [InlineData("CHARLIE_PIDS", "-1", null)]
    [InlineData("CHARLIE_MEMORY_PERCENT", "0", null)]
    [InlineData("CHARLIE_MEMORY_PERCENT", "101", null)]
    [InlineData("CHARLIE_INIT", "", Safe)]
    public async Task A_limit_is_safe_by_default_and_refused_where_it_is_none(string name, string value, string? options)
    {
        var ran = await RunAsync(name, value);
        Assert.Equal(options is null ? 64 : 0, ran.ExitCode);
        Assert.Equal(options ?? "", ran.Output.Trim());
        Assert.Contains(options is null ? $"charlie: {name} must be " : "", ran.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CHARLIE_INIT", "false", " --init", "")]
    [InlineData("CHARLIE_PIDS", "64", "512", "64")]
    [InlineData("CHARLIE_MEMORY_PERCENT", "50", "800k", "500k")]
    [InlineData("CHARLIE_TMP_MEGABYTES", "8", "64m", "8m")]
    [InlineData("CHARLIE_READ_ONLY_ROOT", "false", " --read-only --tmpfs /tmp:rw,noexec,nosuid,nodev,mode=1777,size=64m", "")]
    [InlineData("CHARLIE_CAPABILITIES", "SETUID,CHOWN", "800k --init", "800k --cap-add SETUID --cap-add CHOWN --init")]
    public async Task A_setting_changes_its_own_limit(string name, string value, string from, string to) =>
        Assert.Equal(Safe.Replace(from, to, StringComparison.Ordinal), (await RunAsync(name, value)).Output.Trim());

    [Theory]
    [InlineData("", true)]
    [InlineData("NET_BIND_SERVICE", true)]
    [InlineData("SETUID,CHOWN", true)]
    [InlineData("SETUID,", false)]
    [InlineData("SETUIDCHOWN", false)]
    [InlineData("SYS_ADMIN", false)]
    public void The_template_takes_the_capabilities_that_the_script_takes(string value, bool isTaken)
    {
        var parameters = TemplateReader.Read(Repository.Read("infrastructure/production.template"))["Parameters"]!;
        Assert.Equal(isTaken, Regex.IsMatch(value, (string)parameters["Capabilities"]!["AllowedPattern"]!));
    }

    [Fact]
    public void The_templates_defaults_are_the_scripts()
    {
        var text = (string)new ResolvedTemplate("infrastructure/production.template").Properties("MachineSettings")["Value"]!;
        var settings = JsonNode.Parse(text)!;
        Assert.Equal(
            """{"readOnlyRoot":true,"tmpMegabytes":64,"capabilities":"","pids":512,"memoryPercent":80,"init":true}""",
            new JsonObject(((string[])["readOnlyRoot", "tmpMegabytes", "capabilities", "pids", "memoryPercent", "init"])
                .Select(key => KeyValuePair.Create(key, settings[key]?.DeepClone()))).ToJsonString());
    }

    // On a machine with 1000 KiB.
    private static Task<Ran> RunAsync(string name, string value)
    {
        var lib = Repository.PathOf("instance/lib");
        return Repository.Run(
            "/bin/bash",
            [
                "-c",
                $"set -euo pipefail; . '{lib}/settings.sh'; . '{lib}/limits.sh'; settings_read; "
                + "memory_limit() { printf '%s' $((1000 * CHARLIE_MEMORY_PERCENT / 100)); }; limits_read; echo \"${limits[*]}\"",
            ],
            name.Length == 0 ? new Dictionary<string, string>() : new Dictionary<string, string> { [name] = value });
    }
}
