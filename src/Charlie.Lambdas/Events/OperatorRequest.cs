using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Events;

/// <summary>An event of <c>charlie.ops</c>: an operator requests something, or the stack's deploy window does.</summary>
/// <param name="Request">What is requested.</param>
/// <param name="Kind">The event's detail-type.</param>
internal abstract record OperatorRequest(RefreshRequest Request, string Kind) : InboundEvent
{
    public const string Source = "charlie.ops";

    // Room for the release and the times beside it in a tag of 256 characters.
    private const int MaxReasonLength = 160;

    private const int MaxNameLength = 64;

    /// <summary>The detail, whose app is the right one.</summary>
    /// <exception cref="InvalidEventException">It is another app's.</exception>
    protected static DetailReader DetailOf(EventEnvelope envelope, AllowedOrigin allowed)
    {
        var detail = new DetailReader(envelope);
        detail.Exactly("app", allowed.App);
        return detail;
    }

    /// <summary>Why, and who requested it where the request says so.</summary>
    /// <exception cref="InvalidEventException">There is no reason, or the name is not allowed.</exception>
    protected static string ReasonOf(DetailReader detail)
    {
        var reason = detail.Text("reason", value => !string.IsNullOrWhiteSpace(value), "a sentence that says why");
        var by = detail.Has("requestedBy")
            ? $" (requested by {SingleLineText.Of(detail.Text("requestedBy", IsName, "a name of at most 64 characters"), MaxNameLength)})"
            : "";
        return SingleLineText.Of(reason, MaxReasonLength - by.Length) + by;
    }

    /// <summary>Whose hold it is about; an operator's where the request names none.</summary>
    /// <exception cref="InvalidEventException">There is no such holder.</exception>
    protected static Holder HolderOf(DetailReader detail) =>
        detail.Has("holder")
            ? Holders.Read(detail.Text("holder", word => Holders.Read(word) is not null, Holders.Allowed))!.Value
            : Holder.Operator;

    private static bool IsName(string value) => !string.IsNullOrWhiteSpace(value) && value.Length <= MaxNameLength;
}
