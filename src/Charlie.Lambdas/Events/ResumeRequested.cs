using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Events;

/// <summary><c>Resume Requested</c> of <c>charlie.ops</c>: the hold of a holder ends, and what waits is deployed.</summary>
internal sealed record ResumeRequested(ResumeRequest Resume) : OperatorRequest(Resume, DetailType)
{
    public const string DetailType = "Resume Requested";

    /// <exception cref="InvalidEventException">A field is missing or has a value that is not allowed.</exception>
    public static ResumeRequested Read(EventEnvelope envelope, AllowedOrigin allowed, DateTimeOffset now)
    {
        var detail = DetailOf(envelope, allowed);
        return new ResumeRequested(new ResumeRequest(HolderOf(detail), ReasonOf(detail), envelope.TimeBefore(now)));
    }
}
