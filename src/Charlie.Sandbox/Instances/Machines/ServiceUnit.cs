using System.Globalization;

namespace Charlie.Sandbox.Instances.Machines;

/// <summary>
/// What a systemd unit says of its program's ends, as far as the sandbox plays systemd: <c>Restart=on-failure</c> or
/// <c>always</c>, <c>RestartSec</c> in whole seconds, <c>RestartPreventExitStatus</c>. A unit that is missing restarts nothing.
/// </summary>
internal sealed record ServiceUnit(string Restart, TimeSpan Delay, IReadOnlySet<int> FinalExitCodes)
{
    /// <param name="folder">Where the units are.</param>
    /// <param name="program">The file name of the program that the unit runs.</param>
    public static ServiceUnit Of(string folder, string program)
    {
        var lines = Directory.Exists(folder)
            ? Directory.GetFiles(folder, "*.service").Select(File.ReadAllLines)
                .FirstOrDefault(unit => unit.Any(line => line.StartsWith("ExecStart=", StringComparison.Ordinal)
                    && line.EndsWith($"/{program}", StringComparison.Ordinal)))
            : null;
        return new(
            Value("Restart") ?? "no",
            TimeSpan.FromSeconds(double.Parse(Value("RestartSec") ?? "0.1", CultureInfo.InvariantCulture)),
            (Value("RestartPreventExitStatus") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(code => int.Parse(code, CultureInfo.InvariantCulture)).ToHashSet());

        string? Value(string name) =>
            lines?.FirstOrDefault(line => line.StartsWith($"{name}=", StringComparison.Ordinal))?[(name.Length + 1)..];
    }

    /// <param name="exitCode">Above 128 for a signal, as .NET gives it.</param>
    public bool StartsAgain(int exitCode) =>
        !FinalExitCodes.Contains(exitCode) && (Restart == "always" || (Restart == "on-failure" && exitCode != 0));
}
