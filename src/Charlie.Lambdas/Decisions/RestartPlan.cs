namespace Charlie.Lambdas.Decisions;

/// <summary>Which instances an open restart replaces, and when it is done.</summary>
internal static class RestartPlan
{
    public static bool IsOpen(Snapshot snapshot) => snapshot.Records.OpenRestart is not null;

    /// <summary>Whether an instance was launched before the open restart. One whose launch time was not read is left alone.</summary>
    public static bool IsLaunchedBefore(GroupInstance instance, Snapshot snapshot) =>
        snapshot.Records.OpenRestart is { } restart
        && snapshot.Details.GetValueOrDefault(instance.Id)?.LaunchedAt < restart.At;

    /// <summary>
    /// The last action of a restart; <c>null</c> while one of its instances may be left, or without an open restart. A list that is
    /// not whole may hide an older one: it lags, and shows a launch only seconds after it began.
    /// </summary>
    public static AwsAction? Finish(Snapshot snapshot) =>
        snapshot.Records.OpenRestart is { } restart
        && snapshot.Group.Instances.Where(instance => instance.IsInService || instance.IsPending).ToList() is var running
        && running.Count >= snapshot.Group.DesiredCapacity
        && running.TrueForAll(instance => snapshot.Details.GetValueOrDefault(instance.Id)?.LaunchedAt >= restart.At)
            ? new AwsAction.RecordRequest(new RequestDone(RequestDone.Restart, restart.At))
            : null;
}
