namespace Charlie.Lambdas.Decisions;

/// <summary>
/// What a sweep that probed all instances in service records about a group without a healthy one, and when that is
/// notified: after 15 minutes and every 15 minutes from then on, and once when it is over.
/// </summary>
internal static class DownPolicy
{
    private static readonly TimeSpan BetweenReports = TimeSpan.FromMinutes(15);

    /// <summary>What to record; <c>null</c> where the records are right.</summary>
    public static DownSince? Record(Snapshot snapshot, DateTimeOffset now)
    {
        var recorded = snapshot.Records.Down ?? DownSince.NotDown;
        var next = IsUp(snapshot) ? DownSince.NotDown
            : snapshot.IsClosed ? new DownSince(null, 0, recorded.SickSince)
            : StillDown(recorded, snapshot, now);
        return next == recorded ? null : next;
    }

    /// <summary>
    /// What is reported once <paramref name="written"/> is recorded; <c>null</c> where that is nothing. The end of a short outage, a
    /// deployment's own included, is reported for the metric of the time out of service, and notified to no one.
    /// </summary>
    /// <param name="before">What was recorded before.</param>
    public static RunResult? Result(Snapshot snapshot, DownSince? before, DownSince written, DateTimeOffset now) => (before, written) switch
    {
        (_, { Since: not null }) when written.TimesTold > (before?.Since is null ? 0 : before.TimesTold) =>
            new RunResult.Stuck(snapshot.Desired, written.Since.Value, snapshot.LastActivity?.Description, now),
        ({ Since: { } since }, { Since: null }) when IsUp(snapshot) =>
            new RunResult.AllClear(snapshot.Desired, since, now, WasTold(snapshot, before, since)),
        _ => null,
    };

    private static DownSince StillDown(DownSince recorded, Snapshot snapshot, DateTimeOffset now)
    {
        var since = recorded.Since ?? now;
        return new DownSince(
            since,
            Math.Max(recorded.TimesTold, (int)((now - since) / BetweenReports)),
            recorded.SickSince ?? (HasSickApp(snapshot) ? since : null));
    }

    private static bool IsUp(Snapshot snapshot) =>
        snapshot.Group.Instances.Any(instance => instance.IsInService && snapshot.IsHealthy(instance));

    // A booting app is not healthy either; one that served, or ended and was started again, is sick.
    private static bool HasSickApp(Snapshot snapshot) =>
        snapshot.Group.Instances.Any(instance =>
            snapshot.VersionOf(instance) is { } version
            && snapshot.Records.IsConfirmed(version.Release)
            && snapshot.EvidenceOf(instance.Id).Last is ProbeResponse.Unhealthy sick
            && (instance.IsInService || sick.Restarts > 0));

    // A rollback was notified too, and the fallback is in service again.
    private static bool WasTold(Snapshot snapshot, DownSince before, DateTimeOffset since) =>
        before.TimesTold > 0 || snapshot.Records.NewestRejectionAt >= since;
}
