namespace Charlie.Operations.Status;

/// <summary>Tells a change of an app from the time that passed between two readings.</summary>
internal static class StatusChange
{
    // Their ages change with every reading.
    private static readonly string[] Kinds = ["healthy", "not healthy"];

    /// <summary>Whether something differs apart from the time and from the ages of probes.</summary>
    /// <param name="before">The reading before; <c>null</c> for the first one, which is a change.</param>
    public static bool Is(StatusDocument? before, StatusDocument now) =>
        before is null
        || WithoutLists(before, now.At) != WithoutLists(now, now.At)
        || !before.Waiting.SequenceEqual(now.Waiting)
        || !before.Instances.Select(WithoutAge).SequenceEqual(now.Instances.Select(WithoutAge));

    /// <summary>A probe's words without its ages; <c>null</c> without a probe.</summary>
    public static string? KindOf(InstanceDocument instance) =>
        instance.Probe is { } probe
            ? Array.Find(Kinds, kind => probe.StartsWith(kind, StringComparison.Ordinal)) ?? probe
            : null;

    private static StatusDocument WithoutLists(StatusDocument status, DateTimeOffset at) =>
        status with { At = at, Waiting = [], Instances = [] };

    private static InstanceDocument WithoutAge(InstanceDocument instance) => instance with { Probe = KindOf(instance) };
}
