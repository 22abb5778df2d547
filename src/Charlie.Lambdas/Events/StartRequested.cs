using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Events;

/// <summary><c>Start Requested</c> of <c>charlie.ops</c>: a stopped app goes back in service.</summary>
internal sealed record StartRequested(StartRequest Start) : OperatorRequest(Start, DetailType)
{
    public const string DetailType = "Start Requested";

    /// <exception cref="InvalidEventException">A field is missing or has a value that is not allowed.</exception>
    public static StartRequested Read(EventEnvelope envelope, AllowedOrigin allowed, DateTimeOffset now)
    {
        var detail = DetailOf(envelope, allowed);
        return new StartRequested(new StartRequest(ReasonOf(detail), envelope.TimeBefore(now)));
    }
}
