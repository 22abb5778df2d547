namespace Charlie.Lambdas.Decisions;

/// <summary>The group's newest instance refresh as it was seen.</summary>
/// <param name="Status">Auto Scaling's own word.</param>
/// <param name="Version">The launch template version that it brings in; <c>null</c> for one that names none and takes the pin.</param>
/// <param name="Reason">Auto Scaling's own words on its status.</param>
internal sealed record InstanceRefresh(string Id, string Status, long? Version, DateTimeOffset StartedAt, string? Reason)
{
    /// <summary>While one is, no other can start.</summary>
    public bool IsActive => Status is "Pending" or "InProgress" or "Baking" or "RollbackInProgress" || IsCancelling;

    /// <summary>Nothing more can be done with it.</summary>
    public bool IsCancelling => Status is "Cancelling";

    /// <summary>The version that its launches take: its own, and the group's pin where it names none or is rolled back.</summary>
    public long? Launches(long? pin) => Status is "RollbackInProgress" ? pin : Version ?? pin;

    /// <summary>It began, and the group knows what it was before.</summary>
    public bool CanRollBack => Version is not null && Status is "InProgress" or "Baking";

    /// <summary>It was given up, by Auto Scaling itself or by somebody's order, and its instances went or go.</summary>
    public bool IsRolledBack => Status is "RollbackInProgress" or "RollbackSuccessful" or "RollbackFailed";

    /// <summary>
    /// The floor that a refresh leads to which was rolled back and brought the target in: what the group gave up must
    /// not be started again. <c>null</c> where there is nothing to reject, or nothing to go back to.
    /// </summary>
    public static Floor? FloorOf(Group group, Target target, Records records, DateTimeOffset now) =>
        group.Refresh is { IsRolledBack: true } refresh
        && records.Version(refresh.Version)?.Release == target.Release
        && !records.IsConfirmed(target.Release)
        && !(refresh.StartedAt < target.Since(records))
        && records.GoBackFrom(target.Release) is { } goBackTo
            ? records.RaiseFloor(target.Release, goBackTo, now, $"{Floor.Group}its instance refresh was rolled back: {refresh.Reason ?? "no reason was given"}")
            : null;
}
