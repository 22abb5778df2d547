namespace Charlie.Lambdas.Decisions;

/// <summary>The group's newest instance refresh as it was read.</summary>
/// <param name="Status">Auto Scaling's own name for it.</param>
/// <param name="Version">The launch template version that it brings in; <c>null</c> for one that names none and takes the pin.</param>
/// <param name="Reason">Auto Scaling's description of its status.</param>
internal sealed record InstanceRefresh(string Id, string Status, long? Version, DateTimeOffset StartedAt, string? Reason)
{
    /// <summary>Whether it keeps another refresh from starting.</summary>
    public bool IsActive => Status is "Pending" or "InProgress" or "Baking" or "RollbackInProgress" || IsCancelling;

    /// <summary>Whether it ends by itself, and no call changes it any more.</summary>
    public bool IsCancelling => Status is "Cancelling";

    /// <summary>The version that its launches take: its own, and the group's pin where it names none or is rolled back.</summary>
    public long? Launches(long? pin) => Status is "RollbackInProgress" ? pin : Version ?? pin;

    /// <summary>Whether it began, and the group knows its earlier version.</summary>
    public bool CanRollBack => Version is not null && Status is "InProgress" or "Baking";

    /// <summary>Auto Scaling or a caller rolled it back, and its instances went or go.</summary>
    public bool IsRolledBack => Status is "RollbackInProgress" or "RollbackSuccessful" or "RollbackFailed";

    /// <summary>
    /// The rejection that follows from a rolled back refresh of the desired release: what the group gave up must not be
    /// started again. <c>null</c> where there is nothing to reject, or no fallback.
    /// </summary>
    public static Rejection? RejectionOf(Group group, DesiredRelease desired, Records records, DateTimeOffset now) =>
        group.Refresh is { IsRolledBack: true } refresh
        && records.Version(refresh.Version)?.Release == desired.Release
        && !records.IsConfirmed(desired.Release)
        && !(refresh.StartedAt < desired.Since(records))
        && records.FallbackOf(desired.Release) is { } fallback
            ? records.Reject(
                desired.Release,
                fallback,
                now,
                RejectedBy.Group,
                $"its instance refresh was rolled back: {refresh.Reason ?? "no reason was given"}")
            : null;
}
