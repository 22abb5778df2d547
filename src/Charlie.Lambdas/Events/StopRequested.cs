using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Events;

/// <summary><c>Stop Requested</c> of <c>charlie.ops</c>: the app goes out of service until a start.</summary>
internal sealed record StopRequested(StopRequest Stop) : OperatorRequest(Stop, DetailType)
{
    public const string DetailType = "Stop Requested";

    /// <exception cref="InvalidEventException">A field is missing or has a value that is not allowed.</exception>
    public static StopRequested Read(EventEnvelope envelope, AllowedOrigin allowed, DateTimeOffset now)
    {
        var detail = DetailOf(envelope, allowed);
        return new StopRequested(new StopRequest(ReasonOf(detail), envelope.TimeBefore(now)));
    }
}
