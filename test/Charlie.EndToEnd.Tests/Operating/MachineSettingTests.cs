using Charlie.Operations.Fitting;

namespace Charlie.EndToEnd.Tests.Operating;

/// <summary>
/// The machine, the job's own trial and <c>charlie check-image</c> limit a container in the same way; each is run and asked.
/// </summary>
public sealed class MachineSettingTests
{
    private const string Shell = """
        set -euo pipefail
        source instance/lib/settings.sh
        source instance/lib/limits.sh
        settings_read
        show() { printf '%s|%s|%s|%s\n' "$1" "${!1}" "$2" "$3"; }
        settings_check show
        echo
        limits_read
        printf '%s\n' "${limits[@]}"
        """;

    private const string Python = """
        import os, sys
        sys.path.insert(0, "runner")
        sys.dont_write_bytecode = True
        import smoke_image
        values = smoke_image.read(os.environ)
        for name, (_, shape, words) in smoke_image.LIMITS.items():
            print(name, values[name], f"^{shape}$", words, sep="|")
        print()
        with open("/proc/meminfo", encoding="utf-8") as memory:
            print(*smoke_image.limits(values, True, memory.read()), sep="\n")
        """;

    /// <summary>The settings that are given, with a space between them; else all defaults hold.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("CHARLIE_READ_ONLY_ROOT=false CHARLIE_INIT=false CHARLIE_CAPABILITIES=NET_BIND_SERVICE,SETUID")]
    [InlineData("CHARLIE_TMP_MEGABYTES=8 CHARLIE_PIDS=40 CHARLIE_MEMORY_PERCENT=1 CHARLIE_PREFLIGHT=none CHARLIE_PREFLIGHT_SECONDS=120")]
    public async Task All_three_have_the_same_settings_and_options(string given)
    {
        Tool.Need("bash", "python3");
        var values = given.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(one => one.Split('='))
            .ToDictionary(one => one[0], one => one[1]);
        var settings = new MachineSettings(values);
        var memory = await File.ReadAllTextAsync("/proc/meminfo", TestContext.Current.CancellationToken);
        var (shell, shellOptions) = await AskAsync("bash", Shell, values);
        var (python, pythonOptions) = await AskAsync("python3", Python, values);

        Assert.All(MachineSetting.All, setting => Assert.Contains(Line(setting), shell));
        Assert.All(values, one => Assert.True(MachineSetting.All.Single(setting => setting.Name == one.Key).Takes(one.Value)));
        Assert.Equal(MachineSetting.OfContainer.Select(Line), python);
        Assert.Equal(settings.Limits(hasInit: true, memory), shellOptions);
        Assert.Equal(shellOptions, pythonOptions);

        string Line(MachineSetting setting) => $"{setting.Name}|{settings[setting]}|{setting.Shape}|{setting.Words}";
    }

    [Fact]
    public void An_app_has_as_long_to_stop_as_on_the_machine()
    {
        var shell = File.ReadAllText(Path.Combine(Golden.Root(), "instance", "lib", "settings.sh"));
        Assert.Contains(
            $"CHARLIE_STOP_SECONDS=${{CHARLIE_STOP_SECONDS:-{FittingOptions.UsualStopSeconds}}}", shell, StringComparison.Ordinal);
    }

    private static async Task<(string[] Settings, string[] Options)> AskAsync(
        string program, string script, IReadOnlyDictionary<string, string> values)
    {
        var ran = await Tool.RunAsync(program, ["-c", script], new Dictionary<string, string>(values), "", Golden.Root());
        var parts = ran.OutputOrThrow().Split("\n\n");
        return (parts[0].Split('\n'), parts[1].TrimEnd('\n').Split('\n'));
    }
}
