using System.Text.RegularExpressions;

namespace Charlie.Operations.Fitting;

/// <summary>
/// A setting of the machine that an image is tried with. Name, default and shape are those of instance/lib/settings.sh, and of
/// runner/smoke_image.py where it has the setting; a test compares the three.
/// </summary>
/// <param name="Name">The machine's variable.</param>
/// <param name="Default">What the machine has without a setting.</param>
/// <param name="Shape">What a value must look like.</param>
/// <param name="Words">The same in words.</param>
internal sealed record MachineSetting(string Name, string Default, string Shape, string Words)
{
    // Those that an app may want, and none with which it could leave its container.
    private const string Capability =
        "(CHOWN|DAC_OVERRIDE|FOWNER|FSETID|IPC_LOCK|KILL|NET_BIND_SERVICE|NET_RAW|SETGID|SETPCAP|SETUID|SYS_NICE)";

    public static readonly MachineSetting ReadOnlyRoot = new("CHARLIE_READ_ONLY_ROOT", "true", "^(true|false)$", "true or false");

    public static readonly MachineSetting TmpMegabytes = new("CHARLIE_TMP_MEGABYTES", "64", "^[1-9][0-9]{0,4}$", "1 to 99999");

    public static readonly MachineSetting Capabilities = new(
        "CHARLIE_CAPABILITIES", "", $"^({Capability}(,{Capability})*)?$", "names such as NET_BIND_SERVICE,SETUID, or nothing");

    public static readonly MachineSetting Pids = new("CHARLIE_PIDS", "512", "^[1-9][0-9]{0,4}$", "1 to 99999");

    public static readonly MachineSetting MemoryPercent = new("CHARLIE_MEMORY_PERCENT", "80", "^([1-9][0-9]?|100)$", "1 to 100");

    public static readonly MachineSetting Init = new("CHARLIE_INIT", "true", "^(true|false)$", "true or false");

    public static readonly MachineSetting Preflight = new(
        "CHARLIE_PREFLIGHT",
        "",
        "^([A-Za-z0-9_./][A-Za-z0-9_./:=@%+,-]*( [A-Za-z0-9_./:=@%+,-]+)*)?$",
        "words of letters, digits and _./:=@%+,- with one space between them, or nothing");

    public static readonly MachineSetting PreflightSeconds = new(
        "CHARLIE_PREFLIGHT_SECONDS", "60", "^([1-9]|[1-9][0-9]|1[01][0-9]|120)$", "1 to 120 seconds");

    /// <summary>Those of the container, which the job's own trial has too.</summary>
    public static IReadOnlyList<MachineSetting> OfContainer { get; } =
        [ReadOnlyRoot, TmpMegabytes, Capabilities, Pids, MemoryPercent, Init];

    /// <summary>All.</summary>
    public static IReadOnlyList<MachineSetting> All { get; } = [.. OfContainer, Preflight, PreflightSeconds];

    /// <summary>How <c>charlie check-image</c> names it: <c>--read-only-root</c>.</summary>
    public string Option => "--" + Name["CHARLIE_".Length..].ToLowerInvariant().Replace('_', '-');

    /// <summary>Whether the machine takes this value.</summary>
    public bool Takes(string value) => Regex.IsMatch(value, $"\\A(?:{Shape[1..^1]})\\z", RegexOptions.None, TimeSpan.FromSeconds(1));
}
