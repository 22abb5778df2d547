using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Events;

/// <summary><c>Rollback Requested</c> of <c>charlie.ops</c>: an operator rejects the desired release, or one that waits.</summary>
internal sealed record RollbackRequested(Rollback Rollback) : OperatorRequest(Rollback, DetailType)
{
    public const string DetailType = "Rollback Requested";

    /// <exception cref="InvalidEventException">A field is missing or has a value that is not allowed.</exception>
    public static RollbackRequested Read(EventEnvelope envelope, AllowedOrigin allowed, DateTimeOffset now)
    {
        var detail = DetailOf(envelope, allowed);
        var reason = ReasonOf(detail);
        return new RollbackRequested(new Rollback(
            detail.Release("fromRelease"),
            detail.Has("toRelease") ? detail.Release("toRelease") : null,
            reason,
            envelope.TimeBefore(now)));
    }
}
