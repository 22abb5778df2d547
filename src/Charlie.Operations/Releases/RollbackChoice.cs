using Charlie.Lambdas.Decisions;

namespace Charlie.Operations.Releases;

/// <summary>A release that a rollback may go to.</summary>
/// <param name="IsUsual">Whether the rollback goes to it where no release is named.</param>
internal sealed record RollbackChoice(ReleaseFacts Facts, bool IsUsual)
{
    /// <summary>Whether it was rejected before: going back to it takes that rejection's word back.</summary>
    public bool IsRejected => Facts.State is ReleaseState.RolledBack or ReleaseState.Rejected;

    /// <summary>The release that the records choose; <c>null</c> where there is none.</summary>
    public static Release? Usual(Release from, Snapshot snapshot) =>
        from > snapshot.Desired.Release ? snapshot.Desired.Release : snapshot.Records.FallbackOf(from);

    /// <summary>Every release below the rejected one that has a version, the usual one first, then the newest.</summary>
    public static IReadOnlyList<RollbackChoice> All(Release from, Snapshot snapshot)
    {
        var usual = Usual(from, snapshot);
        return
        [
            .. ReleaseFacts.All(snapshot)
                .Where(one => one.Release < from && one.Release <= snapshot.Desired.Release && one.Version is not null)
                .Select(one => new RollbackChoice(one, one.Release == usual))
                .OrderByDescending(choice => choice.IsUsual),
        ];
    }
}
