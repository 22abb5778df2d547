using Charlie.Lambdas.Decisions;

namespace Charlie.Operations.Releases;

/// <summary>Everything that the records say of one release.</summary>
/// <param name="Version">Its launch template version; <c>null</c> where it is deleted.</param>
/// <param name="EndedAt">When it was confirmed or rejected; <c>null</c> for the other states.</param>
/// <param name="By">Who rejected it: <c>charlie</c>, <c>operator</c>, <c>group</c> or <c>alarm</c>.</param>
/// <param name="Reason">Why it was rejected.</param>
/// <param name="Fallback">The release that ran instead of the rejected one.</param>
internal sealed record ReleaseFacts(
    Release Release,
    ReleaseState State,
    ReleaseVersion? Version,
    DateTimeOffset? EndedAt,
    string? By = null,
    string? Reason = null,
    Release? Fallback = null)
{
    public DateTimeOffset? PushedAt => Version?.PushedAt;

    /// <summary>From the push to the end.</summary>
    public TimeSpan? Took => EndedAt - PushedAt;

    public static ReleaseFacts Of(Release release, Snapshot snapshot)
    {
        var (records, desired) = (snapshot.Records, snapshot.Desired.Release);
        var version = records.VersionOf(release);
        var outcome = FinalOutcome.Of(records).FirstOrDefault(one => one.Release == release);
        return outcome switch
        {
            { Kind: FinalOutcomeKind.RolledBack, Rejection: { } rejection } => Rejected(ReleaseState.RolledBack, rejection),
            { Kind: FinalOutcomeKind.Confirmed } when Covering(release, records) is { } later && later.At > outcome.At =>
                Rejected(ReleaseState.Rejected, later),
            { Kind: FinalOutcomeKind.Confirmed } => new ReleaseFacts(release, ReleaseState.Confirmed, version, outcome.At),
            _ when release == desired => new ReleaseFacts(release, ReleaseState.Deploying, version, null),
            _ when Covering(release, records) is { } rejection => Rejected(ReleaseState.Rejected, rejection),
            _ when release > desired => new ReleaseFacts(release, ReleaseState.Waiting, version, null),
            _ => new ReleaseFacts(release, ReleaseState.Superseded, version, null),
        };

        ReleaseFacts Rejected(ReleaseState state, Rejection rejection) =>
            new(release, state, version, rejection.At, WordOf(rejection.By), rejection.Reason, rejection.Fallback);
    }

    /// <summary>Every release that the records still name, the newest first.</summary>
    public static IReadOnlyList<ReleaseFacts> All(Snapshot snapshot)
    {
        var records = snapshot.Records;
        return
        [
            .. records.Versions.Select(version => version.Release)
                .Concat(records.Confirmations.Select(tag => tag.Release))
                .Concat(records.Rejections.Select(tag => tag.From))
                .Append(snapshot.Desired.Release)
                .Distinct()
                .OrderDescending()
                .Select(release => Of(release, snapshot)),
        ];
    }

    public static string WordOf(RejectedBy by) => by switch
    {
        RejectedBy.Operator => "operator",
        RejectedBy.Group => "group",
        RejectedBy.Alarm => "alarm",
        _ => "charlie",
    };

    private static Rejection? Covering(Release release, Records records) =>
        records.Rejections.Where(rejection => rejection.Covers(release)).MaxBy(rejection => rejection.At);
}
