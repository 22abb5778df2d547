using Charlie.Sandbox.Control;

namespace Charlie.Simulation.Images;

/// <summary>What an image does, as it is put and shown.</summary>
/// <param name="Behaviour">The behaviour's name.</param>
/// <param name="AfterSeconds">How long a healthy-then behaviour stays healthy; for the others, the boot time.</param>
/// <param name="Reason">The app's last line, or what is wrong with the machine.</param>
internal sealed record ImageSetting(string? Behaviour, double? AfterSeconds = null, string? Reason = null)
{
    private const double LongestSeconds = 86400;
    private const int LongestReason = 200;

    private static readonly Dictionary<string, BehaviourKind> Names = new(StringComparer.Ordinal)
    {
        ["healthy"] = BehaviourKind.Healthy,
        ["error-500"] = BehaviourKind.Error500,
        ["exits"] = BehaviourKind.Exits,
        ["cannot-run"] = BehaviourKind.CannotRun,
        ["machine-failure"] = BehaviourKind.MachineFailure,
        ["hangs-in-pull"] = BehaviourKind.HangsInPull,
        ["other-image"] = BehaviourKind.OtherImage,
        ["never-boots"] = BehaviourKind.NeverBoots,
        ["healthy-then-500"] = BehaviourKind.HealthyThen500,
        ["healthy-then-exits"] = BehaviourKind.HealthyThenExits,
        ["flaps"] = BehaviourKind.Flaps,
        ["starts-then-silent"] = BehaviourKind.StartsThenSilent,
        ["fails-preflight"] = BehaviourKind.FailsPreflight,
    };

    public static ImageSetting Of(ImageBehaviour behaviour) => new(
        Names.First(name => name.Value == behaviour.Kind).Key,
        (Turns(behaviour.Kind) ? behaviour.HealthyFor : behaviour.BootTime).TotalSeconds,
        behaviour.Reason);

    public ImageBehaviour Read(ImageBehaviour usual)
    {
        if (!Names.TryGetValue(Behaviour ?? string.Empty, out var kind))
        {
            throw new ControlException($"behaviour '{Behaviour}' is not known; it must be one of {string.Join(", ", Names.Keys)}.");
        }

        if (AfterSeconds is not (null or (>= 0 and <= LongestSeconds)))
        {
            throw new ControlException($"afterSeconds must be between 0 and {LongestSeconds}.");
        }

        // It travels in a header.
        if (Reason is not null && (Reason.Length is 0 or > LongestReason || Reason.Any(sign => sign is < ' ' or > '~')))
        {
            throw new ControlException($"reason must have 1 to {LongestReason} printable ASCII characters.");
        }

        if (Turns(kind))
        {
            return new ImageBehaviour(
                kind, usual.BootTime,
                TimeSpan.FromSeconds(
                AfterSeconds ?? throw new ControlException($"{Behaviour} needs afterSeconds, how long it stays healthy.")), Reason);
        }

        return new ImageBehaviour(
            kind, AfterSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : usual.BootTime, TimeSpan.Zero, Reason);
    }

    private static bool Turns(BehaviourKind kind) =>
        kind is BehaviourKind.HealthyThen500 or BehaviourKind.HealthyThenExits or BehaviourKind.Flaps
            or BehaviourKind.StartsThenSilent;
}
