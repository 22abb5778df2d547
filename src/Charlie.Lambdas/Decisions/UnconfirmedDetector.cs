namespace Charlie.Lambdas.Decisions;

/// <summary>
/// Finds a release that stays unconfirmed: beyond the deployment deadline and the bake time one that is neither confirmed
/// nor rejected needs an operator.
/// </summary>
internal static class UnconfirmedDetector
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(15);

    public static bool IsOverdue(Snapshot snapshot, HealthRules rules, DateTimeOffset now) =>
        !snapshot.IsClosed
        && !snapshot.Records.IsConfirmed(snapshot.Desired.Release)
        && now - snapshot.FirstLaunch >= rules.DeploymentDeadline + rules.BakeTime + Margin;
}
