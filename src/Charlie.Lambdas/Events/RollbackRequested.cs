using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Events;

/// <summary><c>Rollback Requested</c> of <c>charlie.ops</c>: an operator rejects the desired release.</summary>
internal sealed record RollbackRequested(Rollback Rollback) : InboundEvent
{
    public const string Source = "charlie.ops";

    public const string DetailType = "Rollback Requested";

    // Room for the writer, the release and the time beside it in a tag of 256 characters.
    private const int MaxReasonLength = 160;

    private const int MaxNameLength = 64;

    /// <exception cref="InvalidEventException">A field is missing or has a value that is not allowed.</exception>
    public static RollbackRequested Read(EventEnvelope envelope, AllowedOrigin allowed, DateTimeOffset now)
    {
        var detail = new DetailReader(envelope);
        detail.Exactly("app", allowed.App);
        var reason = detail.Text("reason", value => !string.IsNullOrWhiteSpace(value), "a sentence that says why");
        var by = detail.Has("requestedBy")
            ? $" (requested by {SingleLineText.Of(detail.Text("requestedBy", IsName, "a name of at most 64 characters"), MaxNameLength)})"
            : "";
        return new RollbackRequested(new Rollback(
            detail.Release("fromRelease"),
            detail.Has("toRelease") ? detail.Release("toRelease") : null,
            SingleLineText.Of(reason, MaxReasonLength - by.Length) + by,
            envelope.TimeBefore(now)));
    }

    private static bool IsName(string value) => !string.IsNullOrWhiteSpace(value) && value.Length <= MaxNameLength;
}
