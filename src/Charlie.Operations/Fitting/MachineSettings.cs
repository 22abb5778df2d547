using System.Globalization;
using System.Text.RegularExpressions;

namespace Charlie.Operations.Fitting;

/// <summary>The values of all settings with which an image is tried.</summary>
/// <param name="values">Those that are not the machine's defaults, by <see cref="MachineSetting.Name"/>.</param>
internal sealed partial class MachineSettings(IReadOnlyDictionary<string, string> values)
{
    /// <summary>The value, or the machine's default.</summary>
    public string this[MachineSetting setting] => values.GetValueOrDefault(setting.Name, setting.Default);

    /// <summary>The options of <c>create</c> that limit a container: the same as in instance/lib/limits.sh, in its order.</summary>
    /// <param name="hasInit">Whether the engine has an init of its own.</param>
    /// <param name="memoryInfo">The text of <c>/proc/meminfo</c>.</param>
    /// <exception cref="OperationException">The text does not say how much memory there is.</exception>
    public IReadOnlyList<string> Limits(bool hasInit, string memoryInfo)
    {
        var memory = MemoryLimit(memoryInfo);
        List<string> limits =
        [
            "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--pids-limit", this[MachineSetting.Pids],
            "--memory", memory, "--memory-swap", memory,
        ];
        foreach (var capability in this[MachineSetting.Capabilities].Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            limits.AddRange(["--cap-add", capability]);
        }

        if (hasInit && this[MachineSetting.Init] == "true")
        {
            limits.Add("--init");
        }

        if (HasReadOnlyRoot)
        {
            limits.AddRange(["--read-only", "--tmpfs", $"/tmp:rw,noexec,nosuid,nodev,mode=1777,size={this[MachineSetting.TmpMegabytes]}m"]);
        }

        return limits;
    }

    public bool HasReadOnlyRoot => this[MachineSetting.ReadOnlyRoot] == "true";

    // In KiB, as the machine counts.
    private string MemoryLimit(string memoryInfo)
    {
        var total = MemTotal().Match(memoryInfo);
        if (!total.Success)
        {
            throw new OperationException("/proc/meminfo does not say how much memory this machine has.");
        }

        var percent = int.Parse(this[MachineSetting.MemoryPercent], CultureInfo.InvariantCulture);
        var kibibytes = long.Parse(total.Groups[1].Value, CultureInfo.InvariantCulture) * percent / 100;
        return string.Create(CultureInfo.InvariantCulture, $"{kibibytes}k");
    }

    [GeneratedRegex(@"^MemTotal:\s+(\d+) kB", RegexOptions.Multiline)]
    private static partial Regex MemTotal();
}
