using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Events;

/// <summary><c>Restart Requested</c> of <c>charlie.ops</c>: the same release on a new machine, for rotated secrets.</summary>
internal sealed record RestartRequested(RestartRequest Restart) : OperatorRequest(Restart, DetailType)
{
    public const string DetailType = "Restart Requested";

    /// <exception cref="InvalidEventException">A field is missing or has a value that is not allowed.</exception>
    public static RestartRequested Read(EventEnvelope envelope, AllowedOrigin allowed, DateTimeOffset now)
    {
        var detail = DetailOf(envelope, allowed);
        return new RestartRequested(new RestartRequest(ReasonOf(detail), envelope.TimeBefore(now)));
    }
}
