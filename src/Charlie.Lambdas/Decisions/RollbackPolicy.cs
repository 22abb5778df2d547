using System.Collections.Immutable;
using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Decisions;

/// <summary>
/// What Refresh does about an operator's rollback: reject the release, unless the request is stale or done already. The rejection
/// is written also for a group that cannot be changed now: the sweep brings it to the fallback once it is mended.
/// </summary>
internal static class RollbackPolicy
{
    public static RefreshStep Next(Rollback rollback, Snapshot snapshot, PolicySettings settings, DateTimeOffset now)
    {
        if (snapshot.Done.FirstOrDefault(done => done is { Action: AwsAction.Reject, Succeeded: true })?.Action is AwsAction.Reject reject)
        {
            return Reconcile(rollback, reject.Rejection, snapshot, settings);
        }

        var (records, desired) = (snapshot.Records, snapshot.Desired.Release);
        return Repeated(rollback, records) is { } written
            ? Reconcile(rollback, written, snapshot, settings)
            : Decide(rollback, records, desired) switch
            {
                RollbackDecision.Reject(var fallback) => new RefreshStep.Act(
                    new AwsAction.Reject(records.Reject(rollback.From, fallback, now, RejectedBy.Operator, rollback.Reason))),
                RollbackDecision.Stale(var reason) => new RefreshStep.Done(new RunResult.StaleRequest(
                    $"rollback from release {rollback.From}", reason, rollback.From)),
                RollbackDecision.Invalid(var reason) =>
                    new RefreshStep.Done(new RunResult.Rejected($"the rollback from release {rollback.From}", reason)),
                var other => throw new InvalidOperationException($"{other} is not a decision on a rollback."),
            };
    }

    /// <summary>What the records say to a request that was not done yet.</summary>
    /// <param name="rollback">The request.</param>
    /// <param name="records">The records.</param>
    /// <param name="desired">The desired release; a release above it that has a version is queued.</param>
    internal static RollbackDecision Decide(Rollback rollback, Records records, Release desired)
    {
        var (from, to) = (rollback.From, rollback.To);
        var rejection = records.EffectiveRejection;
        if (rejection?.Covers(from) == true)
        {
            return new RollbackDecision.Stale(
                $"release {from} was rejected already at {Iso8601.Write(rejection.At)}; the desired release is {desired}");
        }

        var isQueued = from > desired && records.HasVersion(from);
        if (from != desired && !isQueued)
        {
            return new RollbackDecision.Stale($"release {from} is not the desired release, which is {desired}");
        }

        if (records.NewestRejectionAt is { } newest && rollback.RequestedAt <= newest)
        {
            return new RollbackDecision.Stale($"the request is older than the rejection of {Iso8601.Write(newest)}");
        }

        return to >= from ? new RollbackDecision.Invalid($"toRelease {to} is not below fromRelease {from}")
            : to > desired ? new RollbackDecision.Invalid($"toRelease {to} is above the desired release {desired}")
            : to is { } named && !records.HasVersion(named)
                ? new RollbackDecision.Invalid($"toRelease {named} has no launch template version")
            : (to ?? (isQueued ? desired : records.FallbackOf(from))) is { } fallback ? new RollbackDecision.Reject(fallback)
            : new RollbackDecision.Invalid($"there is no confirmed release below {from} to fall back to: name one as toRelease");
    }

    /// <summary>The rejection that an earlier run wrote for the same request: its event came twice, or Lambda ran it again.</summary>
    private static Rejection? Repeated(Rollback rollback, Records records) =>
        records.Rejections.FirstOrDefault(rejection =>
            rejection.By == RejectedBy.Operator
            && rejection.From == rollback.From
            && rejection.At >= rollback.RequestedAt
            && rejection.Reason == rollback.Reason
            && (rollback.To is not { } to || rejection.Fallback == to));

    private static RefreshStep Reconcile(Rollback rollback, Rejection rejection, Snapshot snapshot, PolicySettings settings)
    {
        var others = OthersOf(rejection, snapshot.Records);
        var reason = $"an operator rolled release {rollback.From} back ({rollback.Reason})"
            + (others is [] ? "" : $"; with it {(others is [_] ? "goes release" : "go releases")} {string.Join(", ", others)}");
        return RefreshPolicy.ReconcileRequested(snapshot, settings, reason);
    }

    // The releases between the request's and its fallback that no other rejection covers.
    private static ImmutableArray<Release> OthersOf(Rejection rejection, Records records) =>
    [
        .. records.Versions.Select(version => version.Release)
            .Where(release => release > rejection.Fallback
                && release < rejection.From
                && !records.Rejections.Any(other => other != rejection && other.Covers(release)))
            .Distinct()
            .Order(),
    ];
}

/// <summary>What is decided on a rollback.</summary>
internal abstract record RollbackDecision
{
    private RollbackDecision()
    {
    }

    internal sealed record Reject(Release Fallback) : RollbackDecision;

    internal sealed record Stale(string Reason) : RollbackDecision;

    internal sealed record Invalid(string Reason) : RollbackDecision;
}
